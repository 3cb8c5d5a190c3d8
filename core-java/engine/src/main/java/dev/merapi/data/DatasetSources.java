package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes datasets: the static functions of [Dataset], which stand under `tf.data.Dataset` too.
///
/// Wherever tensors are asked for, arrays and lists of numbers or strings will do. A list is a
/// column of values, never a structure; structures are pairs, triples, maps, records and data
/// classes.
public abstract class DatasetSources {
  protected DatasetSources() {}

  // ---- Slices.

  /// Makes a dataset of the rows of a tensor, array or list.
  ///
  /// Shapes: `(n, …)` gives n elements of shape `(…)`. Fails: `ShapeError` for a single number.
  public static Dataset<Tensor> fromTensorSlices(Object x) {
    return slices(single(Structure.tensors(x, true), "fromTensorSlices"));
  }

  /// Makes a dataset of the rows of both, as pairs.
  ///
  /// Fails: `ShapeError` naming both numbers of rows when they differ.
  public static Dataset<Pair<Tensor, Tensor>> fromTensorSlices(Object x, Object y) {
    return slices(Structure.tensors(Pair.of(x, y), true));
  }

  /// Makes a dataset of the rows of three, as triples: examples, labels, weights.
  public static Dataset<Triple<Tensor, Tensor, Tensor>> fromTensorSlices(
      Object x, Object y, Object z) {
    return slices(Structure.tensors(Triple.of(x, y, z), true));
  }

  /// Makes a dataset of the rows of both, as pairs.
  public static Dataset<Pair<Tensor, Tensor>> fromTensorSlices(Pair<?, ?> xAndY) {
    return slices(Structure.tensors(xAndY, true));
  }

  /// Makes a dataset of the rows of a table given by its columns; each element maps the columns'
  /// names to one value each.
  public static <K> Dataset<Map<K, Tensor>> fromTensorSlices(Map<K, ?> columns) {
    return slices(Structure.tensors(columns, true));
  }

  /// Makes a dataset of the rows of a table, with what belongs to each row.
  public static <K> Dataset<Pair<Map<K, Tensor>, Tensor>> fromTensorSlices(
      Map<K, ?> columns, Object y) {
    return slices(Structure.tensors(Pair.of(columns, y), true));
  }

  /// Makes a dataset of the rows of a record's tensors; each element is such a record again.
  public static <R extends Record> Dataset<R> fromTensorSlices(R tensors) {
    return slices(Structure.tensors(tensors, true));
  }

  /// Makes a dataset of the rows of a structure of any form, for data classes and deep nesting; `E`
  /// is what the elements are.
  public static <E> Dataset<E> fromStructureSlices(Object structure) {
    return slices(Structure.tensors(structure, true));
  }

  private static <E> Dataset<E> slices(Object structure) {
    return new Dataset<>(new SourceStages.Slices(Structure.of(structure, "fromTensorSlices")));
  }

  // ---- Single elements.

  /// Makes a dataset of one element: the whole tensor, array or list.
  public static Dataset<Tensor> fromTensors(Object x) {
    return one(single(Structure.tensors(x, true), "fromTensors"));
  }

  /// Makes a dataset of one element: the pair.
  public static Dataset<Pair<Tensor, Tensor>> fromTensors(Object x, Object y) {
    return one(Structure.tensors(Pair.of(x, y), true));
  }

  /// Makes a dataset of one element: the map.
  public static <K> Dataset<Map<K, Tensor>> fromTensors(Map<K, ?> x) {
    return one(Structure.tensors(x, true));
  }

  /// Makes a dataset of one element, a structure of any form; `E` is what the element is.
  public static <E> Dataset<E> fromStructure(Object structure) {
    return one(Structure.tensors(structure, true));
  }

  private static <E> Dataset<E> one(Object structure) {
    Structure s = Structure.of(structure, "fromTensors");
    Tensor[] parts = s.flatten(structure, "fromTensors");
    for (Tensor t : parts) {
      SourceStages.kept(t);
    }
    return new Dataset<>(new SourceStages.Given("fromTensors", s, List.of(Element.of(parts))));
  }

  private static Object single(Object tensors, String who) {
    if (tensors instanceof Tensor) {
      return tensors;
    }
    throw Message.what(who + ": the elements are no single tensors")
        .given(tensors.getClass().getName())
        .expected("a tensor, an array, a list of numbers")
        .fix(
            who.equals("fromTensors")
                ? "use Dataset.fromStructure(x)"
                : "use Dataset.fromStructureSlices(x)")
        .typeError();
  }

  // ---- Numbers.

  /// Makes a dataset of 0, 1, … up to but not including `stop`, int64.
  public static Dataset<Tensor> range(long stop) {
    return range(0, stop, 1);
  }

  /// Makes a dataset of `start`, `start + 1`, … up to but not including `stop`, int64.
  public static Dataset<Tensor> range(long start, long stop) {
    return range(start, stop, 1);
  }

  /// Makes a dataset of whole numbers in even steps, int64; `step` may be negative.
  ///
  /// Fails: `ValueError` when the step is 0.
  public static Dataset<Tensor> range(long start, long stop, long step) {
    return new Dataset<>(new SourceStages.Range(start, stop, step));
  }

  // ---- Host code.

  /// Makes a dataset of what an iterator gives, described ahead: `spec` has -1 for axes that
  /// differ.
  ///
  /// Each iteration of the dataset asks `values` for a new iterator: `() -> reader.lines()`. Values
  /// may be tensors or what `tf.constant` takes. An iterator that is `AutoCloseable` is closed when
  /// its iteration ends or is given up. Fails: at `next()`, with `PipelineError` when the iterator
  /// throws, `TypeError` when a value does not fit.
  public static Dataset<Tensor> fromGenerator(Iterable<?> values, Spec spec) {
    return generated(values, spec);
  }

  /// Makes a dataset of what an iterator gives; the shapes are not known ahead.
  public static Dataset<Tensor> fromGenerator(Iterable<?> values, DType dtype) {
    return generated(values, dtype);
  }

  /// Makes a dataset of the pairs that an iterator gives; `specs` holds a [Spec] or [DType] for
  /// each part.
  public static Dataset<Pair<Tensor, Tensor>> fromGenerator(Iterable<?> values, Pair<?, ?> specs) {
    return generated(values, specs);
  }

  /// Makes a dataset of the triples that an iterator gives.
  public static Dataset<Triple<Tensor, Tensor, Tensor>> fromGenerator(
      Iterable<?> values, Triple<?, ?, ?> specs) {
    return generated(values, specs);
  }

  /// Makes a dataset of the maps that an iterator gives.
  public static <K> Dataset<Map<K, Tensor>> fromGenerator(Iterable<?> values, Map<K, ?> specs) {
    return generated(values, specs);
  }

  /// Makes a dataset of the elements that an iterator gives, which are built of tensors already;
  /// their types and shapes show when the first one is there.
  public static <E> Dataset<E> fromGenerator(Iterable<E> elements) {
    return generated(elements, null);
  }

  private static <E> Dataset<E> generated(Iterable<?> values, @Nullable Object specs) {
    return new Dataset<>(
        new SourceStages.Generator(values, specs == null ? null : Structure.described(specs)));
  }

  // ---- Several datasets.

  /// Makes a dataset of pairs, one element of each, until the shorter one ends.
  public static <A, B> Dataset<Pair<A, B>> zip(Dataset<A> a, Dataset<B> b) {
    return new Dataset<>(
        new SourceStages.Zip(
            s -> Structure.joined(Pair.of(s[0].template(), s[1].template()), s),
            a.stage(),
            b.stage()));
  }

  /// Makes a dataset of triples, one element of each, until the shortest one ends.
  public static <A, B, C> Dataset<Triple<A, B, C>> zip(Dataset<A> a, Dataset<B> b, Dataset<C> c) {
    return new Dataset<>(
        new SourceStages.Zip(
            s -> Structure.joined(Triple.of(s[0].template(), s[1].template(), s[2].template()), s),
            a.stage(),
            b.stage(),
            c.stage()));
  }

  /// Makes a dataset of lists, one element of each, until the shortest one ends.
  public static <E> Dataset<List<E>> zip(List<Dataset<E>> all) {
    Stage[] stages = stages(all, "zip");
    return new Dataset<>(
        new SourceStages.Zip(
            s -> Structure.joined(java.util.Arrays.stream(s).map(Structure::template).toList(), s),
            stages));
  }

  /// Makes a dataset that takes each element from the dataset whose number `choice` gives next.
  public static <E> Dataset<E> chooseFromDatasets(List<Dataset<E>> all, Dataset<Tensor> choice) {
    return chooseFromDatasets(all, choice, true);
  }

  /// Does the same; unless `stopOnEmptyDataset`, datasets that have ended are passed over.
  public static <E> Dataset<E> chooseFromDatasets(
      List<Dataset<E>> all, Dataset<Tensor> choice, boolean stopOnEmptyDataset) {
    Stage[] stages = java.util.Arrays.copyOf(stages(all, "chooseFromDatasets"), all.size() + 1);
    stages[all.size()] = choice.stage();
    return new Dataset<>(new MixStage(null, null, stopOnEmptyDataset, stages));
  }

  /// Makes a dataset that takes each element from one of the datasets at random; one that has ended
  /// is drawn no more.
  ///
  /// @param weights how likely each is, relative to the others; null for all alike
  /// @param seed null leaves the order to the global seed, or to chance
  public static <E> Dataset<E> sampleFromDatasets(
      List<Dataset<E>> all, double @Nullable [] weights, @Nullable Long seed) {
    Stage[] stages = stages(all, "sampleFromDatasets");
    double[] w = weights == null ? new double[stages.length] : weights.clone();
    if (weights == null) {
      java.util.Arrays.fill(w, 1);
    }
    boolean fits = w.length == stages.length;
    double sum = 0;
    for (double x : w) {
      fits &= x >= 0;
      sum += x;
    }
    if (!fits || !(sum > 0)) {
      throw Message.what("sampleFromDatasets: the weights do not fit the datasets")
          .given(stages.length + " datasets · weights " + java.util.Arrays.toString(w))
          .expected("one weight of 0 or more for each dataset, and one above 0")
          .valueError();
    }
    return new Dataset<>(new MixStage(w, seed, false, stages));
  }

  private static Stage[] stages(List<? extends Dataset<?>> all, String who) {
    if (all.isEmpty()) {
      throw Message.what(who + ": there is no dataset").expected("at least one").valueError();
    }
    return all.stream().map(Dataset::stage).toArray(Stage[]::new);
  }
}
