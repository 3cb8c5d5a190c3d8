package dev.merapi.formats.idx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.tensor.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdxTest {
  @TempDir private Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("x-idx"), content);
  }

  /// Six uint8 in two rows; written down from the format's description, byte by byte.
  private static byte[] sixBytes() {
    return new byte[] {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 200};
  }

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private IdxError refused(byte[] content) throws IOException {
    Path file = file(content);
    IdxError error = assertThrows(IdxError.class, () -> Idx.read(file));
    assertEquals(file, error.file());
    for (String part : new String[] {"given", "expected", "fix", file.toString()}) {
      assertTrue(error.getMessage().contains(part), error.getMessage());
    }
    return error;
  }

  @Test
  @DisplayName("bytes are read, plain or packed, whatever the file's name")
  void bytes() throws IOException {
    for (byte[] content : new byte[][] {sixBytes(), packed(sixBytes())}) {
      IdxArray array = Idx.read(file(content));
      assertEquals(DType.U8, array.dtype());
      assertArrayEquals(new int[] {2, 3}, array.shape());
      assertArrayEquals(new byte[] {1, 2, 3, 4, 5, (byte) 200}, array.data().array());
    }
  }

  @Test
  @DisplayName("wider elements come in a big-endian buffer")
  void wide() throws IOException {
    byte[] int16 = {0, 0, 0x0B, 1, 0, 0, 0, 1, (byte) 0xff, (byte) 0xfe};
    assertEquals(-2, Idx.read(file(int16)).data().getShort(0));
    byte[] int32 = {0, 0, 0x0C, 1, 0, 0, 0, 1, 0, 0, 1, 2};
    assertEquals(258, Idx.read(file(int32)).data().getInt(0));
    ByteBuffer float32 = ByteBuffer.allocate(12).putInt(0x00000D01).putInt(1).putFloat(1.5f);
    assertEquals(1.5f, Idx.read(file(float32.array())).data().getFloat(0));
    ByteBuffer float64 = ByteBuffer.allocate(16).putInt(0x00000E01).putInt(1).putDouble(-0.1);
    IdxArray array = Idx.read(file(float64.array()));
    assertEquals(DType.F64, array.dtype());
    assertEquals(-0.1, array.data().getDouble(0));
    byte[] int8 = {0, 0, 9, 1, 0, 0, 0, 1, -7};
    assertEquals(DType.I8, Idx.read(file(int8)).dtype());
  }

  @Test
  @DisplayName("an axis of size zero gives no elements")
  void empty() throws IOException {
    byte[] none = {0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0, 28};
    IdxArray array = Idx.read(file(none));
    assertArrayEquals(new int[] {0, 28}, array.shape());
    assertEquals(0, array.data().remaining());
  }

  @Test
  @DisplayName("a file that does not start with two zero bytes is refused at offset 0")
  void magic() throws IOException {
    byte[] content = sixBytes();
    content[0] = 'P';
    assertEquals(0, refused(content).offset());
  }

  @Test
  @DisplayName("an unknown element type is refused at offset 2, a strange number of axes at 3")
  void typeAndRank() throws IOException {
    byte[] content = sixBytes();
    content[2] = 0x0A;
    IdxError type = refused(content);
    assertEquals(2, type.offset());
    assertEquals("type 0x0a", type.given());
    content = sixBytes();
    content[3] = 0;
    assertEquals(3, refused(content).offset());
    content[3] = (byte) 255;
    assertEquals(3, refused(content).offset());
  }

  @Test
  @DisplayName("a file cut anywhere is refused, packed or not")
  void truncated() throws IOException {
    byte[] content = sixBytes();
    for (int length = 0; length < content.length; length++) {
      IdxError error = refused(Arrays.copyOf(content, length));
      assertTrue(error.offset() <= length, error.getMessage());
      refused(packed(Arrays.copyOf(content, length)));
    }
    byte[] whole = packed(content);
    for (int length = 2; length < whole.length; length++) {
      refused(Arrays.copyOf(whole, length));
    }
  }

  @Test
  @DisplayName("bytes behind the last element are refused at their offset")
  void trailing() throws IOException {
    byte[] content = Arrays.copyOf(sixBytes(), 19);
    assertEquals(18, refused(content).offset());
    assertEquals(18, refused(packed(content)).offset());
  }

  @Test
  @DisplayName("sizes no file can have are refused before memory is taken for them")
  void hugeSizes() throws IOException {
    byte[] content = sixBytes();
    Arrays.fill(content, 4, 12, (byte) 0xff);
    assertEquals(4, refused(content).offset());
    // 2000 × 1 000 000 elements: an array could hold them, this file cannot.
    ByteBuffer.wrap(content).putInt(4, 2000).putInt(8, 1_000_000);
    assertEquals("IDX: the file ends early.", refused(content).what());
    assertEquals("IDX: the file ends early.", refused(packed(content)).what());
    // 65 536 × 65 536 overflows 32 bits to nothing.
    ByteBuffer.wrap(content).putInt(4, 65_536).putInt(8, 65_536);
    assertEquals(8, refused(content).offset());
  }

  @Test
  @DisplayName("any bit flipped in packed content or its checksum is noticed")
  void damagedPacking() throws IOException {
    byte[] whole = packed(sixBytes());
    // The 10 bytes before hold name, time and system, which do not touch the content.
    for (int at = 10; at < whole.length; at++) {
      byte[] content = whole.clone();
      content[at] ^= 0x10;
      refused(content);
    }
    byte[] wrongSum = whole.clone();
    wrongSum[whole.length - 6] ^= 1;
    IdxError error = refused(wrongSum);
    assertEquals("IDX: the gzip packing is damaged.", error.what());
    assertEquals(whole.length, error.offset());
  }
}
