package dev.merapi.data.digits;

import org.joml.Matrix3x2d;
import org.joml.Vector2d;

/// One drawn digit on its way to the page: short straight pieces, bent and moved.
///
/// An instance is reused for many pictures by one thread.
final class Figure {
  /// Pieces a curve is cut into; a curve spans at most some 15 pixels, so a piece is about two.
  private static final int PIECES = 8;

  /// Points along one side of the elastic grid.
  private static final int GRID = 4;

  private static final int MOST_POINTS = 512;

  final double[] x = new double[MOST_POINTS];
  final double[] y = new double[MOST_POINTS];

  /// Tells whether the pen is down on the way from the point before to this one.
  final boolean[] drawn = new boolean[MOST_POINTS];

  int points;

  private final double[] bendX = new double[GRID * GRID];
  private final double[] bendY = new double[GRID * GRID];
  private final Matrix3x2d place = new Matrix3x2d();
  private final Vector2d moved = new Vector2d();

  /// Takes the outline of a form, in its box of 60 × 100.
  void trace(Fonts.Form form) {
    points = 0;
    for (double[] stroke : form.strokes()) {
      add(stroke[0], stroke[1], false);
      for (int i = 2; i < stroke.length; i += 6) {
        double x0 = stroke[i - 2];
        double y0 = stroke[i - 1];
        for (int k = 1; k <= PIECES; k++) {
          double t = (double) k / PIECES;
          double s = 1 - t;
          double a = s * s * s;
          double b = 3 * s * s * t;
          double c = 3 * s * t * t;
          double d = t * t * t;
          add(
              a * x0 + b * stroke[i] + c * stroke[i + 2] + d * stroke[i + 4],
              a * y0 + b * stroke[i + 1] + c * stroke[i + 3] + d * stroke[i + 5],
              true);
        }
      }
    }
  }

  private void add(double px, double py, boolean penDown) {
    x[points] = px;
    y[points] = py;
    drawn[points] = penDown;
    points++;
  }

  /// Bends the figure smoothly: corners of a coarse grid over the box move at random, what lies
  /// between follows.
  ///
  /// @param strength standard deviation of a corner's movement, in units of the box
  void bend(SplitMix random, double strength) {
    for (int i = 0; i < GRID * GRID; i++) {
      bendX[i] = strength * random.bell();
      bendY[i] = strength * random.bell();
    }
    for (int p = 0; p < points; p++) {
      double u = clamp((x[p] + 5) / 70, 0, 1) * (GRID - 1);
      double v = clamp((y[p] + 5) / 110, 0, 1) * (GRID - 1);
      int i = Math.min((int) u, GRID - 2);
      int j = Math.min((int) v, GRID - 2);
      double fu = smooth(u - i);
      double fv = smooth(v - j);
      x[p] += blend(bendX, j * GRID + i, fu, fv);
      y[p] += blend(bendY, j * GRID + i, fu, fv);
    }
  }

  /// Turns, shears and stretches the figure, then sets it on the page.
  ///
  /// @param angle radians, clockwise on a page whose y goes down
  /// @param shear widths the top leans right, a height
  /// @param aspect stretch of the width against the height
  /// @param height pixels the figure is high afterwards (or wide, if it is wider than high)
  /// @param centreX pixels from the page's left edge
  /// @param centreY pixels from the page's top edge
  void set(
      double angle, double shear, double aspect, double height, double centreX, double centreY) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    place
        .set(cos, sin, -sin, cos, 0, 0)
        .mul(new Matrix3x2d(1, 0, -shear, 1, 0, 0))
        .scale(aspect, 1)
        .translate(-30, -50);
    transform();
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int p = 0; p < points; p++) {
      left = Math.min(left, x[p]);
      right = Math.max(right, x[p]);
      top = Math.min(top, y[p]);
      bottom = Math.max(bottom, y[p]);
    }
    double scale = height / Math.max(bottom - top, right - left);
    place
        .set(1, 0, 0, 1, centreX, centreY)
        .scale(scale, scale)
        .translate(-(left + right) / 2, -(top + bottom) / 2);
    transform();
  }

  private void transform() {
    for (int p = 0; p < points; p++) {
      place.transformPosition(x[p], y[p], moved);
      x[p] = moved.x;
      y[p] = moved.y;
    }
  }

  private static double blend(double[] grid, int at, double fu, double fv) {
    double upper = grid[at] + (grid[at + 1] - grid[at]) * fu;
    double lower = grid[at + GRID] + (grid[at + GRID + 1] - grid[at + GRID]) * fu;
    return upper + (lower - upper) * fv;
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  static double clamp(double v, double low, double high) {
    return v < low ? low : v > high ? high : v;
  }
}
