package dev.merapi.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.merapi.say.TypeError;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Pipelines as a Java program writes them.
class DatasetJavaTest {
  record Example(Tensor image, Tensor label) {}

  record Nested(Pair<Tensor, Tensor> pair, Map<String, Tensor> more) {}

  @Test
  void pairsAreSpreadOverTheArgumentsOfALambda() {
    Dataset<Pair<Tensor, Tensor>> ds =
        tf.data.Dataset.fromTensorSlices(
                new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {7, 8, 9})
            .map(Pair.spread((x, y) -> Pair.of(tf.multiply(x, 2f), y)))
            .filter(Pair.spread((x, y) -> tf.greater(y, 7)))
            .batch(2)
            .prefetch(tf.data.AUTOTUNE);
    for (Pair<Tensor, Tensor> batch : ds) {
      assertArrayEquals(new float[] {6, 8, 10, 12}, batch.first().toFloatArray());
      assertArrayEquals(new int[] {8, 9}, batch.second().toIntArray());
    }
  }

  @Test
  void triplesAreSpreadToo() {
    Dataset<Tensor> ds =
        Dataset.fromTensorSlices(new int[] {1, 2}, new int[] {3, 4}, new int[] {5, 6})
            .map(Triple.spread((x, y, w) -> tf.add(tf.add(x, y), w)));
    assertEquals(List.of(9, 12), ds.toList().stream().map(Tensor::intValue).toList());
  }

  @Test
  void recordsStayRecords() {
    Dataset<Example> ds =
        Dataset.fromTensorSlices(new Example(tf.zeros(new int[] {6, 4}), tf.range(6)))
            .map(e -> new Example(tf.add(e.image(), tf.cast(e.label(), DType.F32)), e.label()))
            .batch(4);
    assertEquals(
        "Example(TensorSpec(shape=(None, 4), dtype=tf.float32, name=None),"
            + " TensorSpec(shape=(None,), dtype=tf.int32, name=None))",
        ds.elementSpec().toString());
    assertEquals(List.of(".image", ".label"), ds.elementSpec().paths());
    List<Integer> sizes = new ArrayList<>();
    for (Example e : ds) {
      sizes.add(e.label().shape().dim(0));
      assertEquals(e.label().getFloat(1), e.image().getFloat(1, 3));
    }
    assertEquals(List.of(4, 2), sizes);
  }

  @Test
  void structuresNestToAnyDepth() {
    Dataset<Nested> ds =
        Dataset.fromTensorSlices(
                new Nested(
                    Pair.of(tf.range(4), tf.constant(new float[] {1, 2, 3, 4})),
                    Map.of("text", tf.constant(new String[] {"a", "b", "c", "d"}))))
            .shuffle(4, 3)
            .map(n -> new Nested(Pair.of(n.pair().first(), tf.square(n.pair().second())), n.more()))
            .batch(2)
            .unbatch();
    int seen = 0;
    for (Nested n : ds) {
      int i = n.pair().first().intValue();
      assertEquals((i + 1f) * (i + 1), n.pair().second().floatValue());
      assertEquals("abcd".substring(i, i + 1), n.more().get("text").getString());
      seen++;
    }
    assertEquals(4, seen);
  }

  @Test
  void zippedListsAreLists() {
    Dataset<List<Tensor>> ds = Dataset.zip(List.of(Dataset.range(3), Dataset.range(5, 9)));
    assertEquals(
        List.of(5L, 7L, 9L),
        ds.map(l -> tf.add(l.get(0), l.get(1))).toList().stream().map(Tensor::longValue).toList());
  }

  @Test
  void foldsCountAndAdd() {
    Dataset<Pair<Tensor, Tensor>> ds =
        Dataset.fromTensorSlices(new float[] {1, 2, 3}, new float[] {4, 5, 6});
    Pair<Tensor, Tensor> sums =
        ds.reduce(
            Pair.of(tf.constant(0), tf.constant(0f)),
            (s, p) ->
                Pair.of(
                    tf.add(s.first(), 1), tf.add(s.second(), tf.multiply(p.first(), p.second()))));
    assertEquals(3, sums.first().intValue());
    assertEquals(32f, sums.second().floatValue());
    assertEquals(7, Dataset.range(0).reduce(7, (s, x) -> tf.add(s, 1)).intValue());
    assertEquals(3f, Dataset.range(3).reduce(0f, (s, x) -> tf.add(s, 1f)).floatValue());
  }

  @Test
  void generatorsMayGiveTensorsWithoutADescription() {
    Dataset<Example> ds =
        Dataset.fromGenerator(
            List.of(
                new Example(tf.zeros(new int[] {2}), tf.constant(1)),
                new Example(tf.zeros(new int[] {3}), tf.constant(2))));
    assertEquals(2, ds.toList().size());
    assertEquals(List.of(Spec.of(DType.F32, -1), Spec.of(DType.I32)), ds.elementSpec().specs());
  }

  @Test
  void whatIsNoTensorIsRefusedWhereItIsWritten() {
    TypeError e = assertThrows(TypeError.class, () -> Dataset.range(3).map(x -> Pair.of(x, 5)));
    assertEquals(
        "map: an element would hold something that is no tensor, at .second", e.parts().what());
  }

  @Test
  void transformationsMayBeNamed() {
    java.util.function.Function<Dataset<Tensor>, Dataset<Tensor>> evens =
        ds -> ds.filter(x -> tf.equal(tf.floormod(x, 2L), 0L));
    assertEquals(5, Dataset.range(10).apply(evens).toList().size());
  }
}
