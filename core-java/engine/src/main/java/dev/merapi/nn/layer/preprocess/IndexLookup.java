package dev.merapi.nn.layer.preprocess;

import dev.merapi.memory.LookupTable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.op.Context;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lookups of texts and of whole numbers have in common: a vocabulary, given or learnt, and a
/// table made of it that calls and graphs look into.
///
/// Positions: the mask token (where output is `int`) is 0, then come the places of what is not in
/// the vocabulary, then its terms.
abstract class IndexLookup extends Layer {
  private static final OpRef FIND = OpRef.to("LookupTableFindV2");
  private static final OpRef EQUAL = OpRef.to("Equal");

  /// Numbers of this size belong to no category: encodings drop them.
  private static final long DROPPED = Long.MAX_VALUE;

  private final boolean isText;

  final Setting<Boolean> invert = setting("invert", Kinds.FLAG, false);
  final Setting<@Nullable Integer> maxTokens =
      setting(
          "max_tokens", Kinds.integers("a whole number of 2 or more", n -> n > 1).orNone(), null);
  final Setting<Integer> numOovIndices = setting("num_oov_indices", Kinds.NOT_NEGATIVE, 1);
  final Setting<@Nullable Object> oovToken;
  final Setting<@Nullable Object> maskToken;
  final Setting<String> outputMode =
      setting(
          "output_mode",
          Encoding.modes(
              Encoding.INT, Encoding.ONE_HOT, Encoding.MULTI_HOT, Encoding.COUNT, Encoding.TF_IDF),
          Encoding.INT);
  final Setting<Boolean> padToMaxTokens;
  final Setting<@Nullable Tensor> idfWeights;
  final Setting<@Nullable Vocabulary> vocabulary;
  private final Setting<@Nullable Integer> vocabularySize;
  private final Setting<String> oovMethod;
  private final Setting<int @Nullable []> salt;

  /// The terms without special ones; null before there are any.
  private @Nullable List<Object> terms;

  private @Nullable LookupTable table;
  private @Nullable Tensor idf;
  private TokenCounts counts = new TokenCounts();

  IndexLookup(boolean isText, @Nullable Object oovToken) {
    this.isText = isText;
    Kind<Object> token =
        Kinds.simple(
            isText ? "a text" : "a whole number",
            g -> {
              try {
                return Vocabulary.term(g, isText);
              } catch (Kind.Misfit e) {
                return null;
              }
            });
    this.oovToken = setting("oov_token", token.orNone(), oovToken);
    maskToken = setting("mask_token", token.orNone(), null);
    setting("sparse", Vocabulary.NOT_SPARSE, false);
    padToMaxTokens = setting("pad_to_max_tokens", Kinds.FLAG, false);
    if (!isText) {
      setting("vocabulary_dtype", Kinds.oneOf("int64"), "int64");
    }
    idfWeights = setting("idf_weights", Arrays64.KIND.orNone(), null);
    vocabulary = setting("vocabulary", Vocabulary.kind(isText).orNone(), null);
    vocabularySize = setting("vocabulary_size", Kinds.INT.orNone(), null);
    oovMethod = setting("oov_method", Kinds.oneOf("floormod", "farmhash"), "floormod");
    salt = setting("salt", Hashing.SALT, null);
    if (isText) {
      setting("encoding", Kinds.oneOf("utf-8"), "utf-8");
    }
  }

  @Override
  public DType inputType() {
    return invert.get() || !isText ? DType.I64 : DType.STRING;
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  final DType keyType() {
    return isText ? DType.STRING : DType.I64;
  }

  private boolean isInt() {
    return outputMode.get().equals(Encoding.INT);
  }

  private int oovStart() {
    return maskToken.get() != null && isInt() ? 1 : 0;
  }

  private int tokenStart() {
    return oovStart() + numOovIndices.get();
  }

  /// Makes the table of the vocabulary that the arguments hold, once.
  private void ready() {
    Vocabulary given = vocabulary.get();
    if (given != null && terms == null) {
      checkArguments();
      take(given.terms(), idfWeights.get());
    }
  }

  private void checkArguments() {
    if (padToMaxTokens.get() && maxTokens.get() == null) {
      throw Message.what("If pad_to_max_tokens is True, must set `max_tokens`")
          .given("max_tokens null")
          .expected("how wide the output shall be")
          .valueError();
    }
    if (invert.get() && !isInt()) {
      throw Message.what("`output_mode` must be `'int'` when `invert` is true")
          .given("output_mode '" + outputMode.get() + "'")
          .expected("output_mode 'int'")
          .valueError();
    }
    if (idfWeights.get() != null && !outputMode.get().equals(Encoding.TF_IDF)) {
      throw Message.what("`idf_weights` should only be set if `output_mode` is `'tf_idf'`")
          .given("output_mode '" + outputMode.get() + "'")
          .expected("output_mode 'tf_idf', or no weights")
          .valueError();
    }
    if (salt.get() != null && !isText && !oovMethod.get().equals("farmhash")) {
      throw Message.what("`salt` can only be used when `oov_method='farmhash'`")
          .given("oov_method '" + oovMethod.get() + "'")
          .expected("oov_method 'farmhash', or no salt")
          .valueError();
    }
  }

  final void set(Object given, @Nullable Object idfGiven) {
    checkArguments();
    Vocabulary v = Vocabulary.kind(isText).read(given);
    take(v.terms(), idfGiven == null ? null : Arrays64.KIND.read(idfGiven));
  }

  private void take(List<Object> given, @Nullable Tensor weights) {
    if (outputMode.get().equals(Encoding.TF_IDF) && weights == null) {
      throw Message.what("`idf_weights` must be set if output_mode is 'tf_idf'")
          .expected("a weight for each term of the vocabulary")
          .valueError();
    }
    if (given.isEmpty()) {
      throw Message.what("Cannot set an empty vocabulary")
          .given("vocabulary []")
          .expected("at least one term")
          .valueError();
    }
    List<@Nullable Object> special = special();
    boolean isWhole =
        given.size() >= special.size() && special.equals(given.subList(0, special.size()));
    List<Object> tokens =
        List.copyOf(isWhole ? given.subList(special.size(), given.size()) : given);
    check(tokens, given, special);
    if (weights != null && weights.size() != given.size()) {
      throw Message.what("`idf_weights` must be the same length as vocabulary")
          .given(weights.size() + " weights, " + given.size() + " terms")
          .expected("a weight for each term")
          .valueError();
    }
    settle(tokens);
    if (weights != null) {
      idf = padded(weights.toDoubleArray(), isWhole ? 0 : special.size());
    }
  }

  private List<@Nullable Object> special() {
    List<@Nullable Object> special = new ArrayList<>();
    if (oovStart() == 1) {
      special.add(maskToken.get());
    }
    special.addAll(Collections.nCopies(numOovIndices.get(), oovToken.get()));
    return special;
  }

  private void check(List<Object> tokens, List<Object> given, List<@Nullable Object> special) {
    Set<Object> seen = new LinkedHashSet<>();
    Set<Object> twice = new LinkedHashSet<>();
    for (Object t : tokens) {
      if (!seen.add(t)) {
        twice.add(t);
      }
    }
    if (!twice.isEmpty()) {
      throw Message.what(
              "The passed vocabulary has at least one repeated term. Please uniquify your dataset."
                  + " The repeated terms are: "
                  + twice)
          .given(given.size() + " terms")
          .expected("each term once")
          .valueError();
    }
    Object mask = maskToken.get();
    Object oov = oovToken.get();
    boolean masked = mask != null && seen.contains(mask);
    if (masked || oov != null && invert.get() && seen.contains(oov)) {
      Object token = masked ? mask : oov;
      throw Message.what(
              "Found reserved "
                  + (masked ? "mask" : "OOV")
                  + " token at unexpected location in `vocabulary`")
          .given("'" + token + "' at index " + given.lastIndexOf(token))
          .expected("special tokens not at all, or first and in this order: " + special)
          .valueError();
    }
    Integer most = maxTokens.get();
    if (most != null && tokenStart() + tokens.size() > most) {
      throw Message.what("Attempted to set a vocabulary larger than the maximum vocab size")
          .given((tokenStart() + tokens.size()) + " terms with special ones")
          .expected("at most max_tokens = " + most)
          .valueError();
    }
  }

  /// Returns weights with the mean of them before, for special tokens, and zeros behind.
  private Tensor padded(double[] weights, int before) {
    float[] all = new float[before + weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      all[before + i] = (float) weights[i];
      sum += all[before + i];
    }
    for (int i = 0; i < before; i++) {
      all[i] = (float) (sum / weights.length);
    }
    Integer most = maxTokens.get();
    if (padToMaxTokens.get() && most != null) {
      all = Arrays.copyOf(all, most);
    }
    return Values.floats(all, all.length);
  }

  /// Makes a vocabulary that is in order the layer's own.
  private void settle(List<Object> tokens) {
    int size = tokenStart() + tokens.size();
    Integer before = vocabularySize.get();
    // A configuration of a layer that had not learnt yet only counts the special tokens.
    boolean had = before != null && before > tokenStart();
    if (!isInt() && !padToMaxTokens.get() && had && before != size) {
      throw Message.what(
              "When using `output_mode="
                  + outputMode.get()
                  + "` and `pad_to_max_tokens=False`, the vocabulary size cannot be changed after"
                  + " the layer is called")
          .given("old size " + before + ", new size " + size)
          .expected("a vocabulary of the same size")
          .fix("set pad_to_max_tokens, or make a new layer")
          .valueError();
    }
    terms = tokens;
    vocabularySize.set(size);
    fill(table(), tokens);
  }

  private void fill(LookupTable t, List<Object> tokens) {
    List<Object> words = new ArrayList<>(tokens);
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      numbers.add((long) tokenStart() + i);
    }
    Object mask = maskToken.get();
    if (mask != null) {
      words.add(mask);
      numbers.add(isInt() ? 0 : DROPPED);
    }
    Tensor w = Vocabulary.tensor(words, isText);
    Tensor n = Whole.vector(numbers);
    t.fill(invert.get() ? n : w, invert.get() ? w : n);
  }

  private LookupTable table() {
    LookupTable t = table;
    if (t == null) {
      DType word = keyType();
      boolean back = invert.get();
      t = new LookupTable(name(), back ? DType.I64 : word, back ? word : DType.I64);
      table = t;
    }
    return t;
  }

  final void learn(Learning data) {
    resetState();
    for (Tensor batch : data.batches()) {
      count(Learning.documents(batch, data.isWhole()));
    }
    finalizeState();
  }

  /// Counts tokens of further documents; [#finalizeState] makes a vocabulary of all.
  final void count(List<? extends List<?>> documents) {
    if (vocabulary.get() != null) {
      throw Message.what(
              "Cannot adapt layer '"
                  + name()
                  + "' after setting a static vocabulary via `vocabulary` argument or"
                  + " `set_vocabulary()` method")
          .expected("a layer without a vocabulary")
          .fix("leave the argument `vocabulary` out")
          .valueError();
    }
    documents.forEach(counts::add);
  }

  /// Forgets what was counted.
  public final void resetState() {
    counts = new TokenCounts();
  }

  /// Makes the most frequent tokens that were counted the vocabulary.
  public final void finalizeState() {
    if (vocabulary.get() != null || counts.isEmpty()) {
      return;
    }
    checkArguments();
    counts.remove(maskToken.get());
    counts.remove(oovToken.get());
    Integer most = maxTokens.get();
    List<Object> tokens =
        counts.byFrequency(most == null ? Integer.MAX_VALUE : most - tokenStart());
    settle(tokens);
    if (outputMode.get().equals(Encoding.TF_IDF)) {
      idf =
          padded(
              tokens.stream().mapToDouble(counts::inverseDocumentFrequency).toArray(),
              tokenStart());
    }
    resetState();
  }

  final List<Object> tokens(boolean includeSpecialTokens) {
    ready();
    List<Object> all = new ArrayList<>();
    if (includeSpecialTokens) {
      for (Object o : special()) {
        all.add(o != null ? o : isText ? "" : (Object) (-1L));
      }
    }
    all.addAll(terms == null ? List.of() : terms);
    return all;
  }

  /// Returns how many places the vocabulary has, special ones included.
  public final int vocabularySize() {
    ready();
    return tokenStart() + (terms == null ? 0 : terms.size());
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    ready();
    return super.getConfig();
  }

  @Override
  protected void build(Shape input) {
    checkArguments();
    ready();
  }

  /// Says that there is no vocabulary, where it is needed already now: encodings must know its size
  /// even in a graph.
  private void needVocabulary() {
    if (terms != null) {
      return;
    }
    boolean wide = !isInt() && !(padToMaxTokens.get() && !outputMode.get().equals(Encoding.TF_IDF));
    if (wide || Context.get().isEager()) {
      throw Message.what(
              "When using `output_mode="
                  + outputMode.get()
                  + "`, you must set the layer's vocabulary before calling it. Either pass a"
                  + " `vocabulary` argument to the layer, or call `adapt` with some sample data")
          .given("layer '" + name() + "' without a vocabulary")
          .expected("a vocabulary")
          .fix("call adapt(data) first, or give the vocabulary")
          .valueError();
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return encoded(found(x));
  }

  /// Encodes positions as the output mode says.
  final Tensor encoded(Tensor ids) {
    if (isInt()) {
      return ids;
    }
    boolean weighted = outputMode.get().equals(Encoding.TF_IDF);
    Integer most = maxTokens.get();
    int depth = padToMaxTokens.get() && most != null ? most : vocabularySize();
    Tensor y =
        Encoding.of(
            name(), ids, weighted ? Encoding.COUNT : outputMode.get(), depth, DType.I64, null);
    Tensor weights = idf;
    return weighted && weights != null
        ? Ops.mul(Ops.cast(y, computeDtype()), Ops.cast(weights, computeDtype()))
        : y;
  }

  /// A position that every encoding drops.
  static Tensor dropped() {
    return Whole.scalar(DROPPED);
  }

  /// Looks up: positions for terms, or terms for positions.
  final Tensor found(Tensor x) {
    ready();
    needVocabulary();
    Tensor keys = keys(x);
    int places = numOovIndices.get();
    Tensor otherwise =
        invert.get() ? scalar(oovToken.get()) : Whole.scalar(places == 1 ? oovStart() : -1);
    Tensor ids = FIND.of(table().handle(), keys, otherwise);
    if (invert.get() || places == 1) {
      return ids;
    }
    Tensor missing = EQUAL.of(ids, Whole.scalar(-1));
    if (places == 0) {
      Unknown.refuse(keys, missing);
      return ids;
    }
    return Ops.where(missing, Ops.add(outside(keys, places), Whole.scalar(oovStart())), ids);
  }

  private Tensor scalar(@Nullable Object token) {
    Object t = token != null ? token : isText ? "" : (Object) (-1L);
    return OpRef.to("Reshape").of(Vocabulary.tensor(List.of(t), isText), Values.ints());
  }

  private Tensor keys(Tensor x) {
    DType want = inputType();
    if (x.dtype() == want) {
      return x;
    }
    if (want == DType.STRING || x.dtype() == DType.STRING) {
      throw Message.what(getClass().getSimpleName() + " looks up " + want)
          .given("input " + x.spec())
          .expected(want + (invert.get() ? ": positions" : ""))
          .fix(
              want == DType.STRING
                  ? "use IntegerLookup for whole numbers, or tf.strings.asString(x)"
                  : "use StringLookup for texts")
          .typeError();
    }
    return Ops.cast(x, want);
  }

  /// Where among their places terms fall that are not in the vocabulary.
  private Tensor outside(Tensor keys, int places) {
    boolean spread = isText || oovMethod.get().equals("farmhash");
    return spread
        ? Hashing.hashed(keys, places, salt.get())
        : OpRef.to("FloorMod").of(keys, Whole.scalar(places));
  }
}
