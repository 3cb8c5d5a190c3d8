package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import java.util.Arrays;
import java.util.TreeMap;

/// A product in index notation (`ij,jk->ik`), with every axis of every operand under a label.
///
/// Labels are the letters themselves; the axes under an ellipsis get numbers from [#ELLIPSIS] on,
/// counted from the right, so that they line up as in broadcasting.
public final class Equation {
  static final int ELLIPSIS = 1 << 16;

  /// The terms on the left, and the one on the right, which is worked out where the text leaves it
  /// open.
  public final String[] terms;

  public final String result;

  /// Labels of each operand's axes, and of the result's; set by [#resolve].
  int[][] in = {};

  int[] out = {};

  /// Sizes by label; -1 where unknown.
  private final TreeMap<Integer, Integer> sizes = new TreeMap<>();

  private Equation(String[] terms, String result) {
    this.terms = terms;
    this.result = result;
  }

  /// Reads the text of an equation.
  ///
  /// Fails: `AttrError` on anything but letters, commas, one arrow and one ellipsis a term.
  public static Equation parse(String op, String text) {
    String s = text.replace(" ", "");
    int arrow = s.indexOf("->");
    String left = arrow < 0 ? s : s.substring(0, arrow);
    String[] terms = left.split(",", -1);
    for (String t : terms) {
      check(op, text, t);
    }
    String right = arrow < 0 ? implicit(terms) : s.substring(arrow + 2);
    check(op, text, right);
    for (char c : right.replace("...", "").toCharArray()) {
      if (left.indexOf(c) < 0) {
        throw fault(op, text, "label '" + c + "' of the result is in no operand");
      }
    }
    return new Equation(terms, right);
  }

  private static void check(String op, String text, String term) {
    String letters = term.replaceFirst("\\.\\.\\.", "");
    for (char c : letters.toCharArray()) {
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) {
        throw fault(op, text, "'" + c + "' is no label");
      }
    }
  }

  private static RuntimeException fault(String op, String text, String what) {
    return Message.what(op + ": the equation does not read: " + what)
        .given("equation '" + text + "'")
        .expected(
            "letters for axes, a comma between operands, '...' for axes that broadcast, as in"
                + " 'bij,bjk->bik'")
        .attrError();
  }

  /// As NumPy: the ellipsis, then in alphabetical order the labels that occur once.
  private static String implicit(String[] terms) {
    TreeMap<Character, Integer> count = new TreeMap<>();
    boolean dots = false;
    for (String t : terms) {
      dots |= t.contains("...");
      for (char c : t.replace("...", "").toCharArray()) {
        count.merge(c, 1, Integer::sum);
      }
    }
    StringBuilder s = new StringBuilder(dots ? "..." : "");
    count.forEach((c, n) -> s.append(n == 1 ? c.toString() : ""));
    return s.toString();
  }

  /// Reads the equation of a call; labels axes if all ranks are known.
  public static Equation of(Call c) {
    Equation e = parse(c.op.name(), c.attrs.s("equation"));
    if (e.terms.length != c.ins()) {
      throw c.fault("Expected " + e.terms.length + " inputs but got: " + c.ins())
          .expected("an operand for each term of '" + c.attrs.s("equation") + "'")
          .valueError();
    }
    for (int i = 0; i < c.ins(); i++) {
      if (!c.shape(i).isRankKnown()) {
        return e;
      }
    }
    e.resolve(c);
    return e;
  }

  private void resolve(Call c) {
    in = new int[terms.length][];
    int dots = 0;
    for (int i = 0; i < terms.length; i++) {
      Shape s = c.shape(i);
      int letters = terms[i].replace("...", "").length();
      boolean open = terms[i].contains("...");
      if (open ? s.rank() < letters : s.rank() != letters) {
        throw c.fault(
                "Expected input "
                    + i
                    + " to have rank "
                    + (open ? "at least " : "")
                    + letters
                    + " but got: "
                    + s.rank())
            .expected("an axis for each label of '" + terms[i] + "'")
            .shapeError();
      }
      dots = open ? Math.max(dots, s.rank() - letters) : dots;
      in[i] = labels(terms[i], s.rank() - letters);
      for (int k = 0; k < in[i].length; k++) {
        note(c, i, k, in[i][k], s.dim(k));
      }
    }
    out = labels(result, dots);
  }

  private void note(Call c, int i, int axis, int label, int size) {
    Integer before = sizes.get(label);
    if (before == null || before < 0 || label >= ELLIPSIS && before == 1) {
      sizes.put(label, size);
    } else if (size >= 0 && size != before && !(label >= ELLIPSIS && size == 1)) {
      throw c.fault(
              "Expected dimension "
                  + before
                  + " at axis "
                  + axis
                  + " of the input shaped "
                  + c.shape(i).brackets()
                  + " but got dimension "
                  + size)
          .expected("one size for label '" + (label < ELLIPSIS ? (char) label : "...") + "'")
          .shapeError();
    }
  }

  private static int[] labels(String term, int dots) {
    int at = term.indexOf("...");
    String letters = term.replace("...", "");
    int[] l = new int[letters.length() + (at < 0 ? 0 : dots)];
    int n = 0;
    for (int i = 0; i <= letters.length(); i++) {
      if (i == at) {
        for (int k = dots - 1; k >= 0; k--) {
          l[n++] = ELLIPSIS + k;
        }
      }
      if (i < letters.length()) {
        l[n++] = letters.charAt(i);
      }
    }
    return l;
  }

  int size(int label) {
    return sizes.getOrDefault(label, 1);
  }

  /// Returns the result's shape, unknown while the ranks are.
  public Shape shape() {
    return in.length == 0
        ? Shape.UNKNOWN
        : Shape.ofOwned(Arrays.stream(out).map(this::size).toArray());
  }
}
