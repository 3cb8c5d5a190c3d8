package dev.merapi.graph;

import dev.merapi.op.Grad;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The gradient of a loop: a loop over the same iterations backwards.
///
/// The forward loop counts its iterations and puts what the gradient needs of each on lists; the
/// backward loop takes it off again. What is the same in all iterations is not put on lists.
final class LoopGradient {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef ADD_LISTS = OpRef.to("TensorListAdd");
  private static final OpRef EMPTY = OpRef.to("EmptyTensorList");
  private static final OpRef PUSH = OpRef.to("TensorListPushBack");
  private static final OpRef POP = OpRef.to("TensorListPopBack");

  /// @param body the body with its gradient
  /// @param counter the number of the output that counts the iterations; the lists follow it
  /// @param onLists for each list, the saved value that is on it
  private record Loop(int outputs, Differentiable body, int counter, int[] onLists)
      implements ControlGradients.Extended {}

  private final Grad g;
  private final Node node;
  private final Graph body;
  private final Loop loop;
  private final Tensor[] in;

  private LoopGradient(Grad g, Node node) {
    this.g = g;
    this.node = node;
    Loop done = ControlGradients.done(Loop.class, g, node);
    this.loop = done == null ? extended(node) : done;
    this.body = loop.body.forward();
    this.in = ControlGradients.inputs(g, node, "input", 0);
  }

  static void of(Grad g, Node node) {
    new LoopGradient(g, node).write();
  }

  /// Tells whether a loop variable is the same in all iterations.
  static boolean isSame(Graph body, int i) {
    return body.outputs().get(i) == body.inputs().get(i);
  }

  /// Makes the node count its iterations and give what their gradients need.
  private static Loop extended(Node node) {
    Graph cond = ControlGradients.graph(node.attrs().body("cond"));
    Graph body = ControlGradients.graph(node.attrs().body("body"));
    int n = node.outputs().length;
    Differentiable d = Differentiable.ofLoop(body);
    Graph f = d.forward();
    int[] onLists =
        Arrays.stream(d.saved())
            .filter(s -> Differentiable.input(s) < 0 || !isSame(f, Differentiable.input(s)))
            .distinct()
            .toArray();
    for (int i = 0; i < n; i++) {
      boolean handle = body.inputs().get(i).dtype() == DType.RESOURCE;
      if (handle && !isSame(body, i) && d.sources()[i] >= 0) {
        throw changingHandle(node, body.inputs().get(i));
      }
    }
    List<Tensor> like = new ArrayList<>();
    List<Tensor> first = new ArrayList<>();
    Insert at = new Insert(node);
    first.add(at.constant(Values.scalar(0)));
    for (int s : onLists) {
      Tensor each = saved(f, s);
      if (each.dtype() == DType.RESOURCE) {
        throw changingHandle(node, each);
      }
      first.add(at.list(each.spec()));
    }
    Graph newCond;
    try (Tracer t = Tracer.openAlone(cond.name())) {
      Tensor[] given = BranchGradient.inputsLike(t, cond);
      more(t, first);
      newCond = t.finish(List.of(cond.replay(given)));
    }
    Graph newBody;
    try (Tracer t = Tracer.openAlone(body.name())) {
      Tensor[] given = BranchGradient.inputsLike(t, f);
      Tensor[] extra = more(t, first);
      Tensor[] out = f.replay(given);
      List<Tensor> results = new ArrayList<>(Arrays.asList(out).subList(0, n));
      results.add(ADD.of(extra[0], Values.scalar(1)));
      for (int k = 0; k < onLists.length; k++) {
        int s = onLists[k];
        results.add(PUSH.of(extra[k + 1], s < 0 ? given[~s] : out[s]));
      }
      newBody = t.finish(results);
    }
    for (Tensor t : newBody.outputs().subList(n, newBody.outputs().size())) {
      like.add(t);
    }
    ControlGradients.extend(
        node,
        node.op()
            .attrs(
                "T",
                Control.types(newBody.outputs()),
                "cond",
                newCond,
                "body",
                newBody,
                "parallel_iterations",
                node.attrs().l("parallel_iterations")),
        first,
        like);
    Loop l = new Loop(n, d, n, onLists);
    ControlGradients.remember(node, l);
    return l;
  }

  private static RuntimeException changingHandle(Node node, Tensor handle) {
    return Message.what(
            "the gradient of a loop in which a variable takes another one's place is not known")
        .given(node.name() + " · " + handle.storage().symbol() + " " + handle.spec())
        .expected("loop variables that are tensors, and variables that stay")
        .fix("carry the variables' values, not the variables")
        .gradientError();
  }

  private static Tensor saved(Graph forward, int s) {
    return s < 0 ? forward.inputs().get(~s) : forward.outputs().get(s);
  }

  private static Tensor[] more(Tracer t, List<Tensor> like) {
    Tensor[] all = new Tensor[like.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = t.input(i == 0 ? "iterations" : "saved", like.get(i));
    }
    return all;
  }

  /// Writes nodes before another one.
  private static final class Insert {
    private final Node before;
    private final Builder builder;
    private final Tensor any;
    private final Tensor none;

    Insert(Node before) {
      this.before = before;
      this.builder = Builder.ahead(before);
      this.any = constant(Values.scalar(-1));
      this.none = constant(Values.scalar(-1));
    }

    Tensor constant(Tensor t) {
      return builder.constant(t);
    }

    Tensor list(Spec each) {
      return builder.append(EMPTY.get(), EMPTY.attrs("element_dtype", each.dtype()), any, none)[0];
    }
  }

  /// What the backward loop carries: a name, its value before the first iteration, and its type and
  /// shape in all of them.
  private static final class Carried {
    final List<Tensor> first = new ArrayList<>();
    final List<Spec> specs = new ArrayList<>();

    int add(Tensor t, Spec spec) {
      first.add(t);
      specs.add(spec);
      return first.size() - 1;
    }
  }

  private void write() {
    Differentiable d = loop.body;
    int n = loop.outputs;
    int asked = g.keptList("input").length;
    Carried carried = new Carried();
    int counter = carried.add(node.output(loop.counter), Spec.of(DType.I32));
    int[] place = new int[n];
    Arrays.fill(place, -1);
    for (int i = 0; i < n; i++) {
      Tensor x = body.inputs().get(i);
      boolean carries = Differentiable.carries(x.dtype());
      if (!isSame(body, i)) {
        if (carries) {
          place[i] = carried.add(ControlGradients.arriving(g, node, i), x.spec());
        }
      } else if (d.sources()[i] >= 0 && i < asked && g.needs("input", i)) {
        Tensor each = d.backward().outputs().get(d.sources()[i]);
        Tensor dy = carries && i < g.outs() ? g.dy(i) : null;
        place[i] =
            carried.add(
                dy == null ? ControlGradients.zeros(in[i], each) : dy,
                carries ? x.spec() : each.spec());
      } else if (carries && i < asked && i < g.outs() && g.dy(i) instanceof Tensor dy) {
        g.to("input", i, dy);
      }
    }
    int lists = carried.first.size();
    for (int k = 0; k < loop.onLists.length; k++) {
      carried.add(node.output(loop.counter + 1 + k), Spec.of(DType.VARIANT));
    }
    Graph cond = cond(carried, counter);
    Graph step = step(carried, counter, place, lists);
    Tensor[] out = Control.emitLoop(cond, step, carried.first.toArray(Tensor[]::new));
    for (int i = 0; i < asked; i++) {
      if (place[i] >= 0 && g.needs("input", i)) {
        g.to("input", i, out[place[i]]);
      }
    }
  }

  private Graph cond(Carried carried, int counter) {
    try (Tracer t = Tracer.open(node.name() + "_grad_cond")) {
      Tensor[] now = declared(t, carried);
      return t.finish(List.of(GREATER.of(now[counter], Values.scalar(0))));
    }
  }

  private static Tensor[] declared(Tracer t, Carried carried) {
    Tensor[] all = new Tensor[carried.specs.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = t.input("loop_var" + i, carried.specs.get(i));
    }
    return all;
  }

  private Graph step(Carried carried, int counter, int[] place, int lists) {
    Differentiable d = loop.body;
    try (Tracer t = Tracer.open(node.name() + "_grad_body")) {
      Tensor[] now = declared(t, carried);
      Tensor[] next = now.clone();
      next[counter] = SUB.of(now[counter], Values.scalar(1));
      @Nullable Tensor[] popped = new Tensor[loop.onLists.length];
      for (int k = 0; k < popped.length; k++) {
        Spec each = saved(body, loop.onLists[k]).spec();
        Tensor shape =
            each.shape().isRankKnown() && each.dtype() != DType.VARIANT
                ? Values.ints(each.shape().dims())
                : Values.scalar(-1);
        Tensor[] both = POP.all(POP.attrs("element_dtype", each.dtype()), now[lists + k], shape);
        next[lists + k] = both[0];
        popped[k] = both[1];
      }
      List<Tensor> args = new ArrayList<>();
      for (int y : d.targets()) {
        args.add(now[place[y]]);
      }
      for (int s : d.saved()) {
        args.add(value(s, popped));
      }
      Tensor[] dx = d.backward().replay(args.toArray(Tensor[]::new));
      for (int i = 0; i < place.length; i++) {
        if (place[i] < 0) {
          continue;
        }
        Tensor each = dx[d.sources()[i]];
        if (!isSame(body, i)) {
          next[place[i]] = each;
        } else {
          Tensor sum = now[place[i]];
          next[place[i]] =
              sum.dtype() == DType.VARIANT ? ADD_LISTS.of(sum, each) : ADD.of(sum, each);
        }
      }
      return t.finish(List.of(next));
    }
  }

  private Tensor value(int s, @Nullable Tensor[] popped) {
    for (int k = 0; k < popped.length; k++) {
      if (loop.onLists[k] == s) {
        return popped[k];
      }
    }
    return in[~s];
  }
}
