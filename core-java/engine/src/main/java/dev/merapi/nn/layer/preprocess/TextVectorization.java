package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Turns texts into positions in a vocabulary of their words, or into counts of them.
///
/// ```java
/// var vectorize = new TextVectorization(10_000).outputSequenceLength(200);
/// vectorize.adapt(texts);
/// Tensor ids = vectorize.apply(texts); // (batch, 200)
/// ```
///
/// Shapes: `(batch,)` or `(batch, 1)` → `int`: `(batch, outputSequenceLength)`, or as wide as the
/// longest text; other modes `(batch, vocabulary size)`. Position 0 fills up, 1 is any word that is
/// not in the vocabulary.
public final class TextVectorization extends Layer implements LookupArguments<TextVectorization> {
  private static final String PUNCTUATION = "[!\"#$%&()\\*\\+,-\\./:;<=>?@\\[\\\\\\]^_`{|}~\\']";

  private static final OpRef LOWER = OpRef.to("StringLower");
  private static final OpRef REPLACE = OpRef.to("StaticRegexReplace");

  private final Setting<@Nullable Integer> maxTokens =
      setting(
          "max_tokens", Kinds.integers("a whole number of 2 or more", n -> n > 1).orNone(), null);
  private final Setting<@Nullable Object> standardize =
      setting(
          "standardize",
          step("lower_and_strip_punctuation", "lower", "strip_punctuation"),
          "lower_and_strip_punctuation");
  private final Setting<@Nullable Object> split =
      setting("split", step("whitespace", "character"), "whitespace");
  private final Setting<@Nullable Object> ngrams = setting("ngrams", NGRAMS, null);
  private final Setting<String> outputMode =
      setting(
          "output_mode",
          Encoding.modes(
              Encoding.INT, Encoding.ONE_HOT, Encoding.MULTI_HOT, Encoding.COUNT, Encoding.TF_IDF),
          Encoding.INT);
  private final Setting<@Nullable Integer> outputSequenceLength =
      setting("output_sequence_length", Kinds.POSITIVE.orNone(), null);
  private final Setting<Boolean> padToMaxTokens = setting("pad_to_max_tokens", Kinds.FLAG, false);
  private final Setting<Boolean> sparse = setting("sparse", Vocabulary.NOT_SPARSE, false);
  private final Setting<Boolean> ragged = setting("ragged", Vocabulary.NOT_SPARSE, false);
  private final Setting<@Nullable Vocabulary> vocabulary =
      setting("vocabulary", Vocabulary.kind(true).orNone(), null);
  private final Setting<@Nullable Tensor> idfWeights =
      setting("idf_weights", Arrays64.KIND.orNone(), null);
  private final Setting<String> encoding = setting("encoding", Kinds.oneOf("utf-8"), "utf-8");
  private final Setting<@Nullable Integer> vocabularySize =
      setting("vocabulary_size", Kinds.INT.orNone(), null);

  private @Nullable StringLookup lookup;

  public TextVectorization() {
    super();
  }

  /// @param maxTokens size of the vocabulary at most
  public TextVectorization(int maxTokens) {
    this();
    this.maxTokens.set(maxTokens);
  }

  /// Widths of runs of words; one number stands for all widths up to it.
  private static final Kind<@Nullable Object> NGRAMS =
      new Kind<>() {
        @Override
        public @Nullable Object read(@Nullable Object given) {
          return given == null || given instanceof int[] || given instanceof Integer
              ? given
              : given instanceof List<?> l ? Kinds.WHOLES.read(l) : Kinds.POSITIVE.read(given);
        }

        @Override
        public @Nullable Object write(@Nullable Object value) {
          return value instanceof int[] a
              ? Kinds.WHOLES.write(a)
              : value instanceof Integer i ? (Object) i.longValue() : value;
        }

        @Override
        public String expected() {
          return "a whole number, several, or null";
        }
      };

  /// One of several words, null, or a function of the program.
  private static Kind<@Nullable Object> step(String... words) {
    Kind<String> known = Kinds.oneOf(words);
    return new Kind<>() {
      @Override
      public @Nullable Object read(@Nullable Object given) {
        return given == null || given instanceof Function<?, ?> ? given : known.read(given);
      }

      @Override
      public @Nullable Object write(@Nullable Object value) {
        if (value instanceof Function<?, ?>) {
          throw Message.what(
                  "TextVectorization cannot be written as a configuration: it calls a function of"
                      + " the program")
              .given(value.getClass().getSimpleName())
              .expected("one of the steps that have a name")
              .fix("apply the function before the layer, or name the step: " + known.expected())
              .valueError();
        }
        return value;
      }

      @Override
      public String expected() {
        return known.expected() + ", a function of tensors, or null";
      }
    };
  }

  /// @param step `lower_and_strip_punctuation`, `lower`, `strip_punctuation`; null for none
  public TextVectorization standardize(@Nullable String step) {
    return with("standardize", step);
  }

  /// @param step a function of texts, in tensor operations
  public TextVectorization standardizeBy(Function<Tensor, Tensor> step) {
    return with("standardize", step);
  }

  /// @param step `whitespace`, `character`; null for texts that are words already
  public TextVectorization split(@Nullable String step) {
    return with("split", step);
  }

  /// @param step a function from a vector of texts to a matrix of words, with empty texts where
  ///   there are no more
  public TextVectorization splitBy(Function<Tensor, Tensor> step) {
    return with("split", step);
  }

  /// Counts runs of neighbouring words as words too, of one word up to `n`.
  public TextVectorization ngrams(int n) {
    return with("ngrams", n);
  }

  /// Takes runs of exactly these numbers of words.
  public TextVectorization ngrams(int[] widths) {
    return with("ngrams", widths.clone());
  }

  /// @param length steps of the output; shorter texts are filled up, longer ones cut
  public TextVectorization outputSequenceLength(int length) {
    return with("output_sequence_length", length);
  }

  @Override
  public DType inputType() {
    return DType.STRING;
  }

  private StringLookup lookup() {
    StringLookup l = lookup;
    if (l == null) {
      Integer steps = outputSequenceLength.get();
      if (steps != null && !outputMode.get().equals(Encoding.INT)) {
        throw Message.what("`output_sequence_length` must not be set if `output_mode` is not 'int'")
            .given("output_sequence_length " + steps + ", output_mode '" + outputMode.get() + "'")
            .expected("output_mode 'int', or no length")
            .valueError();
      }
      l =
          new StringLookup()
              .maskToken("")
              .outputMode(outputMode.get())
              .padToMaxTokens(padToMaxTokens.get())
              .with("max_tokens", maxTokens.get())
              .with("vocabulary", vocabulary.get())
              .with("idf_weights", idfWeights.get())
              .with("vocabulary_size", vocabularySize.get());
      lookup = l;
    }
    return l;
  }

  /// Learns the vocabulary: the most frequent words, most frequent first.
  ///
  /// @param data texts in a tensor, an array or a list; or a dataset, an iterable or a list of
  ///   batches
  public void adapt(Object data) {
    adapt(data, -1);
  }

  /// @param steps batches to look at, -1 for all
  public void adapt(Object data, int steps) {
    StringLookup l = lookup();
    Learning all = Learning.of(data, DType.STRING, steps);
    l.resetState();
    for (Tensor batch : all.batches()) {
      Tensor texts = batch.rank() == 1 && all.isWhole() ? Ops.expand(batch, 1) : batch;
      updateState(texts);
    }
    l.finalizeState();
  }

  /// Counts the words of one more batch of texts.
  public void updateState(Tensor texts) {
    Tensor t = texts.rank() == 0 ? Ops.expand(texts, 0) : texts;
    Object cut = cut(standardized(t));
    List<? extends List<?>> documents;
    if (cut instanceof Pieces p) {
      documents = p.rows();
    } else {
      Tensor words = (Tensor) cut;
      documents = Learning.documents(words, false);
    }
    lookup().count(documents);
  }

  /// Makes the most frequent words that were counted the vocabulary.
  public void finalizeState() {
    lookup().finalizeState();
  }

  /// Forgets what was counted.
  public void resetState() {
    lookup().resetState();
  }

  public void setVocabulary(Object vocabulary) {
    lookup().setVocabulary(vocabulary);
  }

  /// @param idfWeights one a term, for the output mode `tf_idf`
  public void setVocabulary(Object vocabulary, @Nullable Object idfWeights) {
    lookup().setVocabulary(vocabulary, idfWeights);
  }

  public List<String> getVocabulary() {
    return lookup().getVocabulary();
  }

  /// @param includeSpecialTokens whether the empty text and `[UNK]` come first
  public List<String> getVocabulary(boolean includeSpecialTokens) {
    return lookup().getVocabulary(includeSpecialTokens);
  }

  public int vocabularySize() {
    return lookup().vocabularySize();
  }

  /// The lookup inside is no layer of its own to anybody.
  @Override
  public List<Layer> sublayers() {
    return List.of();
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.put("vocabulary_size", (long) vocabularySize());
    return c;
  }

  @SuppressWarnings("unchecked")
  private Tensor standardized(Tensor texts) {
    if (texts.dtype() != DType.STRING) {
      throw Message.what("TextVectorization reads texts")
          .given("input " + texts.spec())
          .expected("string")
          .typeError();
    }
    Object how = standardize.get();
    if (how instanceof Function<?, ?> f) {
      return ((Function<Tensor, Tensor>) f).apply(texts);
    }
    String step = String.valueOf(how);
    Tensor t = step.startsWith("lower") ? LOWER.of(texts) : texts;
    return step.endsWith("strip_punctuation")
        ? REPLACE.with(REPLACE.attrs("pattern", PUNCTUATION, "rewrite", ""), t)
        : t;
  }

  /// Returns `Pieces`, or a tensor of words where nothing is cut.
  @SuppressWarnings("unchecked")
  private Object cut(Tensor texts) {
    Object how = split.get();
    if (how == null) {
      if (ngrams.get() != null) {
        throw Message.what("TextVectorization: ngrams need texts that are cut into words")
            .given("split null")
            .expected("split 'whitespace' or 'character'")
            .valueError();
      }
      return texts;
    }
    Tensor t = texts;
    if (t.rank() > 1) {
      if (t.rank() > 2 || t.shape().dim(-1) != 1) {
        throw Message.what(
                "When using `TextVectorization` to tokenize strings, the input rank must be 1 or"
                    + " the last shape dimension must be 1")
            .given("input " + t.spec())
            .expected("(batch,) or (batch, 1)")
            .fix("set split(null) where the texts are words already")
            .shapeError();
      }
      t = Ops.squeeze(t, -1);
    }
    if (how instanceof Function<?, ?> f) {
      return ((Function<Tensor, Tensor>) f).apply(t);
    }
    Pieces p = how.equals("character") ? Pieces.characters(t) : Pieces.words(t);
    return switch (ngrams.get()) {
      case null -> p;
      case int[] widths -> p.ngrams(widths);
      case Integer n -> p.ngrams(IntStream.rangeClosed(1, n).toArray());
      default -> throw new IllegalStateException("This is a bug in Merapi: widths of n-grams");
    };
  }

  @Override
  protected void build(Shape input) {
    lookup().buildFor(input);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    boolean one = x.rank() == 0;
    Tensor texts = standardized(one ? Ops.expand(x, 0) : x);
    Object cut = cut(texts);
    Tensor y = cut instanceof Pieces p ? looked(p) : looked((Tensor) cut);
    return one ? Ops.squeeze(y, 0) : y;
  }

  private Tensor looked(Pieces p) {
    StringLookup l = lookup();
    Pieces ids = p.with(l.found(p.values()));
    boolean isInt = outputMode.get().equals(Encoding.INT);
    return isInt ? fitted(ids.dense(Whole.scalar(0))) : l.encoded(ids.dense(IndexLookup.dropped()));
  }

  private Tensor looked(Tensor words) {
    StringLookup l = lookup();
    Tensor y = l.encoded(l.found(words));
    return outputMode.get().equals(Encoding.INT) ? fitted(y) : y;
  }

  /// Cuts and fills the last axis up to the length that was asked for.
  private Tensor fitted(Tensor ids) {
    Integer length = outputSequenceLength.get();
    if (length == null) {
      return ids;
    }
    int rank = ids.rank();
    int[] begin = new int[rank];
    int[] size = new int[rank];
    Arrays.fill(size, -1);
    size[rank - 1] = length;
    int[] none = new int[2 * rank];
    none[2 * rank - 1] = length;
    Tensor wide = OpRef.to("Pad").of(ids, Ops.table(none, 2));
    Tensor y = OpRef.to("Slice").of(wide, Values.ints(begin), Values.ints(size));
    int[] dims = ids.shape().dims();
    dims[rank - 1] = length;
    return Ops.ensure(y, dims);
  }
}
