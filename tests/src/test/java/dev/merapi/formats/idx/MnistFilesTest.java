package dev.merapi.formats.idx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.data.LabelledSplit;
import dev.merapi.formats.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MnistFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void fourFiles() throws IOException {
    images("train-images-idx3-ubyte", 3, 2, 2);
    labels("train-labels-idx1-ubyte", 7, 0, 9);
    images("t10k-images.idx3-ubyte", 1, 2, 2);
    labels("t10k-labels.idx1-ubyte", 4);
  }

  private void images(String name, int count, int rows, int columns) throws IOException {
    ByteBuffer content =
        ByteBuffer.allocate(16 + count * rows * columns)
            .putInt(0x00000803)
            .putInt(count)
            .putInt(rows)
            .putInt(columns);
    for (int i = 0; i < count * rows * columns; i++) {
      content.put((byte) (i * 20));
    }
    Files.write(folder.resolve(name), content.array());
  }

  private void labels(String name, int... digits) throws IOException {
    ByteBuffer content =
        ByteBuffer.allocate(8 + digits.length).putInt(0x00000801).putInt(digits.length);
    for (int digit : digits) {
      content.put((byte) digit);
    }
    Files.write(folder.resolve(name), content.array());
  }

  private IdxError refused() {
    return assertThrows(IdxError.class, () -> MnistFiles.load(folder));
  }

  @Test
  @DisplayName("four files make a data set, with a dash or a dot in their names")
  void load() throws IOException {
    LabelledSplit data = MnistFiles.load(folder);
    assertEquals(3, data.train().size());
    assertEquals(9, data.train().label(2));
    assertEquals(220, data.train().images()[11] & 0xff);
    assertEquals(1, data.test().size());
    assertEquals(4, data.test().label(0));
  }

  @Test
  @DisplayName("a missing file is named, with the names it may have")
  void missing() throws IOException {
    Files.delete(folder.resolve("t10k-images.idx3-ubyte"));
    IdxError error = refused();
    assertEquals(folder.resolve("t10k-images-idx3-ubyte"), error.file());
    assertTrue(error.expected().contains("t10k-images.idx3-ubyte.gz"), error.expected());
  }

  @Test
  @DisplayName("another number of labels than of pictures is refused")
  void counts() throws IOException {
    labels("train-labels-idx1-ubyte", 7, 0);
    IdxError error = refused();
    assertEquals(folder.resolve("train-labels-idx1-ubyte"), error.file());
    assertEquals(4, error.offset());
    assertEquals("2 labels", error.given());
  }

  @Test
  @DisplayName("a label above 9 is refused at its offset")
  void label() throws IOException {
    labels("train-labels-idx1-ubyte", 7, 10, 9);
    assertEquals(9, refused().offset());
  }

  @Test
  @DisplayName("labels where pictures should be are refused")
  void swapped() throws IOException {
    labels("train-images-idx3-ubyte", 1, 2, 3);
    assertEquals("uint8 with 1 axes", refused().given());
  }

  @Test
  @DisplayName("test pictures of another size are refused")
  void sizes() throws IOException {
    images("t10k-images.idx3-ubyte", 1, 3, 2);
    assertEquals("3 × 2", refused().given());
  }

  @Test
  @DisplayName("the real MNIST has the sizes and first labels its authors publish")
  void real() throws IOException {
    LabelledSplit data = MnistFiles.load(SharedData.of("mnist"));
    assertEquals(60_000, data.train().size());
    assertEquals(10_000, data.test().size());
    assertEquals(28, data.train().rows());
    assertEquals(28, data.train().columns());
    // The training set famously starts with a 5, the test set with a 7.
    assertEquals(5, data.train().label(0));
    assertEquals(7, data.test().label(0));
    // Mean grey of the training set as commonly used to normalise it: 0.1307 of full ink.
    long sum = 0;
    for (byte grey : data.train().images()) {
      sum += grey & 0xff;
    }
    assertEquals(0.1307, sum / 255.0 / data.train().images().length, 0.00005);
  }
}
