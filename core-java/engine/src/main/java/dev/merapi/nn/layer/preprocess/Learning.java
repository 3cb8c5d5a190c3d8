package dev.merapi.nn.layer.preprocess;

import dev.merapi.data.Pair;
import dev.merapi.data.Triple;
import dev.merapi.nn.Ops;
import dev.merapi.op.Literals;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What layers learn from before training: one array, or batch after batch.
///
/// @param isWhole whether it is all in one array
record Learning(Iterable<Tensor> batches, boolean isWhole) {
  /// @param data a tensor, an array or a list of numbers or texts; or a dataset, an iterable or a
  ///   list of batches, of which the first part counts where they are pairs
  /// @param type of the elements; null leaves it to them
  /// @param steps batches to look at, -1 for all
  static Learning of(Object data, @Nullable DType type, int steps) {
    boolean many =
        data instanceof Iterable<?>
            && !(data instanceof List<?> l && (l.isEmpty() || !isBatch(l.getFirst())));
    if (!many) {
      return new Learning(List.of(tensor(data, type)), true);
    }
    Iterable<?> all = (Iterable<?>) data;
    return new Learning(
        () ->
            new Iterator<>() {
              private final Iterator<?> each = all.iterator();
              private int left = steps < 0 ? Integer.MAX_VALUE : steps;

              @Override
              public boolean hasNext() {
                return left > 0 && each.hasNext();
              }

              @Override
              public Tensor next() {
                left--;
                return tensor(each.next(), type);
              }
            },
        false);
  }

  /// Returns the rows of a batch, flat; a vector is one document, unless it is all the data.
  static List<List<Object>> documents(Tensor batch, boolean isWhole) {
    List<Object> all = Vocabulary.terms(batch);
    int rows = batch.rank() > 1 ? batch.shape().dim(0) : isWhole ? all.size() : 1;
    List<List<Object>> documents = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      int width = all.size() / rows;
      documents.add(all.subList(r * width, (r + 1) * width));
    }
    return documents;
  }

  private static boolean isBatch(@Nullable Object o) {
    return o instanceof Tensor || o instanceof TensorLike || o instanceof Pair<?, ?>;
  }

  private static Tensor tensor(@Nullable Object o, @Nullable DType type) {
    Object x =
        switch (o) {
          case Pair<?, ?> p -> p.first();
          case Triple<?, ?, ?> t -> t.first();
          case null ->
              throw Message.what("adapt: a batch is null").expected("a tensor").valueError();
          default -> o;
        };
    Tensor t = Literals.of(x);
    if (type == null || t.dtype() == type) {
      return t;
    }
    if (type == DType.STRING || t.dtype() == DType.STRING) {
      throw Message.what("adapt: data of another type")
          .given(t.spec().toString())
          .expected(type.toString())
          .typeError();
    }
    return Ops.cast(t, type);
  }
}
