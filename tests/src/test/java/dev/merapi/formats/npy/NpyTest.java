package dev.merapi.formats.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.formats.SharedData;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyTest {
  @TempDir private Path folder;

  /// An NPY file of version 1.0, put together as NumPy's enhancement proposal 1 says.
  private Path file(String header, byte... elements) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    content.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    content.write(new byte[] {(byte) text.length, (byte) (text.length >> 8)});
    content.write(text);
    content.write(elements);
    return Files.write(folder.resolve("x.npy"), content.toByteArray());
  }

  private static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': (%s), }\n"
        .formatted(descr, fortran ? "True" : "False", shape);
  }

  private static NpyError refused(Path file) {
    NpyError error = assertThrows(NpyError.class, () -> Npy.read(file));
    assertEquals(file, error.file());
    for (String part : new String[] {"given", "expected", "fix"}) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
    return error;
  }

  private static double element(NpyArray array, int i) {
    ByteBuffer data = array.data();
    return switch (array.dtype()) {
      case F16 -> Half.fromF16(data.getShort(2 * i));
      case F32 -> data.getFloat(4 * i);
      case F64 -> data.getDouble(8 * i);
      case I8, U8 -> data.get(i);
      case I16, U16 -> data.getShort(2 * i);
      case I32, U32 -> data.getInt(4 * i);
      case I64, U64 -> data.getLong(8 * i);
      default -> throw new AssertionError(array.dtype());
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16",
        "uint32", "uint64"
      })
  @DisplayName("files NumPy wrote are read: 0 to 11 in shape (3, 4)")
  void fromNumpy(String dtype) throws IOException {
    NpyArray array = Npy.read(SharedData.of("npy/dl4j/npy/3,4/arr_3,4_" + dtype + ".npy"));
    assertEquals(DType.of(dtype), array.dtype());
    assertArrayEquals(new int[] {3, 4}, array.shape());
    for (int i = 0; i < 12; i++) {
      assertEquals(i, element(array, i));
    }
  }

  @Test
  @DisplayName("a single value has no axes")
  void scalar() throws IOException {
    NpyArray array = Npy.read(SharedData.of("npy/dl4j/scalar/scalar_float32.npy"));
    assertEquals(DType.F32, array.dtype());
    assertEquals(0, array.shape().length);
    assertEquals(1, array.data().getFloat(0));
  }

  @Test
  @DisplayName("big-endian elements are turned round, complex ones part by part")
  void bigEndian() throws IOException {
    NpyArray shorts =
        Npy.read(file(header(">i2", false, "2,"), (byte) 1, (byte) 2, (byte) 3, (byte) 4));
    assertEquals(0x0102, shorts.data().getShort(0));
    assertEquals(0x0304, shorts.data().getShort(2));
    byte[] onePlusTwoI = ByteBuffer.allocate(8).putFloat(1).putFloat(2).array();
    NpyArray complex = Npy.read(file(header(">c8", false, ""), onePlusTwoI));
    assertEquals(DType.C64, complex.dtype());
    assertEquals(1, complex.data().getFloat(0));
    assertEquals(2, complex.data().getFloat(4));
  }

  @Test
  @DisplayName("Fortran order becomes row-major order")
  void fortran() throws IOException {
    // numpy.arange(6).reshape(2, 3): columns (0, 3), (1, 4), (2, 5).
    byte[] columns = {0, 3, 1, 4, 2, 5};
    NpyArray array = Npy.read(file(header("|u1", true, "2, 3"), columns));
    for (int i = 0; i < 6; i++) {
      assertEquals(i, array.data().get(i));
    }
    // The element (i, j, k) of shape (2, 2, 2) has the value 4i + 2j + k.
    byte[] cube = {0, 4, 2, 6, 1, 5, 3, 7};
    NpyArray three = Npy.read(file(header("|u1", true, "2, 2, 2"), cube));
    for (int i = 0; i < 8; i++) {
      assertEquals(i, three.data().get(i));
    }
  }

  @Test
  @DisplayName("sizes as Python 2 wrote them are understood, and so is another order of entries")
  void oldHeader() throws IOException {
    Path file =
        file("{'shape': (2L,), 'fortran_order': False, 'descr': '|b1'}", (byte) 1, (byte) 0);
    NpyArray array = Npy.read(file);
    assertEquals(DType.BOOL, array.dtype());
    assertArrayEquals(new int[] {2}, array.shape());
  }

  @Test
  @DisplayName("what is written has NumPy's bytes, elements at a multiple of 64")
  void bytesWritten() throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 12; i++) {
      elements.putFloat(4 * i, i);
    }
    Path file = folder.resolve("y.npy");
    Npy.write(file, new NpyArray(DType.F32, new int[] {3, 4}, elements));
    byte[] written = Files.readAllBytes(file);
    assertEquals(128 + 48, written.length);
    assertArrayEquals(
        Files.readAllBytes(SharedData.of("npy/dl4j/npy/3,4/arr_3,4_float32.npy")), written);
  }

  @Test
  @DisplayName("every type and rank comes back as it was written")
  void roundTrip() throws IOException {
    Path file = folder.resolve("y.npy");
    for (DType dtype : DType.values()) {
      if (dtype.bytes() == 0 || dtype == DType.BF16) {
        continue;
      }
      for (int[] shape : new int[][] {{}, {1}, {5}, {0, 3}, {2, 3, 4}}) {
        int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        byte[] elements = new byte[count * dtype.bytes()];
        for (int i = 0; i < elements.length; i++) {
          elements[i] = (byte) (dtype == DType.BOOL ? i & 1 : i * 37);
        }
        Npy.write(file, new NpyArray(dtype, shape, ByteBuffer.wrap(elements)));
        NpyArray array = Npy.read(file);
        assertEquals(dtype, array.dtype());
        assertArrayEquals(shape, array.shape());
        assertEquals(ByteBuffer.wrap(elements), array.data());
      }
    }
  }

  @Test
  @DisplayName("pickled objects are refused, and named")
  void pickle() throws IOException {
    NpyError error = refused(file(header("|O", false, "1,"), (byte) 0x80, (byte) 4));
    assertTrue(error.what().contains("pickled"), error.what());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<U4", "|S3", "|V2", "<M8[ns]", "f4", "<f3", "<b1x", ""})
  @DisplayName("element types that are no numbers are refused")
  void strangeTypes(String descr) throws IOException {
    assertEquals("'" + descr + "'", refused(file(header(descr, false, "1,"), new byte[8])).given());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,1), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,), }",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536, 65536, 65536), }",
        "{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (1,), }"
      })
  @DisplayName("a header that is not NumPy's is refused at its offset")
  void strangeHeaders(String header) throws IOException {
    assertEquals(10, refused(file(header, new byte[4])).offset());
  }

  @Test
  @DisplayName("a file cut anywhere is refused, and so are bytes behind the end")
  void length() throws IOException {
    Path whole = file(header("<i4", false, "2,"), new byte[8]);
    byte[] content = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.npy");
    for (int length = 0; length < content.length; length++) {
      Files.write(cut, Arrays.copyOf(content, length));
      assertTrue(refused(cut).offset() <= length);
    }
    Files.write(cut, Arrays.copyOf(content, content.length + 1));
    assertEquals(content.length, refused(cut).offset());
  }

  @Test
  @DisplayName("sizes the file cannot hold are refused before memory is taken for them")
  void huge() throws IOException {
    NpyError error = refused(file(header("<f4", false, "500000000,"), new byte[4]));
    assertEquals("NPY: the file ends early.", error.what());
    byte[] longHeader = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127};
    assertEquals(8, refused(Files.write(folder.resolve("z.npy"), longHeader)).offset());
  }

  @Test
  @DisplayName("types NumPy lacks and bytes that do not fit are refused before anything is written")
  void refusedArrays() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new NpyArray(DType.BF16, new int[] {1}, ByteBuffer.allocate(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NpyArray(DType.F32, new int[] {2}, ByteBuffer.allocate(4)));
  }
}
