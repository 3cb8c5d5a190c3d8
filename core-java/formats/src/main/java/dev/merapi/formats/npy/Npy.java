package dev.merapi.formats.npy;

import dev.merapi.formats.AtomicFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads and writes one array as NumPy's `.npy`, format versions 1.0, 2.0 and 3.0.
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /// Far above any header of plain numbers; NumPy itself stops at 10 000 for safety.
  private static final int MOST_HEADER_BYTES = 1 << 16;

  private static final String SAVE_AGAIN = "save the array again, or fetch the file again";

  private Npy() {}

  /// Reads a whole file; big-endian and Fortran-ordered content is turned round.
  ///
  /// Fails: `NpyError` naming file and offset when the content is damaged, is longer or shorter
  /// than its shape says, or holds something else than numbers; `IOException` when the file cannot
  /// be read at all.
  public static NpyArray read(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(file, in, Files.size(file));
    }
  }

  /// Writes a file, in one step: readers see the old content or the new one.
  public static void write(Path file, NpyArray array) throws IOException {
    AtomicFiles.write(file, out -> write(out, array));
  }

  /// @param mostBytes what the stream can hold at most, known from outside the stream
  static NpyArray read(Path file, InputStream in, long mostBytes) throws IOException {
    byte[] start = exactly(file, in, 8, 0, "magic number and version");
    for (int i = 0; i < MAGIC.length; i++) {
      if (start[i] != MAGIC[i]) {
        throw new NpyError(
            file,
            i,
            "NPY: the file does not start like an NPY file.",
            "byte %02x".formatted(start[i]),
            "93 'NUMPY'",
            "give a file written by numpy.save");
      }
    }
    int version = start[6];
    if (version < 1 || version > 3 || start[7] != 0) {
      throw new NpyError(
          file,
          6,
          "NPY: unknown version of the format.",
          "%d.%d".formatted(start[6] & 0xff, start[7] & 0xff),
          "1.0, 2.0 or 3.0",
          SAVE_AGAIN);
    }
    int lengthBytes = version == 1 ? 2 : 4;
    ByteBuffer lengthField =
        ByteBuffer.wrap(exactly(file, in, lengthBytes, 8, "length of the header"))
            .order(ByteOrder.LITTLE_ENDIAN);
    long length =
        version == 1
            ? Short.toUnsignedInt(lengthField.getShort())
            : Integer.toUnsignedLong(lengthField.getInt());
    if (length > MOST_HEADER_BYTES) {
      throw new NpyError(
          file,
          8,
          "NPY: the header is too long to be one.",
          length + " bytes",
          "at most " + MOST_HEADER_BYTES,
          SAVE_AGAIN);
    }
    int headerAt = 8 + lengthBytes;
    String text =
        new String(
            exactly(file, in, (int) length, headerAt, "header"),
            version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    NpyHeader header = NpyHeader.parse(file, headerAt, text);
    long dataAt = headerAt + length;
    if (header.bytes() > mostBytes - dataAt) {
      throw endsEarly(
          file,
          dataAt,
          "a file that cannot hold more than " + mostBytes + " bytes",
          header.bytes());
    }
    byte[] data = exactly(file, in, (int) header.bytes(), dataAt, "elements");
    if (in.read() >= 0) {
      throw new NpyError(
          file,
          dataAt + data.length,
          "NPY: the file goes on after its last element.",
          "more bytes",
          "the end of the file",
          SAVE_AGAIN);
    }
    if (header.big()) {
      // A complex number is two floats, each turned round for itself.
      reverse(data, header.dtype().real().bytes());
    }
    byte[] ordered = header.fortran() ? rowMajor(data, header) : data;
    return new NpyArray(header.dtype(), header.shape(), ByteBuffer.wrap(ordered));
  }

  static void write(OutputStream out, NpyArray array) throws IOException {
    // Version 1.0: its header ends by 65 535 bytes, and ours is never above 64 axes of 12 digits.
    int before = MAGIC.length + 4;
    byte[] header = NpyHeader.spell(array, before);
    out.write(MAGIC);
    out.write(new byte[] {1, 0, (byte) header.length, (byte) (header.length >> 8)});
    out.write(header);
    ByteBuffer data = array.data();
    WritableByteChannel channel = Channels.newChannel(out);
    while (data.hasRemaining()) {
      channel.write(data);
    }
  }

  private static byte[] exactly(Path file, InputStream in, int count, long offset, String purpose)
      throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw endsEarly(
          file,
          offset + read.length,
          "%d of %d bytes of the %s".formatted(read.length, count, purpose),
          count - read.length);
    }
    return read;
  }

  private static NpyError endsEarly(Path file, long offset, String given, long missing) {
    return new NpyError(
        file,
        offset,
        "NPY: the file ends early.",
        given,
        missing + " more bytes from here",
        SAVE_AGAIN);
  }

  private static void reverse(byte[] data, int width) {
    for (int at = 0; at < data.length; at += width) {
      for (int i = at, j = at + width - 1; i < j; i++, j--) {
        byte swap = data[i];
        data[i] = data[j];
        data[j] = swap;
      }
    }
  }

  private static byte[] rowMajor(byte[] columnMajor, NpyHeader header) {
    int[] shape = header.shape();
    int width = header.dtype().bytes();
    byte[] to = new byte[columnMajor.length];
    int[] index = new int[shape.length];
    for (int at = 0; at < to.length; at += width) {
      int from = 0;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from = from * shape[axis] + index[axis];
      }
      System.arraycopy(columnMajor, from * width, to, at, width);
      for (int axis = shape.length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) {
        index[axis] = 0;
      }
    }
    return to;
  }
}
