package dev.merapi.data.digits;

import java.util.Arrays;

/// A square of paper that strokes are inked on: coverage from 0 to 1 a pixel.
///
/// An instance is reused for many pictures by one thread.
final class Page {
  private final int side;
  private final double[] ink;
  private final double[] spare;

  Page(int side) {
    this.side = side;
    ink = new double[side * side];
    spare = new double[side * side];
  }

  void clear() {
    Arrays.fill(ink, 0);
  }

  /// Inks a figure with a round pen; a pixel's coverage follows from its centre's distance to the
  /// stroke, which for strokes this thin is as good as area and much cheaper.
  ///
  /// @param radius half the pen's width, pixels
  /// @param contrast how much thinner level pieces are than upright ones, 0 to 1
  void draw(Figure figure, double radius, double contrast) {
    for (int p = 1; p < figure.points; p++) {
      if (figure.drawn[p]) {
        line(figure.x[p - 1], figure.y[p - 1], figure.x[p], figure.y[p], radius, contrast);
      }
    }
  }

  /// Inks one straight piece.
  void line(double x0, double y0, double x1, double y1, double radius, double contrast) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double length2 = dx * dx + dy * dy;
    double level = length2 > 0 ? dx * dx / length2 : 0;
    double r = radius * (1 - contrast * level);
    double reach = r + 1;
    int left = (int) Math.max(0, Math.min(x0, x1) - reach);
    int right = (int) Math.min(side - 1, Math.max(x0, x1) + reach);
    int top = (int) Math.max(0, Math.min(y0, y1) - reach);
    int bottom = (int) Math.min(side - 1, Math.max(y0, y1) + reach);
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        double px = column + 0.5 - x0;
        double py = row + 0.5 - y0;
        double t = length2 > 0 ? Figure.clamp((px * dx + py * dy) / length2, 0, 1) : 0;
        double ex = px - t * dx;
        double ey = py - t * dy;
        double covered = Figure.clamp(0.5 + r - Math.sqrt(ex * ex + ey * ey), 0, 1);
        int at = row * side + column;
        ink[at] = Math.max(ink[at], covered);
      }
    }
  }

  /// Blurs along both axes with the kernel `(amount, 1 - 2·amount, amount)`.
  ///
  /// @param amount 0 for none, 1/4 for the binomial kernel
  void blur(double amount) {
    pass(ink, spare, amount, side, 1);
    pass(spare, ink, amount, 1, side);
  }

  private void pass(double[] from, double[] to, double amount, int across, int along) {
    double keep = 1 - 2 * amount;
    for (int i = 0; i < side; i++) {
      for (int k = 0; k < side; k++) {
        int at = i * across + k * along;
        double before = k > 0 ? from[at - along] : 0;
        double after = k < side - 1 ? from[at + along] : 0;
        to[at] = keep * from[at] + amount * (before + after);
      }
    }
  }

  /// Writes the page as uint8 grey values, white on black.
  ///
  /// @param strength grey of full ink, 0 to 1
  /// @param noise standard deviation of the grain added to every pixel, 0 to 1
  void print(SplitMix random, double strength, double noise, byte[] to, int at) {
    for (int i = 0; i < ink.length; i++) {
      double v = Figure.clamp(ink[i] * strength + noise * random.bell(), 0, 1);
      to[at + i] = (byte) (int) (v * 255 + 0.5);
    }
  }
}
