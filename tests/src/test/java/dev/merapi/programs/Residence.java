package dev.merapi.programs;

import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes tensors and drops them, never closing anything; prints the megabytes that the process
/// holds after a fifth of the work and at the end.
final class Residence {
  private Residence() {}

  public static void main(String[] args) throws IOException {
    boolean small = args[0].equals("small");
    int times = small ? 1_000_000 : 1_000;
    Tensor x = small ? tf.constant(new float[8]) : tf.zeros(2048, 2048);
    Tensor y = x;
    for (int i = 1; i <= times; i++) {
      // Large: four results of 16 MB are 64 MB of temporaries a time.
      y = small ? tf.add(x, x) : tf.add(tf.multiply(tf.add(x, x), x), x);
      if (!small) {
        y = tf.subtract(y, x);
      }
      if (i == times / 5) {
        System.out.println("warm " + residentMegabytes());
      }
    }
    System.out.println("end " + residentMegabytes());
    System.out.println("sum " + tf.reduceSum(y).item());
  }

  private static long residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D+", "")) / 1024;
      }
    }
    throw new IOException("/proc/self/status has no VmRSS");
  }
}
