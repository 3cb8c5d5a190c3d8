package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Memory;
import dev.merapi.op.ArgDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes items into a graph: each with what it needs before it, branches and loops as nodes of
/// their own.
final class Emitter {
  private final Variables variables;
  private final Library library;

  Emitter(Variables variables, Library library) {
    this.variables = variables;
    this.library = library;
  }

  /// Writes what `targets` and `controls` need, and returns the values of `targets`.
  Tensor[] emit(Scope s, List<Ref> targets, List<Item> controls) {
    for (Block.Unit u : Block.of(s, targets, controls)) {
      if (u.join() == null) {
        single(s, u.items().get(0));
      } else {
        branch(s, u);
      }
    }
    return targets.stream().map(r -> held(s, r)).toArray(Tensor[]::new);
  }

  private void single(Scope s, Item item) {
    switch (item.op()) {
      case "Switch", "NextIteration", "LoopCond" -> {
        Tensor t = input(s, item, 0);
        s.bind(item, t, t);
      }
      case "Enter" -> s.bind(item, input(s, item, 0));
      case "Identity" -> {
        Tensor t = input(s, item, 0);
        // A handle is the same by any name, and knows more when it is not hidden behind a node.
        s.bind(
            item,
            t.dtype().isHandle() ? new Tensor[] {t} : node(s, item, Registry.find("Identity"), t));
      }
      case "Exit" -> {
        if (!s.has(item)) {
          loop(s, item);
        }
      }
      case "Merge" -> decided(s, item);
      case "NoOp" -> s.bind(item);
      case "Const" -> s.bind(item, constant(s, item));
      case "Placeholder" ->
          throw item.place.fault(
              "a placeholder inside a function",
              item.toString(),
              "arguments of the function",
              "the file is damaged");
      default -> operation(s, item);
    }
  }

  private void operation(Scope s, Item item) {
    References.Twin twin = References.twin(item);
    if (References.isVariable(item) || item.is("VarHandleOp")) {
      s.bind(item, variables.handle(item));
    } else if (twin != null) {
      change(s, item, twin);
    } else if (TensorArrays.twin(item) != null) {
      s.bind(item, TensorArrays.write(s, item, inputs(s, item)));
    } else if (library.isCall(item)) {
      s.bind(item, library.call(this, s, item, inputs(s, item)));
    } else {
      s.bind(item, node(s, item, Registry.find(item.op()), inputs(s, item)));
    }
  }

  /// Writes an operation on a reference as that on the handle; what it gives is the reference.
  private void change(Scope s, Item item, References.Twin twin) {
    Tensor[] in = new Tensor[item.in.size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = i < twin.references() ? handle(s, item.in.get(i)) : input(s, item, i);
    }
    node(s, item, Registry.find(twin.op()), in);
    s.bind(item, in[0]);
  }

  /// Returns the handle behind a reference. Freezing a graph turns variables into constants; one
  /// that is written to all the same becomes a place that starts from the constant in every run.
  private Tensor handle(Scope s, Ref r) {
    Item item = r.item();
    if (References.gives(item)) {
      return value(s, r);
    }
    if (!item.is("Const")) {
      throw item.place.fault(
          "this is no variable, yet another node changes it",
          item.toString(),
          "a variable, or a constant that was one before the graph was frozen",
          "");
    }
    Tensor handle = variables.frozen(item, value(s, r).spec());
    if (variables.begin(s, item)) {
      OpDef op = Registry.find("AssignVariableOp");
      append(s, op, op.defaults(), new Tensor[] {handle, value(s, r)}, item.name() + "/Assign", "");
    }
    return handle;
  }

  private Tensor constant(Scope s, Item item) {
    if (item.attr("value") == null) {
      throw item.place.fault("a constant has no value", item.toString(), "attribute value", "");
    }
    Tensor t = TensorProtos.read(item.attr("value").getTensor(), item.place);
    return s.tracer.builder().constant(t, s.prefix + item.name());
  }

  Tensor[] node(Scope s, Item item, OpDef op, Tensor... in) {
    Attrs attrs = Attributes.read(op, item, Map.of());
    try {
      return append(s, op, attrs, in, item.name(), item.def.getDevice());
    } catch (IllegalArgumentException e) {
      throw item.place.fault(Attributes.firstLine(e), item.toString(), "", "", e);
    }
  }

  private static Tensor[] append(
      Scope s, OpDef op, Attrs attrs, Tensor[] in, String name, String device) {
    Tensor[] inside = new Tensor[in.length];
    for (int i = 0; i < in.length; i++) {
      inside[i] = s.tracer.inside(in[i]);
    }
    return s.tracer.builder().append(op, attrs, inside, s.prefix + name, device, null);
  }

  private Tensor[] inputs(Scope s, Item item) {
    Tensor[] in = new Tensor[item.in.size()];
    for (int i = 0; i < in.length; i++) {
      in[i] = input(s, item, i);
    }
    return in;
  }

  /// Returns the value of an input.
  private Tensor input(Scope s, Item item, int i) {
    return passesOn(item) ? value(s, item.in.get(i)) : held(s, item.in.get(i));
  }

  /// Returns a value; of a reference, what the variable holds at this point.
  private Tensor held(Scope s, Ref r) {
    Tensor t = value(s, r);
    if (References.gives(r.item()) && t.dtype() == DType.RESOURCE) {
      OpDef read = Registry.find("ReadVariableOp");
      Attrs a = read.attrs("dtype", variables.spec(t).dtype());
      return append(s, read, a, new Tensor[] {t}, r.item().name() + "/Read", "")[0];
    }
    return t;
  }

  private static boolean passesOn(Item item) {
    return item.def.getOp().startsWith("Ref") || item.is("IsVariableInitialized");
  }

  /// Returns what an output has become; it has been written already.
  Tensor value(Scope s, Ref r) {
    Tensor[] all = s.find(r.item());
    if (all == null) {
      throw r.item()
          .place
          .fault(
              "'" + r + "' is read where it does not exist",
              r.item() + (r.item().loop == null ? "" : " in loop '" + r.item().loop.name + "'"),
              "values of loops and branches leave them through Exit and Merge",
              "the file is damaged");
    }
    int i = r.index() + (r.output().isEmpty() ? 0 : start(r, all.length));
    if (i >= all.length) {
      throw r.item()
          .place
          .fault(
              "there is no output " + r + ": " + r.item().op() + " has " + all.length,
              r.toString(),
              all.length == 0 ? "none" : "0 to " + (all.length - 1),
              "");
    }
    return all[i];
  }

  /// Returns the position of the first tensor of an output argument named in a function body.
  private int start(Ref r, int outputs) {
    Item item = r.item();
    if (library.isCall(item)) {
      return library.start(item, r.output());
    }
    OpDef op = Registry.find(item.op());
    long lists = op.outputs().stream().filter(ArgDef::list).count();
    int length = lists == 0 ? 0 : (outputs - op.outputs().size() + (int) lists) / (int) lists;
    int at = 0;
    for (ArgDef a : op.outputs()) {
      if (a.name().equals(r.output())) {
        return at;
      }
      at += a.list() ? length : 1;
    }
    throw item.place.fault(
        item.op() + " has no output called '" + r.output() + "'",
        r.toString(),
        "one of " + op.outputs().stream().map(ArgDef::name).toList(),
        "");
  }

  // Branches and loops.

  private void decided(Scope s, Item merge) {
    Join j = merge.join;
    if (j == null) {
      throw merge.fault == null
          ? merge.place.fault("a loop's Merge outside of its loop", merge.toString(), "", "")
          : merge.fault;
    }
    Tensor t = value(s, j.yes());
    if (merge.indexWanted) {
      s.bind(merge, t, index(s, j.yesIndex()));
    } else {
      s.bind(merge, t);
    }
  }

  private static Tensor index(Scope s, int i) {
    Tensor t = Memory.empty(Spec.of(DType.I32));
    t.segment().set(ValueLayout.JAVA_INT, 0, i);
    return s.tracer.builder().constant(t, "value_index");
  }

  private void branch(Scope s, Block.Unit u) {
    Item first = u.items().get(0);
    Tensor test = value(s, u.join().predicate());
    Graph yes = side(s, u, true);
    Graph no = side(s, u, false);
    Tensor[] out = Structure.branch(s, first, test, yes, no);
    int at = 0;
    for (Item m : u.items()) {
      s.bind(m, Arrays.copyOfRange(out, at, at + (m.indexWanted ? 2 : 1)));
      at += m.indexWanted ? 2 : 1;
    }
  }

  private Graph side(Scope s, Block.Unit u, boolean yes) {
    List<Ref> targets = new ArrayList<>();
    for (Item m : u.items()) {
      targets.add(yes ? m.join.yes() : m.join.no());
    }
    String name = s.prefix + u.items().get(0).name() + (yes ? "_true" : "_false");
    try (Tracer t = Tracer.open(name)) {
      Scope inner = new Scope(s, t, s.prefix);
      Tensor[] values = emit(inner, targets, List.of());
      List<Tensor> out = new ArrayList<>();
      for (Item m : u.items()) {
        out.add(values[u.items().indexOf(m)]);
        if (m.indexWanted) {
          out.add(index(inner, yes ? m.join.yesIndex() : 1 - m.join.yesIndex()));
        }
      }
      return t.finish(out);
    }
  }

  private void loop(Scope s, Item exit) {
    Loop loop = exit.in.get(0).item().loop;
    if (loop.open) {
      throw exit.place.fault(
          "loop '" + loop.name + "' needs its own result",
          exit.toString(),
          "values of the turn before",
          "the file is damaged");
    }
    loop.open = true;
    try {
      written(s, exit, loop);
    } finally {
      loop.open = false;
    }
  }

  private void written(Scope s, Item exit, Loop loop) {
    List<Tensor> first = new ArrayList<>();
    for (Item m : loop.merges) {
      first.add(value(s, Loop.first(m).item().in.get(0)));
    }
    List<Spec> specs = new ArrayList<>();
    first.forEach(t -> specs.add(t.spec()));
    Graph body = turn(s, loop, specs, false);
    while (Structure.widen(specs, body)) {
      body = turn(s, loop, specs, false);
    }
    Graph test = turn(s, loop, specs, true);
    Tensor[] out = Structure.loop(s, exit, loop.name, first, test, body);
    for (Item x : loop.exits) {
      Item from = x.in.get(0).item();
      int i = from.is("Switch") ? loop.merges.indexOf(from.in.get(0).item()) : -1;
      if (i < 0) {
        throw x.place.fault(
            "an Exit leaves with a value that is no variable of the loop",
            from.toString(),
            "a Switch of the loop's Merge",
            "write loops with tf.while_loop");
      }
      s.bind(x, out[i]);
    }
  }

  private Graph turn(Scope s, Loop loop, List<Spec> specs, boolean test) {
    try (Tracer t = Tracer.open(s.prefix + loop.name + (test ? "_cond" : "_body"))) {
      Scope inner = new Scope(s, t, s.prefix);
      for (int i = 0; i < specs.size(); i++) {
        Item m = loop.merges.get(i);
        inner.bind(m, t.input(m.name(), specs.get(i)));
      }
      List<Ref> targets = new ArrayList<>();
      List<Item> controls = new ArrayList<>();
      if (test) {
        targets.add(loop.condition.in.get(0));
      } else {
        for (Item m : loop.merges) {
          Item next = Loop.again(m).item();
          targets.add(next.in.get(0));
          controls.addAll(next.controls);
        }
      }
      return t.finish(List.of(emit(inner, targets, controls)));
    }
  }
}
