package dev.merapi.programs;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.nn.layer.recurrent.Cell;
import dev.merapi.nn.layer.recurrent.GRUCell;
import dev.merapi.nn.layer.recurrent.LSTMCell;
import dev.merapi.nn.layer.recurrent.RNN;
import dev.merapi.nn.layer.recurrent.SimpleRNNCell;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prints a digest of what recurrent layers compute, forward and back, for each kind of cell.
public final class SequenceDigest {
  private SequenceDigest() {}

  public static void main(String[] args) {
    tf.config.setThreads(Integer.parseInt(args[0]));
    int calls = Integer.parseInt(args[1]);
    Map<String, Cell> cells = new LinkedHashMap<>();
    cells.put("lstm", new LSTMCell(80));
    cells.put("gru", new GRUCell(80));
    cells.put("gru_before", new GRUCell(80).resetAfter(false));
    cells.put("simple", new SimpleRNNCell(300));
    cells.forEach((name, cell) -> System.out.println(name + " " + digest(cell, calls)));
  }

  private static Tensor draw(int seed, int... shape) {
    return tf.random.statelessNormal(shape, tf.constant(new int[] {seed, 7}), 0.0, 0.5, DType.F32);
  }

  /// Returns the digest of the last of some calls, which must not differ from the first: faster
  /// loops take over between them.
  private static String digest(Cell cell, int calls) {
    RNN layer = new RNN(cell).returnSequences(true);
    Tensor x = draw(1, 31, 12, 19);
    layer.apply(x);
    List<Tensor> weights = new ArrayList<>();
    layer.weights().forEach(v -> weights.add(draw(weights.size() + 2, v.shape().dims())));
    layer.setWeights(weights);
    Tensor w = draw(9, 31, 12, cell.outputSize());
    String first = "";
    String last = "";
    for (int i = 0; i < calls; i++) {
      last = once(layer, x, w);
      first = i == 0 ? last : first;
    }
    return first.equals(last) ? first : "not that of the first call";
  }

  private static String once(RNN layer, Tensor x, Tensor w) {
    try (GradientTape tape = new GradientTape()) {
      tape.watch(x);
      Tensor y = layer.apply(x);
      List<Object> sources = new ArrayList<>(layer.weights());
      sources.add(x);
      MessageDigest d = MessageDigest.getInstance("SHA-256");
      d.update(y.toByteArray());
      for (Tensor g : tape.gradient(tf.multiply(y, w), sources)) {
        d.update(g.toByteArray());
      }
      return HexFormat.of().formatHex(d.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
