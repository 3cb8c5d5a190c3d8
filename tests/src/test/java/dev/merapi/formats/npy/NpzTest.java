package dev.merapi.formats.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.formats.SharedData;
import dev.merapi.tensor.DType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NpzTest {
  @TempDir private Path folder;

  private static NpyArray bytes(int... values) {
    ByteBuffer data = ByteBuffer.allocate(values.length);
    for (int value : values) {
      data.put((byte) value);
    }
    return new NpyArray(DType.U8, new int[] {values.length}, data.flip());
  }

  private Path archive() throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("dense/kernel:0", bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    arrays.put("dense/bias:0", bytes(255));
    Path file = folder.resolve("w.npz");
    Npz.write(file, arrays);
    return file;
  }

  @Test
  @DisplayName("an archive NumPy wrote is read: 0 to 11, and 0, 10, 20")
  void fromNumpy() throws IOException {
    Map<String, NpyArray> arrays = Npz.read(SharedData.of("npy/dl4j/npz/float64.npz"));
    assertEquals(List.of("firstArr", "secondArr"), arrays.keySet().stream().sorted().toList());
    NpyArray first = arrays.get("firstArr");
    assertArrayEquals(new int[] {3, 4}, first.shape());
    for (int i = 0; i < 12; i++) {
      assertEquals(i, first.data().getDouble(8 * i));
    }
    NpyArray second = arrays.get("secondArr");
    assertEquals(DType.F32, second.dtype());
    for (int i = 0; i < 3; i++) {
      assertEquals(10 * i, second.data().getFloat(4 * i));
    }
  }

  @Test
  @DisplayName("names, order and bytes come back, and the same arrays give the same file")
  void roundTrip() throws IOException {
    Path file = archive();
    byte[] once = Files.readAllBytes(file);
    Map<String, NpyArray> arrays = Npz.read(file);
    assertEquals(List.of("dense/kernel:0", "dense/bias:0"), List.copyOf(arrays.keySet()));
    assertEquals(ByteBuffer.wrap(new byte[] {(byte) 255}), arrays.get("dense/bias:0").data());
    assertArrayEquals(once, Files.readAllBytes(archive()));
  }

  @Test
  @DisplayName("an archive cut anywhere is refused")
  void truncated() throws IOException {
    byte[] whole = Files.readAllBytes(archive());
    Path cut = folder.resolve("cut.npz");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThrows(NpyError.class, () -> Npz.read(cut), "cut to " + length);
    }
  }

  @Test
  @DisplayName("a changed element is noticed by its checksum")
  void changed() throws IOException {
    byte[] content = Files.readAllBytes(archive());
    int at = 0;
    while (!Arrays.equals(content, at, at + 4, new byte[] {7, 8, 9, 10}, 0, 4)) {
      at++;
    }
    content[at] = 70;
    Path file = Files.write(folder.resolve("w.npz"), content);
    NpyError error = assertThrows(NpyError.class, () -> Npz.read(file));
    assertTrue(error.given().startsWith("dense/kernel:0.npy with checksum"), error.given());
  }

  @Test
  @DisplayName("an entry that is no array is refused")
  void stranger() throws IOException {
    Path file = folder.resolve("s.npz");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("readme.txt"));
      zip.write('x');
      zip.closeEntry();
    }
    NpyError error = assertThrows(NpyError.class, () -> Npz.read(file));
    assertEquals("readme.txt", error.given());
  }
}
