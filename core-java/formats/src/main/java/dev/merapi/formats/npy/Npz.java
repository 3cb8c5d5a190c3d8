package dev.merapi.formats.npy;

import dev.merapi.formats.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Reads and writes several arrays by name as NumPy's `.npz`, a ZIP archive of `.npy` files.
public final class Npz {
  private static final String SUFFIX = ".npy";

  /// The earliest time a ZIP archive knows: the same arrays then give the same bytes every time.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  /// Deflate never packs tighter than 1032 : 1 (zlib, "Maximum Compression Factor").
  private static final long DEFLATE_LIMIT = 1032;

  private static final String SAVE_AGAIN = "save the arrays again, or fetch the file again";

  private Npz() {}

  /// Reads every array, in the order of the archive.
  ///
  /// Fails: `NpyError` when the archive or an array in it is damaged, a name comes twice, or an
  /// entry is no array; `IOException` when the file cannot be read at all.
  public static Map<String, NpyArray> read(Path file) throws IOException {
    long length = Files.size(file);
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
          throw refuse(file, "NPZ: an entry is no array.", name, "names that end in .npy");
        }
        NpyArray array = entry(file, zip, entry, length);
        if (arrays.put(name.substring(0, name.length() - SUFFIX.length()), array) != null) {
          throw refuse(file, "NPZ: two arrays have one name.", name, "each name once");
        }
      }
    } catch (ZipException | EOFException e) {
      throw refuse(
          file, "NPZ: the archive is damaged.", String.valueOf(e.getMessage()), "a whole ZIP file");
    }
    return arrays;
  }

  private static NpyArray entry(Path file, ZipFile zip, ZipEntry entry, long length)
      throws IOException {
    CRC32 crc = new CRC32();
    NpyArray array;
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), crc)) {
      array = Npy.read(file, in, length * DEFLATE_LIMIT);
    } catch (NpyError e) {
      throw new NpyError(
          file,
          e.offset(),
          e.what(),
          e.given(),
          e.expected() + ", counted within " + entry.getName(),
          e.fix());
    }
    if (crc.getValue() != entry.getCrc()) {
      throw refuse(
          file,
          "NPZ: the content of an array has changed since it was written.",
          "%s with checksum %08x".formatted(entry.getName(), crc.getValue()),
          "%08x".formatted(entry.getCrc()));
    }
    return array;
  }

  private static NpyError refuse(Path file, String what, String given, String expected) {
    return new NpyError(file, 0, what, given, expected, SAVE_AGAIN);
  }

  /// Writes all arrays, in the map's order, in one step: readers see the old file or the new one.
  ///
  /// Nothing is packed: trained weights hardly get smaller. The same arrays give the same bytes.
  public static void write(Path file, Map<String, NpyArray> arrays) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          for (Map.Entry<String, NpyArray> named : arrays.entrySet()) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            Npy.write(content, named.getValue());
            byte[] bytes = content.toByteArray();
            CRC32 crc = new CRC32();
            crc.update(bytes);
            ZipEntry entry = new ZipEntry(named.getKey() + SUFFIX);
            entry.setMethod(ZipEntry.STORED);
            entry.setTimeLocal(NO_TIME);
            entry.setSize(bytes.length);
            entry.setCrc(crc.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
          }
          zip.finish();
        });
  }
}
