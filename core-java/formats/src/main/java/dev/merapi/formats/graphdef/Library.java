package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.FunctionDef;
import dev.merapi.formats.proto.NameAttrList;
import dev.merapi.formats.proto.OpDef;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The functions that a graph brings along. A call is written as the function's own nodes, in the
/// place of the call; branches and loops become graphs of their own.
final class Library {
  private static final Set<String> CALLS =
      Set.of(
          "PartitionedCall",
          "StatefulPartitionedCall",
          "RemoteCall",
          "If",
          "StatelessIf",
          "While",
          "StatelessWhile",
          "Case",
          "StatelessCase");

  private final Map<String, FunctionDef> functions = new HashMap<>();
  private final Place place;
  private final ArrayDeque<String> running = new ArrayDeque<>();

  Library(List<FunctionDef> all, Place place) {
    this.place = place;
    for (FunctionDef f : all) {
      functions.put(f.getSignature().getName(), f);
    }
  }

  boolean isCall(Item item) {
    return CALLS.contains(item.op()) || functions.containsKey(item.op());
  }

  /// Returns all functions that an item runs.
  List<FunctionDef> called(Item item) {
    Set<String> names = new LinkedHashSet<>();
    if (functions.containsKey(item.op())) {
      names.add(item.op());
    }
    for (AttrValue v : item.def.getAttrMap().values()) {
      if (v.hasFunc()) {
        names.add(v.getFunc().getName());
      }
      v.getList().getFuncList().forEach(f -> names.add(f.getName()));
    }
    return names.stream().filter(functions::containsKey).map(functions::get).toList();
  }

  /// Returns the position of an output that a function body names.
  int start(Item item, String output) {
    FunctionDef f = functions.get(item.op());
    if (f != null) {
      List<OpDef.ArgDef> args = f.getSignature().getOutputArgList();
      for (int i = 0; i < args.size(); i++) {
        if (args.get(i).getName().equals(output)) {
          return i;
        }
      }
    } else if (output.equals("output")) {
      return 0;
    }
    throw item.place.fault(
        item.op() + " has no output called '" + output + "'", item.toString(), "", "");
  }

  Tensor[] call(Emitter e, Scope s, Item item, Tensor[] in) {
    return switch (item.op()) {
      case "If", "StatelessIf" -> branch(e, s, item, in);
      case "While", "StatelessWhile" -> loop(e, s, item, in);
      case "Case", "StatelessCase" -> choice(e, s, item, in);
      case "PartitionedCall", "StatefulPartitionedCall", "RemoteCall" ->
          inline(e, s, item, function(item, "f"), in);
      default -> {
        NameAttrList self =
            NameAttrList.newBuilder().setName(item.op()).putAllAttr(item.def.getAttrMap()).build();
        yield inline(e, s, item, self, in);
      }
    };
  }

  private static NameAttrList function(Item item, String attribute) {
    AttrValue v = item.attr(attribute);
    if (v == null || !v.hasFunc()) {
      throw item.place.fault(
          item.op() + ": attribute " + attribute + " names no function",
          item.toString(),
          "a function of the graph's library",
          "");
    }
    return v.getFunc();
  }

  /// Writes a function's nodes into the graph of `s`; `in` are its arguments.
  private Tensor[] inline(Emitter e, Scope s, Item item, NameAttrList f, Tensor[] in) {
    Scope inner = new Scope(s, s.tracer, s.prefix + item.name() + "/");
    return body(e, inner, item, f, in);
  }

  private Tensor[] body(Emitter e, Scope inner, Item item, NameAttrList named, Tensor[] in) {
    FunctionDef f = functions.get(named.getName());
    if (f == null) {
      throw item.place.fault(
          "there is no function '" + named.getName() + "'",
          item + " calls '" + named.getName() + "'",
          "one of the library's " + functions.size() + " functions",
          "the file lacks its library");
    }
    if (running.contains(named.getName())) {
      throw item.place.fault(
          "function '" + named.getName() + "' calls itself",
          String.join(" → ", running.reversed()) + " → " + named.getName(),
          "functions that come to an end when they are written out",
          "use tf.while_loop");
    }
    if (f.getSignature().getInputArgCount() != in.length) {
      throw item.place.fault(
          "function '" + named.getName() + "' is called with " + in.length + " arguments",
          in.length + " arguments",
          f.getSignature().getInputArgCount() + " arguments",
          "");
    }
    running.push(named.getName());
    try {
      return written(e, inner, item, named, f, in);
    } finally {
      running.pop();
    }
  }

  private Tensor[] written(
      Emitter e, Scope inner, Item item, NameAttrList named, FunctionDef f, Tensor[] in) {
    Map<String, AttrValue> given = new HashMap<>();
    named.getAttrMap().forEach((k, v) -> given.put(k, item.bound(v)));
    Wiring w = Wiring.of(f, given, place.at(item.name() + " → " + named.getName()));
    Flow.analyse(w);
    for (int i = 0; i < in.length; i++) {
      inner.bind(w.find(f.getSignature().getInputArg(i).getName(), item.place), in[i]);
    }
    List<Ref> results = new ArrayList<>();
    for (OpDef.ArgDef out : f.getSignature().getOutputArgList()) {
      results.add(w.ref(f.getRetMap().getOrDefault(out.getName(), out.getName()), item.place));
    }
    List<Item> effects = new ArrayList<>();
    for (String c : f.getControlRetMap().values()) {
      effects.add(w.find(c, item.place));
    }
    return e.emit(inner, results, effects);
  }

  private Tensor[] branch(Emitter e, Scope s, Item item, Tensor[] in) {
    Tensor[] args = Arrays.copyOfRange(in, 1, in.length);
    Graph yes = side(e, s, item, function(item, "then_branch"), args);
    Graph no = side(e, s, item, function(item, "else_branch"), args);
    return Structure.branch(s, item, in[0], yes, no);
  }

  private Graph side(Emitter e, Scope s, Item item, NameAttrList f, Tensor[] in) {
    try (Tracer t = Tracer.open(s.prefix + item.name() + "/" + f.getName())) {
      return t.finish(List.of(body(e, new Scope(null, t, ""), item, f, in)));
    }
  }

  private Tensor[] choice(Emitter e, Scope s, Item item, Tensor[] in) {
    AttrValue v = item.attr("branches");
    List<NameAttrList> all = v == null ? List.of() : v.getList().getFuncList();
    if (all.isEmpty()) {
      throw item.place.fault("Case has no branches", item.toString(), "one at least", "");
    }
    Tensor[] args = Arrays.copyOfRange(in, 1, in.length);
    List<Graph> graphs = new ArrayList<>();
    for (NameAttrList f : all) {
      graphs.add(side(e, s, item, f, args));
    }
    return Structure.choice(s, item, in[0], graphs);
  }

  /// Writes a loop. Handles go in as they are: they are the same in every turn.
  private Tensor[] loop(Emitter e, Scope s, Item item, Tensor[] in) {
    List<Tensor> first = new ArrayList<>();
    for (Tensor t : in) {
      if (t.dtype() != DType.RESOURCE) {
        first.add(t);
      }
    }
    List<Spec> specs = new ArrayList<>();
    first.forEach(t -> specs.add(t.spec()));
    Graph body = turn(e, s, item, "body", in, specs);
    while (Structure.widen(specs, body)) {
      body = turn(e, s, item, "body", in, specs);
    }
    Graph test = turn(e, s, item, "cond", in, specs);
    Tensor[] out = Structure.loop(s, item, item.name(), first, test, body);
    Tensor[] all = in.clone();
    int at = 0;
    for (int i = 0; i < all.length; i++) {
      if (in[i].dtype() != DType.RESOURCE) {
        all[i] = out[at++];
      }
    }
    return all;
  }

  private Graph turn(Emitter e, Scope s, Item item, String which, Tensor[] in, List<Spec> specs) {
    try (Tracer t = Tracer.open(s.prefix + item.name() + "_" + which)) {
      Tensor[] args = in.clone();
      int at = 0;
      for (int i = 0; i < args.length; i++) {
        if (in[i].dtype() != DType.RESOURCE) {
          args[i] = t.input("x" + i, specs.get(at++));
        }
      }
      Tensor[] out = body(e, new Scope(null, t, ""), item, function(item, which), args);
      if (which.equals("cond")) {
        return t.finish(List.of(Structure.truth(t, out[0])));
      }
      List<Tensor> kept = new ArrayList<>();
      for (int i = 0; i < out.length; i++) {
        if (in[i].dtype() != DType.RESOURCE) {
          kept.add(out[i]);
        }
      }
      return t.finish(kept);
    }
  }
}
