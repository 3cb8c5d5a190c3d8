package dev.merapi.data.digits;

import dev.merapi.data.LabelledImages;
import dev.merapi.data.LabelledSplit;
import dev.merapi.device.Workers;

/// Draws pictures of the digits 0 to 9, shaped like MNIST: 28 × 28, uint8, white on black.
///
/// Every picture is one digit in one of several alphabets, written with a pen of random width,
/// bent, turned, sheared and stretched, slightly blurred and grainy. A picture depends on the seed,
/// on its part (train or test) and on its position alone, so neither the number of threads nor the
/// number of pictures asked for changes a bit of it.
public final class Digits {
  /// Height and width of a picture in pixels.
  public static final int SIDE = 28;

  private static final int CLASSES = 10;

  /// Pictures one piece of parallel work draws.
  private static final int CHUNK = 100;

  private Digits() {}

  /// Draws a training and a test set.
  ///
  /// Fails: `IllegalArgumentException` when a count is negative or above 2 000 000.
  ///
  /// Cost: about 20 µs a picture and thread.
  ///
  /// @param train pictures to learn from
  /// @param test pictures kept back, drawn from other random numbers
  public static LabelledSplit make(long seed, int train, int test) {
    return new LabelledSplit(part(seed, 0, train, "train"), part(seed, 1, test, "test"));
  }

  private static LabelledImages part(long seed, int part, int count, String name) {
    // Above this, 28 · 28 · count bytes do not fit one Java array with room to spare.
    if (count < 0 || count > 2_000_000) {
      throw new IllegalArgumentException(
          "Digits: cannot draw that many pictures.\n"
              + "  given     %s %d\n".formatted(name, count)
              + "  expected  0 to 2000000\n"
              + "  fix       ask for fewer, or several times with other seeds");
    }
    byte[] images = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    int chunks = (count + CHUNK - 1) / CHUNK;
    Workers.run(
        chunks,
        chunk -> {
          Figure figure = new Figure();
          Page page = new Page(SIDE);
          int end = Math.min(count, (chunk + 1) * CHUNK);
          for (int i = chunk * CHUNK; i < end; i++) {
            SplitMix random = new SplitMix(seed, ((long) part << 32) | i);
            labels[i] = (byte) draw(random, figure, page, images, i * SIDE * SIDE);
          }
        });
    return new LabelledImages(images, labels, SIDE, SIDE, CLASSES);
  }

  /// Draws one picture and returns the digit it shows.
  private static int draw(SplitMix random, Figure figure, Page page, byte[] to, int at) {
    int digit = random.below(CLASSES);
    Fonts.Font font = Fonts.ALL.get(random.below(Fonts.ALL.size()));
    var forms = font.forms().get(digit);
    figure.trace(forms.get(random.below(forms.size())));
    figure.bend(random, 3.4);
    double angle = 0.11 * random.bell();
    double shear = font.slant() + 0.09 * random.bell();
    double aspect = random.between(0.8, 1.15);
    double height = random.between(17, 21);
    double centreX = SIDE / 2.0 + 0.8 * random.bell();
    double centreY = SIDE / 2.0 + 0.8 * random.bell();
    figure.set(angle, shear, aspect, height, centreX, centreY);
    page.clear();
    page.draw(figure, random.between(0.8, 1.7), font.contrast());
    page.blur(random.between(0.02, 0.16));
    page.print(random, random.between(0.75, 1), random.between(0, 0.06), to, at);
    return digit;
  }
}
