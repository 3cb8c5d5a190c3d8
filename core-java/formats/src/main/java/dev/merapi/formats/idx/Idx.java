package dev.merapi.formats.idx;

import dev.merapi.tensor.DType;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads IDX files, plain or packed with gzip; which of the two is told by content, not by name.
///
/// Nothing in the file is trusted: sizes are checked against the file's length before memory is
/// taken for them.
public final class Idx {
  /// The longest array a JVM gives for certain, in bytes.
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  /// More axes than any data set has; the format itself would allow 255.
  private static final int MOST_AXES = 32;

  /// Deflate never packs tighter than 1032 : 1 (zlib, "Maximum Compression Factor").
  private static final long DEFLATE_LIMIT = 1032;

  private static final String FETCH_AGAIN = "fetch the file again and compare its size or checksum";

  private final Path file;
  private final InputStream in;
  private final long mostBytes;
  private long offset;

  private Idx(Path file, InputStream in, long mostBytes) {
    this.file = file;
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /// Reads a whole file.
  ///
  /// Fails: `IdxError` naming file and offset when the magic number or element type is unknown, the
  /// content is shorter or longer than its sizes say, sizes are beyond 2 GiB, or the gzip packing
  /// is damaged; `IOException` when the file cannot be read at all.
  public static IdxArray read(Path file) throws IOException {
    long length = Files.size(file);
    try (Counted counted = new Counted(Files.newInputStream(file))) {
      BufferedInputStream buffered = new BufferedInputStream(counted, 1 << 16);
      buffered.mark(2);
      boolean packed = buffered.read() == 0x1f && buffered.read() == 0x8b;
      buffered.reset();
      if (!packed) {
        return new Idx(file, buffered, length).array();
      }
      try {
        return new Idx(file, new GZIPInputStream(buffered, 1 << 16), length * DEFLATE_LIMIT)
            .array();
      } catch (ZipException | EOFException e) {
        throw new IdxError(
            file,
            counted.count,
            "IDX: the gzip packing is damaged.",
            e.getMessage() == null ? "the packed data ends early" : e.getMessage(),
            "a whole gzip file whose checksum fits",
            FETCH_AGAIN);
      }
    }
  }

  private IdxArray array() throws IOException {
    byte[] magic = bytes(4, "magic number");
    if (magic[0] != 0 || magic[1] != 0) {
      throw new IdxError(
          file,
          0,
          "IDX: the file does not start like an IDX file.",
          "bytes %02x %02x %02x %02x".formatted(magic[0], magic[1], magic[2], magic[3]),
          "00 00, then the element type, then the number of axes",
          "give an IDX file, such as train-images-idx3-ubyte, plain or as .gz");
    }
    DType dtype = dtype(magic[2]);
    int rank = magic[3] & 0xff;
    if (rank < 1 || rank > MOST_AXES) {
      throw new IdxError(
          file,
          3,
          "IDX: the number of axes is out of range.",
          rank + " axes",
          "1 to " + MOST_AXES,
          FETCH_AGAIN);
    }
    int[] shape = new int[rank];
    long elements = 1;
    ByteBuffer sizes = ByteBuffer.wrap(bytes(4 * rank, "sizes of the axes"));
    for (int axis = 0; axis < rank; axis++) {
      long size = Integer.toUnsignedLong(sizes.getInt());
      if (size > MOST_BYTES || (size > 0 && elements > MOST_BYTES / dtype.bytes() / size)) {
        throw new IdxError(
            file,
            4 + 4L * axis,
            "IDX: the sizes are beyond what one array can hold.",
            "axis %d of size %d after %d elements of %s".formatted(axis, size, elements, dtype),
            "at most %d bytes in all".formatted(MOST_BYTES),
            FETCH_AGAIN);
      }
      shape[axis] = (int) size;
      elements *= size;
    }
    long needed = elements * dtype.bytes();
    if (needed > mostBytes - offset) {
      throw tooShort(needed, "a file this long holds no more than %d bytes".formatted(mostBytes));
    }
    byte[] data = bytes((int) needed, "elements of shape " + Arrays.toString(shape));
    if (in.read() >= 0) {
      throw new IdxError(
          file,
          offset,
          "IDX: the file goes on after its last element.",
          "shape %s of %s, and more bytes behind it".formatted(Arrays.toString(shape), dtype),
          "the end of the file after %d bytes".formatted(offset),
          "check the sizes in the header, or " + FETCH_AGAIN);
    }
    return new IdxArray(dtype, shape, ByteBuffer.wrap(data).order(ByteOrder.BIG_ENDIAN));
  }

  private DType dtype(byte code) {
    return switch (code) {
      case 0x08 -> DType.U8;
      case 0x09 -> DType.I8;
      case 0x0B -> DType.I16;
      case 0x0C -> DType.I32;
      case 0x0D -> DType.F32;
      case 0x0E -> DType.F64;
      default ->
          throw new IdxError(
              file,
              2,
              "IDX: unknown element type.",
              "type 0x%02x".formatted(code),
              "08 uint8, 09 int8, 0b int16, 0c int32, 0d float32 or 0e float64",
              "give an IDX file, or " + FETCH_AGAIN);
    };
  }

  private byte[] bytes(int count, String purpose) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      long start = offset;
      offset += read.length;
      throw tooShort(
          start + count - offset,
          "%d of %d bytes of the %s".formatted(read.length, count, purpose));
    }
    offset += count;
    return read;
  }

  private IdxError tooShort(long missing, String given) {
    return new IdxError(
        file,
        offset,
        "IDX: the file ends early.",
        given,
        "%d more bytes from here".formatted(missing),
        FETCH_AGAIN);
  }

  /// Counts what has been taken from the file, to tell about where damaged packing was met.
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] to, int at, int length) throws IOException {
      int n = super.read(to, at, length);
      count += Math.max(n, 0);
      return n;
    }
  }
}
