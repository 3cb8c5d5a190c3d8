package dev.merapi.data.digits;

import java.util.ArrayList;
import java.util.List;

/// Seven alphabets of ten digits, as the strokes of a pen.
///
/// A form is written like an SVG path in a box 60 wide and 100 high, y downwards: `M x y` puts the
/// pen down, `L x y` draws a line, `C x y x y x y` a cubic Bézier curve. In the segment alphabet a
/// form is a list of lamps `a` to `g` instead. Alternatives of one digit are separated by `|`.
final class Fonts {

  /// One alphabet.
  ///
  /// @param forms for each digit, its alternative forms
  /// @param contrast how much thinner level strokes are than upright ones, 0 to 1
  /// @param slant how far the top leans right, in widths a height
  record Font(String name, List<List<Form>> forms, double contrast, double slant) {}

  /// Strokes as cubic Bézier curves: each stroke is x, y of its start, then six numbers a curve.
  record Form(List<double[]> strokes) {}

  static final List<Font> ALL =
      List.of(
          font(
              "sans",
              0,
              0,
              "M30 2 C46 2 57 20 57 50 C57 80 46 98 30 98 C14 98 3 80 3 50 C3 20 14 2 30 2",
              "M12 20 L34 2 L34 98 | M30 2 L30 98 | M14 18 L34 2 L34 98 M12 98 L56 98",
              "M4 28 C4 -6 56 -6 56 28 C56 48 20 70 4 98 L58 98",
              "M5 20 C10 -6 56 -4 54 25 C53 42 40 48 24 48 C44 48 58 56 57 73 C55 106 8 106 3 77"
                  + "| M6 2 L54 2 L26 40 C46 38 58 52 57 70 C56 106 8 106 3 78",
              "M44 98 L44 2 L2 70 L60 70 | M18 4 L4 62 L58 62 M42 30 L42 98",
              "M52 2 L12 2 L8 46 C20 32 58 32 57 66 C56 108 8 106 3 80",
              "M50 8 C30 -6 4 16 4 62 C4 110 56 110 56 68 C56 30 10 32 4 66",
              "M3 2 L57 2 L22 98 | M3 2 L57 2 L22 98 M18 50 L54 50",
              "M30 48 C4 46 4 2 30 2 C56 2 56 46 30 48 C-6 50 -6 98 30 98 C66 98 66 50 30 48",
              "M10 92 C30 106 56 84 56 38 C56 -10 4 -10 4 32 C4 70 50 68 56 34"
                  + "| M54 30 C52 -8 4 -8 4 30 C4 64 50 64 54 28 L54 98"),
          font(
              "hand",
              0.15,
              0.10,
              "M36 4 C10 4 0 40 4 66 C8 106 44 106 54 66 C62 34 52 2 30 6"
                  + "| M44 10 C14 -6 0 40 4 64 C10 108 48 102 54 62 C60 24 46 2 26 12",
              "M32 2 L28 98 | M18 18 C26 14 32 8 36 2 C34 34 32 66 30 98",
              "M6 24 C12 -6 52 -6 50 28 C48 60 22 84 10 92 C-2 98 4 76 18 82 C34 90 44 104 60 90"
                  + "| M6 26 C14 -4 54 -4 50 28 C46 58 20 82 4 96 C20 88 40 100 58 94",
              "M8 14 C22 -6 52 0 50 24 C48 40 32 46 20 48 C42 46 56 58 52 76 C46 106 12 104 4 86"
                  + "| M8 14 C22 -6 54 0 50 24 C47 40 30 50 24 46 C22 40 34 42 42 50"
                  + " C58 62 54 98 26 98 C14 98 6 92 4 86",
              "M16 4 C14 24 8 44 4 58 C20 56 40 56 58 54 M46 26 C44 50 42 74 38 98"
                  + "| M46 98 C46 66 48 34 50 2 C34 24 18 46 2 66 C20 64 40 64 60 62",
              "M54 4 L20 6 M20 6 C18 20 14 32 12 44 C30 34 54 44 50 70 C46 102 14 104 4 88"
                  + "| M56 4 C44 4 32 4 20 6 C18 20 15 32 12 46 C36 30 60 50 48 78"
                  + " C40 98 18 102 4 92",
              "M44 2 C18 22 2 54 6 78 C10 106 46 104 50 76 C52 54 24 50 8 76"
                  + "| M36 2 C14 30 4 52 6 76 C8 102 36 106 46 84 C54 60 26 48 8 72",
              "M4 10 C16 2 40 10 56 4 C44 32 32 60 26 98"
                  + "| M4 10 C16 2 40 10 56 4 C44 32 32 60 26 98 M14 54 L52 48"
                  + "| M6 22 C6 14 6 10 8 6 C20 10 40 8 54 4 C46 34 30 58 26 98",
              "M50 18 C40 -8 8 2 12 26 C16 46 50 56 48 78 C46 106 6 106 8 78 C10 54 54 44 50 18"
                  + "| M46 10 C20 -8 0 24 22 42 C36 52 52 64 48 82 C42 104 6 102 8 80"
                  + " C10 60 44 46 50 26 C52 18 50 12 46 10",
              "M50 20 C40 -6 6 4 6 28 C6 56 44 54 50 22 C50 50 46 76 38 98"
                  + "| M48 16 C30 -8 0 12 8 36 C16 54 44 46 50 16 C52 44 56 92 26 98"
                  + " C18 98 12 94 10 90"),
          font(
              "segment",
              0,
              0.14,
              "abcdef",
              "bc",
              "abdeg",
              "abcdg",
              "bcfg",
              "acdfg",
              "acdefg | cdefg",
              "abc | abcf",
              "abcdefg",
              "abcdfg | abcfg"),
          font(
              "serif",
              0.55,
              0,
              "M30 2 C46 2 55 20 55 50 C55 80 46 98 30 98 C14 98 5 80 5 50 C5 20 14 2 30 2",
              "M14 18 C22 16 30 10 34 2 L34 98 M14 98 L54 98",
              "M8 32 C-2 -8 56 -10 55 28 C54 50 22 70 4 97 L56 97 L59 78",
              "M7 24 C8 -8 54 -6 52 25 C51 42 38 47 22 48 C44 48 57 58 56 74 C54 106 6 106 5 80",
              "M43 98 L43 2 L2 68 L60 68 M28 98 L58 98",
              "M54 2 L14 3 L9 48 C24 34 57 38 56 68 C54 106 6 106 4 80",
              "M54 4 C30 4 5 28 5 64 C5 110 56 110 56 68 C56 32 12 34 5 68",
              "M3 20 L6 3 L57 3 C42 34 28 64 26 98",
              "M30 46 C6 38 2 2 30 2 C58 2 54 38 30 46 C-6 56 -4 98 30 98 C64 98 66 60 30 46",
              "M6 96 C30 96 55 72 55 36 C55 -10 4 -10 4 32 C4 68 48 66 55 32"),
          font(
              "round",
              0,
              0,
              "M30 4 C60 4 66 40 60 60 C52 104 8 104 0 60 C-6 40 0 4 30 4",
              "M22 8 L32 4 L32 96",
              "M2 32 C0 -6 58 -8 58 30 C58 54 24 62 4 94 C20 94 40 94 58 94",
              "M8 14 C24 -6 58 4 52 30 C48 46 34 47 22 47 C42 46 62 54 58 76 C50 106 12 102 2 84",
              "M42 96 L42 4 C32 28 18 50 2 68 L58 68",
              "M52 4 C38 4 26 4 14 4 C12 18 10 30 8 42 C30 30 62 42 58 70 C52 104 14 102 4 86",
              "M42 2 C26 26 2 46 2 70 C2 108 58 108 58 70 C58 34 14 38 4 62",
              "M4 4 C22 4 40 4 56 4 C50 34 24 56 22 96",
              "M30 46 C8 46 8 4 30 4 C52 4 52 46 30 46 C-4 46 -4 96 30 96 C64 96 64 46 30 46",
              "M18 98 C34 74 58 54 58 30 C58 -8 2 -8 2 30 C2 66 46 62 56 38"),
          font(
              "school",
              0.1,
              0.05,
              "M34 2 C12 2 6 30 6 52 C6 78 14 98 30 98 C46 98 56 76 56 48 C56 22 48 2 34 2",
              "M4 48 L38 2 L36 98 | M12 34 L38 2 L38 98",
              "M8 22 C12 -2 50 -6 52 24 C52 48 30 74 4 98 C22 98 40 98 58 96"
                  + "| M8 22 C12 -2 50 -6 52 24 C52 48 30 78 12 94 C4 100 0 88 12 86"
                  + " C28 84 42 106 60 94",
              "M6 6 C22 4 38 4 52 4 C42 18 34 30 24 42 C44 38 58 54 54 74 C48 104 14 102 4 84"
                  + "| M8 12 C24 -8 56 2 50 26 C46 42 34 46 22 46 C46 44 58 58 54 76"
                  + " C48 104 14 102 4 84",
              "M24 2 C20 26 12 48 4 66 L58 64 M42 38 C42 58 40 78 38 98",
              "M16 6 C14 20 12 32 10 46 C30 34 58 44 54 72 C48 104 14 102 4 86 M16 6 L54 4",
              "M46 4 C22 10 4 42 4 70 C4 106 50 106 52 74 C54 46 18 44 6 66",
              "M4 12 C10 4 14 4 20 6 C34 10 46 8 56 4 C42 36 30 66 24 98 M16 54 L52 50",
              "M48 12 C32 -8 4 6 12 28 C18 46 54 54 50 80 C44 106 6 104 8 78 C12 54 60 40 48 12",
              "M52 18 C40 -8 4 2 6 30 C8 58 48 54 52 18 C54 44 54 76 48 88 C40 104 18 100 8 88"),
          font(
              "narrow",
              0.3,
              0.16,
              "M32 2 C48 2 50 26 50 50 C50 74 48 98 30 98 C12 98 10 74 10 50 C10 26 12 2 32 2",
              "M20 14 L36 2 L36 98",
              "M10 22 C12 -6 50 -4 50 24 C50 50 14 70 10 98 L50 98",
              "M10 16 C14 -6 50 -4 48 24 C46 42 36 46 26 46 C40 46 52 54 50 74 C48 106 12 104 8 82",
              "M38 98 L38 36 M28 2 L6 64 L54 64",
              "M48 2 L16 2 L12 44 C30 30 54 40 50 70 C48 104 14 104 8 84",
              "M44 8 C24 -6 10 24 10 60 C10 112 52 108 50 70 C48 42 16 44 10 66",
              "M8 16 L8 2 L52 2 C38 36 28 66 26 98",
              "M46 14 C38 -6 10 0 12 24 C14 44 50 56 48 78 C46 104 10 104 12 78 C14 54 54 42 46 14",
              "M16 92 C36 106 50 76 50 40 C50 -12 8 -8 10 30 C12 58 44 56 50 34"));

  private Fonts() {}

  private static Font font(String name, double contrast, double slant, String... digits) {
    List<List<Form>> forms = new ArrayList<>();
    for (String alternatives : digits) {
      List<Form> parsed = new ArrayList<>();
      for (String form : alternatives.split("\\|")) {
        parsed.add(
            new Form(Character.isUpperCase(form.strip().charAt(0)) ? path(form) : lamps(form)));
      }
      forms.add(List.copyOf(parsed));
    }
    return new Font(name, List.copyOf(forms), contrast, slant);
  }

  private static List<double[]> path(String text) {
    String[] words = text.strip().replaceAll("([MLC])", " $1 ").strip().split("\\s+");
    List<double[]> strokes = new ArrayList<>();
    List<Double> stroke = new ArrayList<>();
    double x = 0;
    double y = 0;
    for (int i = 0; i < words.length; ) {
      char command = words[i].charAt(0);
      int numbers = command == 'C' ? 6 : 2;
      double[] n = new double[numbers];
      for (int k = 0; k < numbers; k++) {
        n[k] = Double.parseDouble(words[i + 1 + k]);
      }
      if (command == 'M' && !stroke.isEmpty()) {
        strokes.add(stroke.stream().mapToDouble(Double::doubleValue).toArray());
        stroke.clear();
      }
      if (command == 'L') {
        // A line is the curve whose handles lie on it at the thirds.
        n =
            new double[] {
              x + (n[0] - x) / 3,
              y + (n[1] - y) / 3,
              x + (n[0] - x) * 2 / 3,
              y + (n[1] - y) * 2 / 3,
              n[0],
              n[1]
            };
      }
      for (double v : n) {
        stroke.add(v);
      }
      x = n[n.length - 2];
      y = n[n.length - 1];
      i += numbers + 1;
    }
    strokes.add(stroke.stream().mapToDouble(Double::doubleValue).toArray());
    return List.copyOf(strokes);
  }

  private static List<double[]> lamps(String letters) {
    List<double[]> strokes = new ArrayList<>();
    for (char lamp : letters.strip().toCharArray()) {
      strokes.addAll(
          path(
              switch (lamp) {
                case 'a' -> "M8 2 L52 2";
                case 'b' -> "M56 6 L56 45";
                case 'c' -> "M56 55 L56 94";
                case 'd' -> "M8 98 L52 98";
                case 'e' -> "M4 55 L4 94";
                case 'f' -> "M4 6 L4 45";
                case 'g' -> "M8 50 L52 50";
                default -> throw new IllegalArgumentException("no lamp is called " + lamp);
              }));
    }
    return List.copyOf(strokes);
  }
}
