package dev.merapi.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class LearningCurveTest {
  private final LearningCurve curve = new LearningCurve();

  private Document drawn(String title) throws Exception {
    byte[] svg = curve.svg(title, 0.9).getBytes(StandardCharsets.UTF_8);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg));
  }

  private static List<double[]> line(Document svg, String style) {
    NodeList lines = svg.getElementsByTagName("polyline");
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < lines.getLength(); i++) {
      Element line = (Element) lines.item(i);
      if (line.getAttribute("class").equals(style)) {
        for (String point : line.getAttribute("points").strip().split(" ")) {
          String[] xy = point.split(",");
          points.add(new double[] {Double.parseDouble(xy[0]), Double.parseDouble(xy[1])});
        }
      }
    }
    return points;
  }

  @Test
  @DisplayName("equal steps in loss are equal steps downwards, from the left edge to the right")
  void straight() throws Exception {
    for (int i = 0; i <= 4; i++) {
      curve.saw(new Trainer.Step(1, i + 1, 10, 4 - i, i / 4.0));
    }
    Document svg = drawn("a < b & c");
    List<double[]> loss = line(svg, "faint loss");
    List<double[]> accuracy = line(svg, "faint accuracy");
    assertEquals(5, loss.size());
    double dx = loss.get(1)[0] - loss.get(0)[0];
    double dy = loss.get(1)[1] - loss.get(0)[1];
    assertTrue(dx > 100 && dy > 20, dx + ", " + dy);
    for (int i = 1; i <= 4; i++) {
      assertEquals(dx, loss.get(i)[0] - loss.get(i - 1)[0], 0.11);
      assertEquals(dy, loss.get(i)[1] - loss.get(i - 1)[1], 0.11);
      assertTrue(accuracy.get(i)[1] < accuracy.get(i - 1)[1], "better is higher");
    }
  }

  @Test
  @DisplayName("no steps, one step, and losses that are no numbers still give a picture")
  void odd() throws Exception {
    drawn("nothing");
    curve.saw(new Trainer.Step(1, 1, 10, Double.NaN, 0.1));
    drawn("one");
    curve.saw(new Trainer.Step(1, 2, 10, Double.POSITIVE_INFINITY, 0.1));
    curve.saw(new Trainer.Step(2, 1, 10, 2, 0.1));
    assertEquals(1, line(drawn("three"), "faint loss").size());
  }

  @Test
  @DisplayName("a long training gives a small file")
  void small() {
    for (int i = 0; i < 100_000; i++) {
      curve.saw(new Trainer.Step(1 + i / 50_000, i % 50_000 + 1, 32, 1.0 / (i + 1), 0.5));
    }
    assertTrue(curve.svg("long", 0.9).length() < 60_000);
  }
}
