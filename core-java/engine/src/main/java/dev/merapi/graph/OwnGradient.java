package dev.merapi.graph;

import dev.merapi.op.OpDef;
import dev.merapi.op.Recorder;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a gradient of the user's own into a graph, so that it holds wherever the graph goes.
public final class OwnGradient {
  private OwnGradient() {}

  /// Returns tensors equal to `out` whose gradients go to `in` by way of `gradient`, which is
  /// traced now.
  public static Tensor[] write(
      Tracer tracer, Tensor[] in, Tensor[] out, Recorder.CustomGradient gradient) {
    int[] sources = new int[in.length];
    Arrays.fill(sources, -1);
    Graph backward;
    try (Tracer b = Tracer.open("own_gradient")) {
      @Nullable Tensor[] dy = new Tensor[out.length];
      for (int i = 0; i < dy.length; i++) {
        dy[i] = b.input("dy" + i, out[i].spec());
      }
      @Nullable Tensor[] dx = gradient.apply(dy);
      List<Tensor> found = new ArrayList<>();
      for (int i = 0; i < Math.min(dx.length, in.length); i++) {
        Tensor g = dx[i];
        if (g != null) {
          sources[i] = found.size();
          found.add(g);
        }
      }
      backward = b.finish(found);
    }
    List<Tensor> args = new ArrayList<>(List.of(out));
    args.addAll(List.of(in));
    for (Graph.Capture c : backward.captures()) {
      args.add(c.outer());
    }
    OpDef op = Registry.find("_WithGradient");
    Tensor[] given = args.toArray(Tensor[]::new);
    DType[] types = args.stream().map(Tensor::dtype).toArray(DType[]::new);
    return tracer.run(
        op,
        op.attrs("backward", backward, "outputs", out.length, "sources", sources, "Targs", types),
        given);
  }
}
