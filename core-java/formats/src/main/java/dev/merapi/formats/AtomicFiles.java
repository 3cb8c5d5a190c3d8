package dev.merapi.formats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Writes files so that a reader sees the old content or the new one, never a part.
///
/// The content goes to a temporary file beside the target, is forced to the disk, and takes the
/// target's name in one step. When writing fails, or the program is ended by Ctrl-C, the temporary
/// file is removed and the target stays as it was.
public final class AtomicFiles {

  /// Writes the content of one file.
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Temporary files being written, removed when the program ends early; guards `ending` as well.
  private static final Set<Path> UNFINISHED = new HashSet<>();

  private static boolean hooked;
  private static boolean ending;

  private AtomicFiles() {}

  /// Replaces `target`, or creates it, with the bytes that `content` writes.
  ///
  /// A symbolic link stays one: the file it points at is replaced.
  ///
  /// Fails: `IOException` when the folder is missing, the disk is full and so on, and whatever
  /// `content` throws; the target is then untouched.
  public static void write(Path target, Content content) throws IOException {
    Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize();
    Path folder = real.getParent();
    if (folder == null || Files.isDirectory(real)) {
      throw new IOException("cannot write a file over the folder " + target);
    }
    String tag = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
    Path unfinished = folder.resolve("." + real.getFileName() + "." + tag + ".part");
    begin(unfinished);
    try {
      try (FileChannel channel =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      Files.move(
          unfinished, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(folder);
    } finally {
      Files.deleteIfExists(unfinished);
      end(unfinished);
    }
  }

  /// Makes the new name itself survive a power cut; only POSIX systems let a folder be opened.
  private static void forceFolder(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void begin(Path unfinished) throws IOException {
    synchronized (UNFINISHED) {
      if (ending) {
        throw new IOException("the program is ending; nothing new is written");
      }
      if (!hooked) {
        Runtime.getRuntime().addShutdownHook(new Thread(AtomicFiles::removeUnfinished));
        hooked = true;
      }
      UNFINISHED.add(unfinished);
    }
  }

  private static void end(Path unfinished) {
    synchronized (UNFINISHED) {
      UNFINISHED.remove(unfinished);
    }
  }

  private static void removeUnfinished() {
    synchronized (UNFINISHED) {
      ending = true;
      for (Path path : UNFINISHED) {
        try {
          Files.deleteIfExists(path);
        } catch (IOException e) {
          System.err.println(
              "could not remove the unfinished file " + path + ": " + e.getMessage());
        }
      }
    }
  }
}
