package dev.merapi.data.digits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.data.LabelledImages;
import dev.merapi.data.LabelledSplit;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DigitsTest {
  @Test
  @DisplayName("one seed gives the same bits, another seed others")
  void seeds() {
    byte[] images = Digits.make(3, 50, 0).train().images();
    assertArrayEquals(images, Digits.make(3, 50, 0).train().images());
    assertFalse(Arrays.equals(images, Digits.make(4, 50, 0).train().images()));
  }

  @Test
  @DisplayName("a picture does not depend on how many are drawn")
  void counts() {
    LabelledSplit few = Digits.make(5, 130, 7);
    LabelledSplit many = Digits.make(5, 1234, 300);
    int pixels = 28 * 28;
    assertArrayEquals(few.train().images(), Arrays.copyOf(many.train().images(), 130 * pixels));
    assertArrayEquals(few.train().labels(), Arrays.copyOf(many.train().labels(), 130));
    assertArrayEquals(few.test().images(), Arrays.copyOf(many.test().images(), 7 * pixels));
  }

  @Test
  @DisplayName("test pictures are none of the training pictures")
  void parts() {
    LabelledSplit data = Digits.make(6, 200, 200);
    for (int i = 0; i < 200; i++) {
      for (int k = 0; k < 200; k++) {
        assertFalse(
            Arrays.equals(
                data.train().images(),
                i * 784,
                i * 784 + 784,
                data.test().images(),
                k * 784,
                k * 784 + 784));
      }
    }
  }

  @Test
  @DisplayName("every digit comes about equally often, in white on black, clear of the border")
  void looks() {
    LabelledImages data = Digits.make(1, 10_000, 0).train();
    int[] counts = new int[10];
    for (int i = 0; i < data.size(); i++) {
      counts[data.label(i)]++;
      int bright = 0;
      int border = 0;
      for (int at = 0; at < 784; at++) {
        if ((data.images()[i * 784 + at] & 0xff) > 120) {
          bright++;
          int row = at / 28;
          int column = at % 28;
          border += row == 0 || row == 27 || column == 0 || column == 27 ? 1 : 0;
        }
      }
      assertTrue(
          bright >= 12 && bright <= 350, "picture " + i + " has " + bright + " white pixels");
      assertTrue(border <= 12, "picture " + i + " touches the border with " + border + " pixels");
    }
    for (int count : counts) {
      // Five standard deviations of a binomial count: √(10000 · 0.1 · 0.9) = 30.
      assertEquals(1000, count, 150);
    }
  }

  @Test
  @DisplayName("the nearest of 3000 pictures shows the same digit in at least 85 % of cases")
  void learnable() {
    LabelledSplit data = Digits.make(2, 3000, 200);
    int right = 0;
    for (int k = 0; k < 200; k++) {
      long least = Long.MAX_VALUE;
      int label = -1;
      for (int i = 0; i < 3000; i++) {
        long distance = 0;
        for (int at = 0; at < 784; at++) {
          int d =
              (data.train().images()[i * 784 + at] & 0xff)
                  - (data.test().images()[k * 784 + at] & 0xff);
          distance += (long) d * d;
        }
        if (distance < least) {
          least = distance;
          label = data.train().label(i);
        }
      }
      right += label == data.test().label(k) ? 1 : 0;
    }
    assertTrue(right >= 170, right + " of 200");
    // Were every copy alike, there would be nothing to learn.
    assertTrue(right < 200, "too easy");
  }

  @Test
  @DisplayName("12 000 pictures are drawn within 3 seconds")
  void fast() {
    long start = System.nanoTime();
    Digits.make(8, 10_000, 2_000);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertTrue(seconds < 3, seconds + " s");
  }

  @Test
  @DisplayName("counts below nothing or beyond one array are refused")
  void refused() {
    assertThrows(IllegalArgumentException.class, () -> Digits.make(1, -1, 0));
    assertThrows(IllegalArgumentException.class, () -> Digits.make(1, 0, 3_000_000));
  }
}
