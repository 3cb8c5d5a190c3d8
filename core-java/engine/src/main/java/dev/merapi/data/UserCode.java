package dev.merapi.data;

import dev.merapi.function.Function;
import dev.merapi.say.Message;
import dev.merapi.say.PipelineError;
import dev.merapi.say.ShapeError;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of the user's that is applied to elements.
///
/// It is traced once into a graph, which then runs for every element; elements of a shape that the
/// trace is not for are traced anew. Host code, and code on elements that are datasets, runs as it
/// stands.
final class UserCode {
  private final String who;
  private final java.util.function.Function<Object, ?> code;
  private final boolean onHost;
  private final Learned learned;

  /// How the results are built, by the traces so far.
  private volatile @Nullable Structure traced;

  /// What runs; made when it is known how the elements are built.
  private record Ready(Structure in, @Nullable Function function) {}

  private volatile @Nullable Ready ready;

  UserCode(String who, java.util.function.Function<Object, ?> code, boolean onHost) {
    this.who = who;
    this.code = code;
    this.onHost = onHost;
    this.learned = new Learned(who);
  }

  /// Returns the name of the method that the function was given to.
  String who() {
    return who;
  }

  /// Traces the function for elements that are built like this, unless that is done.
  ///
  /// A function that needs to know more of the shapes than is known here is traced with the first
  /// element.
  private synchronized Ready prepare(Structure in) {
    Ready r = ready;
    if (r != null) {
      return r;
    }
    if (onHost || in.holdsDatasets()) {
      r = new Ready(in, null);
    } else {
      Function f =
          new Function(who, List.of(), args -> trace(in, args), new Function.Options(null, true));
      boolean allKnown = true;
      for (Spec s : in.specs()) {
        allKnown &= s.shape().isKnown();
      }
      try {
        f.concreteFunction((Object[]) in.specs());
      } catch (ShapeError e) {
        if (allKnown) {
          throw e;
        }
      }
      r = new Ready(in, f);
    }
    ready = r;
    return r;
  }

  private Object trace(Structure in, @Nullable Object[] args) {
    Tensor[] parts = new Tensor[args.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = (Tensor) args[i];
    }
    Structure s = Structure.of(result(code.apply(in.build(parts))), who);
    if (s.holdsDatasets()) {
      throw Message.what(who + ": a traced function cannot return a dataset")
          .given(s.toString())
          .expected("tensors")
          .fix("use flatMap or interleave, which take datasets, or mapHost")
          .typeError();
    }
    Structure before = traced;
    if (before == null) {
      traced = s;
    } else if (before.isAlike(s)) {
      traced = before.union(s);
    } else {
      throw Message.what(who + ": the function returns something else for other shapes")
          .given(s.toString())
          .expected(before.toString())
          .typeError();
    }
    List<Tensor> all = new ArrayList<>();
    for (Object leaf : Structure.leaves(s.template(), who)) {
      all.add((Tensor) leaf);
    }
    return all;
  }

  private Object result(@Nullable Object value) {
    if (value == null) {
      throw Message.what(who + ": the function returned nothing")
          .expected("tensors, in pairs, lists, maps, records at will")
          .fix("for side effects only, hand the element on: return x")
          .typeError();
    }
    return value;
  }

  /// Returns how the results are built, or null where that is not known yet; `in` may be null too.
  @Nullable Structure known(@Nullable Structure in) {
    if (in != null) {
      prepare(in);
    }
    Structure s = traced;
    return s == null ? learned.known() : s;
  }

  /// Applies the function; `stage` tells how the elements are built, `index` counts from 0.
  ///
  /// Fails: `PipelineError` with what the function threw.
  Tensor[] run(Stage stage, Element e, long index) {
    Ready r = ready;
    return run(r == null ? prepare(stage.structure()) : r, e.parts(), index);
  }

  Tensor[] run(Structure in, Tensor[] parts, long index) {
    Ready r = ready;
    return run(r == null ? prepare(in) : r, parts, index);
  }

  private Tensor[] run(Ready r, Tensor[] parts, long index) {
    try {
      Function f = r.function;
      if (f == null) {
        return learned.flatten(result(code.apply(r.in.build(parts))));
      }
      List<?> y = (List<?>) f.call((Object[]) parts);
      if (y == null) {
        throw new IllegalStateException("This is a bug in Merapi: a trace returned nothing");
      }
      Tensor[] all = new Tensor[y.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = (Tensor) y.get(i);
      }
      return all;
    } catch (Exception e) {
      throw failure(who, index, e);
    }
  }

  /// Returns the function's value on the host, uncut.
  @Nullable Object value(Stage stage, Element e, long index) {
    return value(stage.structure().build(e.parts()), index);
  }

  @Nullable Object value(Object argument, long index) {
    try {
      return code.apply(argument);
    } catch (Exception e) {
      throw failure(who, index, e);
    }
  }

  /// Returns what to throw for an exception in user code, which in Kotlin may be a checked one.
  static RuntimeException failure(String who, long index, Exception e) {
    if (e instanceof PipelineError p) {
      return p;
    }
    String text = String.valueOf(e.getMessage());
    int line = text.indexOf('\n');
    return new PipelineError(
        Message.what(who + ": the function failed at element " + index)
            .given(
                e.getClass().getSimpleName() + ": " + (line < 0 ? text : text.substring(0, line)))
            .expected("a function that takes every element")
            .fix("see the cause below; the iterator goes on with the next element"),
        who,
        index,
        e);
  }
}
