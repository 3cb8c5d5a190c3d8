package dev.merapi.autograph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.function.Function;
import dev.merapi.tf;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What no graph can hold is refused while it is traced, in these words: never is a graph made that
/// does something else than the program.
class RefusalsTest {
  private static final String[] CLASSES = {"JavaRefusals", "KotlinRefusals"};

  @TestFactory
  List<DynamicTest> refusals() throws ReflectiveOperationException, IOException {
    Map<String, String> texts = texts();
    List<DynamicTest> all = new ArrayList<>();
    for (String name : CLASSES) {
      Corpus c = Corpus.of("dev.merapi.autograph." + name);
      for (Method m : c.functions()) {
        String key = name + "." + m.getName();
        all.add(DynamicTest.dynamicTest(key, () -> refused(c, m, texts.get(key))));
      }
    }
    assertTrue(all.size() >= 40, all.size() + " refusals");
    return all;
  }

  private static void refused(Corpus c, Method m, String text) {
    Function f = c.graph(m);
    Throwable e = assertThrows(Throwable.class, () -> f.call(tf.constant(3f)));
    assertEquals(text, e.getClass().getSimpleName() + ": " + e.getMessage());
  }

  /// Reads the expected messages: each begins with a line `# Class.function` and ends at the next.
  private static Map<String, String> texts() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    try (InputStream in = RefusalsTest.class.getResourceAsStream("/autograph/refusals.txt")) {
      String file = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : file.split("(?m)^# ")) {
        int end = part.indexOf('\n');
        if (end > 0) {
          all.put(part.substring(0, end), part.substring(end + 1).strip());
        }
      }
    }
    return all;
  }

  @Test
  void everyTextHasItsFunction() throws ReflectiveOperationException, IOException {
    List<String> functions = new ArrayList<>();
    for (String name : CLASSES) {
      Corpus.of("dev.merapi.autograph." + name)
          .functions()
          .forEach(m -> functions.add(name + "." + m.getName()));
    }
    assertEquals(functions, List.copyOf(texts().keySet()));
  }
}
