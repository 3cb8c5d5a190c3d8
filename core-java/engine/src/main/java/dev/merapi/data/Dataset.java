package dev.merapi.data;

import dev.merapi.op.Literals;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The description of a pipeline that gives elements, one after the other; immutable.
///
/// ```java
/// var train = Dataset.fromTensorSlices(images, labels)
///     .shuffle(10_000)
///     .map(Pair.spread((x, y) -> Pair.of(tf.divide(tf.cast(x, tf.float32), 255f), y)))
///     .batch(50)
///     .prefetch(Dataset.AUTOTUNE);
/// for (Pair<Tensor, Tensor> batch : train) { … }
/// ```
///
/// Elements are tensors, or structures around tensors: pairs, triples, lists, maps, records,
/// Kotlin's data classes, nested at will. Every stage keeps the structure.
///
/// Each method returns another dataset and does no work; work begins with an iteration. The
/// functions given to [#map], [#filter], [#scan], [#reduce], [#takeWhile] and as keys are traced
/// once, into a graph that runs for each element, in the way of `tf.function`: what they do to the
/// host happens while tracing, random operations and variables act anew for each element. Functions
/// that return datasets, and [#mapHost], run as they stand.
///
/// Iterators need not be closed: one that the program drops is found by the collector and its
/// threads end. When user code fails, `next()` throws a `PipelineError` that names stage and
/// element; the next call goes on with the next element.
///
/// @param <E> what the elements are: `Tensor`, `Pair<Tensor, Tensor>`, a record of tensors, …
public final class Dataset<E> extends DatasetSources implements Iterable<E> {
  /// Leaves a number to us: how many elements ahead, how many calls at a time.
  public static final int AUTOTUNE = -1;

  /// The cardinality of a dataset that never ends.
  public static final long INFINITE_CARDINALITY = Stage.INFINITE;

  /// The cardinality of a dataset of which only an iteration shows how many elements it has.
  public static final long UNKNOWN_CARDINALITY = Stage.UNKNOWN;

  private final Stage stage;
  private final DatasetOptions options;
  private final Map<Stage, Run.Count> counts = Run.counts();

  Dataset(Stage stage) {
    this(stage, DatasetOptions.DEFAULT);
  }

  private Dataset(Stage stage, DatasetOptions options) {
    this.stage = stage;
    this.options = options;
  }

  static Dataset<?> of(Stage stage) {
    return new Dataset<>(stage);
  }

  Stage stage() {
    return stage;
  }

  private <R> Dataset<R> then(Stage next) {
    return new Dataset<>(next, options);
  }

  @SuppressWarnings("unchecked")
  private static <E> UserCode code(String who, Function<? super E, ?> f, boolean onHost) {
    return new UserCode(who, x -> f.apply((E) x), onHost);
  }

  // ---- One element after the other.

  /// Applies a function to each element. The function is traced: see above.
  ///
  /// Fails: here, with what the function throws while it is traced, and `TypeError` when it returns
  /// something else than tensors.
  public <R> Dataset<R> map(Function<? super E, ? extends R> f) {
    return then(new MapStages.Map(stage, code("map", f, false)));
  }

  /// Applies a function to several elements at a time; results come in order, and are the same bits
  /// as one at a time.
  ///
  /// @param numParallelCalls [#AUTOTUNE] for as many as there are threads
  public <R> Dataset<R> map(Function<? super E, ? extends R> f, int numParallelCalls) {
    return then(new ParallelMapStage(stage, code("map", f, false), numParallelCalls, false, null));
  }

  /// Does the same; without `deterministic` results may come in another order. They never do here:
  /// a traced function's results are in order without waiting longer.
  public <R> Dataset<R> map(
      Function<? super E, ? extends R> f, int numParallelCalls, boolean deterministic) {
    return map(f, numParallelCalls);
  }

  /// Applies host code to each element, as it stands: for what no operation does, such as reading a
  /// file. It must return tensors too.
  public <R> Dataset<R> mapHost(Function<? super E, ? extends R> f) {
    return then(new MapStages.Map(stage, code("mapHost", f, true)));
  }

  /// Applies host code to several elements at a time, each call on a thread of its own, so that
  /// calls may wait. Results come in order unless the options say otherwise.
  public <R> Dataset<R> mapHost(Function<? super E, ? extends R> f, int numParallelCalls) {
    return then(
        new ParallelMapStage(stage, code("mapHost", f, true), numParallelCalls, true, null));
  }

  /// Does the same; `deterministic` says whether results come in the order of the elements, or as
  /// they are ready.
  public <R> Dataset<R> mapHost(
      Function<? super E, ? extends R> f, int numParallelCalls, boolean deterministic) {
    return then(
        new ParallelMapStage(
            stage, code("mapHost", f, true), numParallelCalls, true, deterministic));
  }

  /// Keeps the elements for which `predicate` returns true. The function is traced.
  ///
  /// Fails: `TypeError` when it returns something else than a single truth value.
  public Dataset<E> filter(Function<? super E, Tensor> predicate) {
    return then(new MapStages.Filter(stage, code("filter", predicate, false), false));
  }

  /// Keeps the elements before the first for which `predicate` returns false. The function is
  /// traced.
  public Dataset<E> takeWhile(Function<? super E, Tensor> predicate) {
    return then(new MapStages.Filter(stage, code("takeWhile", predicate, false), true));
  }

  /// Applies a function to a state and each element; it returns the next state and an element of
  /// the new dataset. The function is traced.
  ///
  /// @param initialState a tensor, or a structure of tensors
  public <S, R> Dataset<R> scan(S initialState, BiFunction<S, ? super E, Pair<S, R>> f) {
    Structure state = Structure.of(Structure.tensors(initialState, true), "initialState");
    return then(new MapStages.Scan(stage, state, withState("scan", f)));
  }

  @SuppressWarnings("unchecked")
  private UserCode withState(String who, BiFunction<?, ? super E, ?> f) {
    BiFunction<Object, E, ?> g = (BiFunction<Object, E, ?>) f;
    return new UserCode(
        who,
        x -> {
          Pair<Object, E> p = (Pair<Object, E>) x;
          return g.apply(p.first(), p.second());
        },
        false);
  }

  /// Folds all elements into one state: `f` returns the next state from the one before and an
  /// element. Without elements it is the initial state. The function is traced.
  @SuppressWarnings("unchecked")
  public <S> S reduce(S initialState, BiFunction<S, ? super E, ? extends S> f) {
    Structure state = Structure.of(Structure.tensors(initialState, true), "initialState");
    return (S) Reduction.of(this, state, withState("reduce", f));
  }

  /// Folds all elements into one tensor, beginning with a whole number, int32.
  public Tensor reduce(int initialState, BiFunction<Tensor, ? super E, Tensor> f) {
    return reduce(Literals.of(initialState), f);
  }

  /// Folds all elements into one tensor, beginning with a whole number, int64.
  public Tensor reduce(long initialState, BiFunction<Tensor, ? super E, Tensor> f) {
    return reduce(Literals.of(initialState), f);
  }

  /// Folds all elements into one tensor, beginning with a number, float32.
  public Tensor reduce(float initialState, BiFunction<Tensor, ? super E, Tensor> f) {
    return reduce(Literals.of(initialState), f);
  }

  /// Numbers the elements from 0, int64.
  public Dataset<Pair<Tensor, E>> enumerate() {
    return enumerate(0);
  }

  public Dataset<Pair<Tensor, E>> enumerate(long start) {
    return new Dataset<>(zip(range(start, Long.MAX_VALUE), this).stage, options);
  }

  // ---- Datasets from elements.

  /// Puts the datasets that `f` makes of each element one after the other.
  ///
  /// `f` runs as it stands, with the element's values at hand.
  public <R> Dataset<R> flatMap(Function<? super E, Dataset<R>> f) {
    return then(new InterleaveStage("flatMap", stage, code("flatMap", f, true), 1, 1, false));
  }

  /// Takes `blockLength` elements at a time from each of `cycleLength` datasets in turn, which `f`
  /// makes of the elements.
  public <R> Dataset<R> interleave(
      Function<? super E, Dataset<R>> f, int cycleLength, int blockLength) {
    return interleave(f, cycleLength, blockLength, 1);
  }

  /// Does the same; with `numParallelCalls` other than 1 all datasets of the cycle are read ahead,
  /// each on a thread of its own. The order stays the same.
  public <R> Dataset<R> interleave(
      Function<? super E, Dataset<R>> f, int cycleLength, int blockLength, int numParallelCalls) {
    if (numParallelCalls != AUTOTUNE) {
      Stage.atLeast(1, numParallelCalls, "interleave", "numParallelCalls");
    }
    return then(
        new InterleaveStage(
            "interleave",
            stage,
            code("interleave", f, true),
            cycleLength,
            blockLength,
            numParallelCalls != 1));
  }

  /// Gathers elements of one key; as soon as there are `windowSize` of a key, their dataset goes
  /// through `reduceFunc`. At the end come the smaller groups, by rising key.
  ///
  /// @param keyFunc is traced; returns a single whole number
  /// @param reduceFunc takes the key (int64) and the group, and runs as it stands
  public <R> Dataset<R> groupByWindow(
      Function<? super E, Tensor> keyFunc,
      BiFunction<Tensor, Dataset<E>, Dataset<R>> reduceFunc,
      long windowSize) {
    Stage.atLeast(1, windowSize, "groupByWindow", "windowSize");
    return then(
        new GroupStage(
            stage, code("groupByWindow", keyFunc, false), group(reduceFunc), k -> windowSize));
  }

  @SuppressWarnings("unchecked")
  private static <E, R> GroupStage.Reduce group(BiFunction<Tensor, Dataset<E>, Dataset<R>> f) {
    return (key, window) -> f.apply(key, (Dataset<E>) window);
  }

  /// Batches elements of similar length together, each batch filled up to its longest.
  ///
  /// @param elementLengthFunc is traced; returns the length as a single whole number
  /// @param bucketBoundaries upper bounds of the buckets, exclusive, rising; the last bucket has
  ///   none
  /// @param bucketBatchSizes one for each bucket, so one more than boundaries
  public Dataset<E> bucketBySequenceLength(
      Function<? super E, Tensor> elementLengthFunc,
      int[] bucketBoundaries,
      int[] bucketBatchSizes) {
    if (bucketBatchSizes.length != bucketBoundaries.length + 1) {
      throw Message.what(
              "bucketBySequenceLength: "
                  + bucketBoundaries.length
                  + " boundaries make "
                  + (bucketBoundaries.length + 1)
                  + " buckets, "
                  + bucketBatchSizes.length
                  + " batch sizes were given")
          .expected("one batch size more than boundaries")
          .valueError();
    }
    int[] bounds = bucketBoundaries.clone();
    int[] sizes = bucketBatchSizes.clone();
    Function<E, Tensor> bucketOf = e -> Buckets.number(elementLengthFunc.apply(e), bounds);
    BiFunction<Tensor, Dataset<E>, Dataset<E>> reduce =
        (bucket, window) -> window.paddedBatch(sizes[bucket.intValue()]);
    return then(
        new GroupStage(
            stage,
            code("bucketBySequenceLength", bucketOf, false),
            group(reduce),
            k -> sizes[(int) k]));
  }

  // ---- Batches.

  /// Stacks `batchSize` elements at a time along a new first axis; the last batch may be smaller.
  ///
  /// Fails: at `next()`, `ShapeError` naming element and shapes when they differ.
  public Dataset<E> batch(int batchSize) {
    return batch(batchSize, false);
  }

  public Dataset<E> batch(int batchSize, boolean dropRemainder) {
    return then(new BatchStages.Batch(stage, batchSize, dropRemainder));
  }

  /// Makes an element of each row of each element: the inverse of [#batch].
  public Dataset<E> unbatch() {
    return then(new BatchStages.Unbatch(stage));
  }

  /// Makes batches of another size out of batches.
  public Dataset<E> rebatch(int batchSize) {
    return unbatch().batch(batchSize);
  }

  public Dataset<E> rebatch(int batchSize, boolean dropRemainder) {
    return unbatch().batch(batchSize, dropRemainder);
  }

  /// Stacks elements of different sizes: each axis is filled up with zeros (or empty strings) to
  /// the longest of the batch.
  public Dataset<E> paddedBatch(int batchSize) {
    return paddedBatch(batchSize, null, null, false);
  }

  /// Stacks elements of different sizes, filled up to given shapes.
  ///
  /// @param paddedShapes an `int[]` or shape for each component, in the elements' structure; -1 for
  ///   the longest of the batch
  public Dataset<E> paddedBatch(int batchSize, @Nullable Object paddedShapes) {
    return paddedBatch(batchSize, paddedShapes, null, false);
  }

  /// Stacks elements of different sizes.
  ///
  /// @param paddingValues a single value for all components, or one for each in the elements'
  ///   structure; null for zeros and empty strings
  public Dataset<E> paddedBatch(
      int batchSize,
      @Nullable Object paddedShapes,
      @Nullable Object paddingValues,
      boolean dropRemainder) {
    return then(new PaddedBatchStage(stage, batchSize, paddedShapes, paddingValues, dropRemainder));
  }

  /// Makes a dataset of each `size` elements that follow each other; the last may be smaller.
  ///
  /// A window of pairs is one dataset of pairs (TensorFlow makes a pair of datasets of it).
  public Dataset<Dataset<E>> window(int size) {
    return window(size, size, 1, false);
  }

  /// Makes datasets of `size` elements.
  ///
  /// @param shift how many elements further the next window begins
  /// @param stride distance between the elements of one window
  /// @param dropRemainder whether windows that are not full are left out
  public Dataset<Dataset<E>> window(int size, int shift, int stride, boolean dropRemainder) {
    return then(new BatchStages.Window(stage, size, shift, stride, dropRemainder));
  }

  // ---- Which elements, and how often.

  /// Puts each element beside one of another dataset, until the shorter one ends.
  public <B> Dataset<Pair<E, B>> zip(Dataset<B> other) {
    return then(zip(this, other).stage);
  }

  /// Puts another dataset after this one.
  public Dataset<E> concatenate(Dataset<? extends E> next) {
    return then(new FlowStages.Concatenate(stage, next.stage));
  }

  /// Brings the elements in random order; each iteration in another one.
  ///
  /// Elements are drawn from a buffer that is kept full, so element `i` never comes before position
  /// `i - bufferSize + 1`: a buffer as large as the dataset makes all orders equally likely.
  public Dataset<E> shuffle(long bufferSize) {
    return shuffle(bufferSize, null, true);
  }

  /// Does the same in an order that follows from the seed; it is TensorFlow's for that seed.
  public Dataset<E> shuffle(long bufferSize, long seed) {
    return shuffle(bufferSize, seed, true);
  }

  /// Brings the elements in random order.
  ///
  /// @param seed null leaves the order to the global seed, or to chance
  /// @param reshuffleEachIteration whether each iteration has an order of its own
  public Dataset<E> shuffle(long bufferSize, @Nullable Long seed, boolean reshuffleEachIteration) {
    return then(new ShuffleStage(stage, bufferSize, seed, reshuffleEachIteration));
  }

  /// Repeats the dataset for ever.
  public Dataset<E> repeat() {
    return repeat(-1);
  }

  /// Repeats the dataset `count` times; -1 for ever.
  public Dataset<E> repeat(long count) {
    return then(new FlowStages.Repeat(stage, count));
  }

  /// Keeps the elements number `index`, `index + numShards`, `index + 2 numShards`, …
  ///
  /// Fails: `ValueError` when the index is not from 0 to `numShards - 1`.
  public Dataset<E> shard(long numShards, long index) {
    return then(new FlowStages.Shard(stage, numShards, index));
  }

  /// Keeps the first elements; after [#batch], the first batches.
  public Dataset<E> take(long count) {
    return then(new FlowStages.Take(stage, count));
  }

  /// Leaves the first elements out.
  public Dataset<E> skip(long count) {
    return then(new FlowStages.Skip(stage, count));
  }

  /// Keeps in memory what the first full iteration gives; later ones read that.
  ///
  /// An iteration that is given up early keeps nothing.
  public Dataset<E> cache() {
    return then(new FlowStages.Cache(stage));
  }

  /// Makes elements ahead of the reader, on a thread of its own.
  ///
  /// @param bufferSize how many at most; [#AUTOTUNE] begins with 2 and takes more when the reader
  ///   has to wait
  public Dataset<E> prefetch(int bufferSize) {
    return then(new FlowStages.Prefetch(stage, bufferSize));
  }

  /// Leaves out the elements for which user code fails.
  ///
  /// A generator that fails again and again is asked again and again.
  public Dataset<E> ignoreErrors() {
    return then(new FlowStages.IgnoreErrors(stage));
  }

  /// Returns what `transformation` makes of this dataset.
  public <R> Dataset<R> apply(Function<? super Dataset<E>, Dataset<R>> transformation) {
    return transformation.apply(this);
  }

  /// Returns the wishes that hold for iterations.
  public DatasetOptions options() {
    return options;
  }

  public Dataset<E> withOptions(DatasetOptions options) {
    return new Dataset<>(stage, options);
  }

  // ---- Looking at it.

  /// Returns how the elements are built: structure, types, shapes.
  ///
  /// Where host code makes the elements and nobody has described them, the first one is made to
  /// see.
  public ElementSpec elementSpec() {
    return ElementSpec.of(stage.structure());
  }

  /// Returns the number of elements, [#INFINITE_CARDINALITY] or [#UNKNOWN_CARDINALITY].
  public long cardinality() {
    return stage.cardinality();
  }

  /// Returns the only element.
  ///
  /// Fails: `ValueError` when there is none, or more than one.
  public E getSingleElement() {
    Iterator<E> i = iterator();
    E first = i.hasNext() ? i.next() : null;
    if (first == null || i.hasNext()) {
      throw Message.what(
              "getSingleElement: the dataset has "
                  + (first == null ? "no element" : "more than one element"))
          .expected("exactly one element")
          .fix(first == null ? "look at what filter left over" : "use take(1), or iterate")
          .valueError();
    }
    return first;
  }

  @Override
  public Iterator<E> iterator() {
    return new ElementIterator<>(stage, new Run(counts, options.deterministic()));
  }

  /// Returns all elements.
  public List<E> toList() {
    List<E> all = new ArrayList<>();
    for (E e : this) {
      all.add(e);
    }
    return all;
  }

  /// Looks at the elements as host values: arrays and numbers instead of tensors, records as maps.
  public Iterable<Object> asNumpyIterator() {
    return () -> {
      Iterator<E> all = iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public Object next() {
          return ElementSpec.host(all.next());
        }
      };
    };
  }

  /// Tells what the iterations of this dataset did so far in each stage, as a text: elements,
  /// seconds in the stage itself, elements a second.
  ///
  /// Time in a stage that reads ahead is the time that its reader waited.
  public String explain() {
    return Explanation.text(stage, counts);
  }

  /// Returns TensorFlow's form: `<Dataset element_spec=…>`.
  @Override
  public String toString() {
    Structure s = stage.known();
    return "<" + stage.title() + " element_spec=" + (s == null ? "not known yet" : s) + ">";
  }
}
