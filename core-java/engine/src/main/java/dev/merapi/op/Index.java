package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place in the brackets of `x[0, 1:, ::-1, ..., newaxis]`, as Python writes them.
///
/// Ends are open when null; negative positions count from the end of the axis.
public final class Index {
  /// What a place does to its axis.
  enum Kind {
    AT,
    RANGE,
    ELLIPSIS,
    NEW_AXIS
  }

  private static final Index ALL = new Index(Kind.RANGE, null, null, 1);
  private static final Index ELLIPSIS = new Index(Kind.ELLIPSIS, null, null, 1);
  private static final Index NEW_AXIS = new Index(Kind.NEW_AXIS, null, null, 1);

  final Kind kind;

  /// An `Integer`, a scalar `Tensor`, or null for an open end.
  final @Nullable Object begin;

  final @Nullable Object end;
  final int step;

  private Index(Kind kind, @Nullable Object begin, @Nullable Object end, int step) {
    this.kind = kind;
    this.begin = begin;
    this.end = end;
    this.step = step;
  }

  /// `x[i]`: takes one position; the axis goes away.
  public static Index at(int i) {
    return new Index(Kind.AT, i, null, 1);
  }

  /// `x[i]` with a scalar int32 tensor, as inside a loop of a graph.
  public static Index at(Tensor i) {
    return new Index(Kind.AT, scalar(i), null, 1);
  }

  /// `x[:]`: takes the whole axis.
  public static Index all() {
    return ALL;
  }

  /// `x[from:]`.
  public static Index from(int from) {
    return new Index(Kind.RANGE, from, null, 1);
  }

  /// `x[:to]`.
  public static Index to(int to) {
    return new Index(Kind.RANGE, null, to, 1);
  }

  /// `x[from:to]`.
  public static Index range(@Nullable Integer from, @Nullable Integer to) {
    return new Index(Kind.RANGE, from, to, 1);
  }

  /// `x[from:to:step]`.
  ///
  /// Fails: `ValueError` for a step of 0.
  public static Index range(@Nullable Integer from, @Nullable Integer to, int step) {
    if (step == 0) {
      throw Message.what("strides must be non-zero")
          .given("a step of 0")
          .expected("a step above 0, or below 0 to go backwards")
          .valueError();
    }
    return new Index(Kind.RANGE, from, to, step);
  }

  /// `x[from:to]` with scalar int32 tensors; null leaves an end open.
  public static Index between(@Nullable Tensor from, @Nullable Tensor to) {
    return new Index(
        Kind.RANGE, from == null ? null : scalar(from), to == null ? null : scalar(to), 1);
  }

  /// `x[...]`: as many whole axes as are left over.
  public static Index ellipsis() {
    return ELLIPSIS;
  }

  /// `x[newaxis]`: puts an axis of size 1 here.
  public static Index newAxis() {
    return NEW_AXIS;
  }

  private static Tensor scalar(Tensor t) {
    if (t.rank() != 0 || !Types.INDICES.has(t.dtype())) {
      throw Message.what("an index is a scalar int32 or int64 tensor, not " + t.spec())
          .fix("take several positions at once with tf.gather")
          .typeError();
    }
    return t;
  }

  /// Reads what Python would stand between the brackets: `"0, 1:, ::-1, ..., newaxis"`.
  ///
  /// Fails: `ValueError` showing the part that is no index.
  public static Index[] parse(String text) {
    List<Index> list = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      list.add(one(part.strip(), text));
    }
    return list.toArray(new Index[0]);
  }

  private static Index one(String part, String text) {
    switch (part) {
      case "..." -> {
        return ELLIPSIS;
      }
      case "newaxis", "None", "tf.newaxis" -> {
        return NEW_AXIS;
      }
      default -> {}
    }
    String[] ends = part.split(":", -1);
    try {
      return switch (ends.length) {
        case 1 -> at(Integer.parseInt(part));
        case 2 -> range(end(ends[0]), end(ends[1]));
        case 3 -> {
          Integer step = end(ends[2]);
          yield range(end(ends[0]), end(ends[1]), step == null ? 1 : step);
        }
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw Message.what("'" + part + "' is not an index")
          .given("[" + text + "]")
          .expected("a position, from:to, from:to:step, ... or newaxis, separated by commas")
          .valueError();
    }
  }

  private static @Nullable Integer end(String s) {
    String t = s.strip();
    return t.isEmpty() ? null : Integer.valueOf(t);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case AT -> String.valueOf(begin);
      case ELLIPSIS -> "...";
      case NEW_AXIS -> "newaxis";
      case RANGE ->
          (begin == null ? "" : begin)
              + ":"
              + (end == null ? "" : end)
              + (step == 1 ? "" : ":" + step);
    };
  }
}
