package dev.merapi.op;

import dev.merapi.memory.Cell;
import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// One call of an operation: inputs and attributes, then inferred specs, then outputs.
///
/// Shape rules, kernels and recorders all read it. Positions count single tensors, so a list of
/// three inputs takes three positions.
///
/// Eager calls borrow theirs from their thread ([Context#borrow]), so that an operation on small
/// tensors makes no object but its result. A borrowed call is empty once it is given back: whoever
/// sees a call keeps neither it nor the arrays that it returns.
public final class Call {
  /// The operation; the executor sets it, everybody else only reads it.
  public OpDef op;

  /// The attribute values; the executor sets them, everybody else only reads them.
  public Attrs attrs;

  private static final Tensor[] NOTHING = {};

  // Arrays of the most frequent lengths, which stay from one borrower to the next.
  private final @Nullable Tensor[] oneInput = new Tensor[1];
  private final @Nullable Tensor[] twoInputs = new Tensor[2];
  private final @Nullable Spec[] oneSpec = new Spec[1];
  private final @Nullable Tensor[] oneOutput = new Tensor[1];

  private Tensor[] in = NOTHING;
  private @Nullable Spec[] specs = oneSpec;
  private @Nullable Tensor[] out = oneOutput;

  private boolean open;

  /// How often it was borrowed; [Context] counts.
  int uses;

  /// Makes a call without inputs, to be lent out.
  Call(OpDef op, Attrs attrs) {
    this.op = op;
    this.attrs = attrs;
  }

  /// Makes a call and checks the number and the element types of its inputs.
  public Call(OpDef op, Attrs attrs, Tensor[] in) {
    this(op, attrs);
    take(in);
  }

  /// Takes the inputs and checks their number and their element types.
  public void take(Tensor[] in) {
    this.in = in;
    int outs = op.outs;
    if (outs != 1) {
      outs(outs);
    }
    Checks.inputs(op, in);
  }

  public void take(Tensor x) {
    oneInput[0] = x;
    take(oneInput);
  }

  public void take(Tensor x, Tensor y) {
    twoInputs[0] = x;
    twoInputs[1] = y;
    take(twoInputs);
  }

  /// Lets go of all tensors, so that a call that waits to be lent out keeps none alive.
  void clear() {
    if (in == twoInputs) {
      twoInputs[0] = null;
      twoInputs[1] = null;
    } else if (in == oneInput) {
      oneInput[0] = null;
    } else {
      in = NOTHING;
    }
    if (out == oneOutput) {
      oneSpec[0] = null;
      oneOutput[0] = null;
    } else {
      specs = oneSpec;
      out = oneOutput;
    }
  }

  /// Returns the number of input tensors.
  public int ins() {
    return in.length;
  }

  public Tensor in(int i) {
    return in[i];
  }

  /// Returns the array of inputs without a copy; the caller only reads it.
  public Tensor[] inputs() {
    return in;
  }

  /// Returns how many tensors a list input holds (lists of one call are equally long).
  public int listLength() {
    return (in.length - op.fixedInputs) / op.listInputs;
  }

  /// Returns the position of the first tensor of the input called `name`.
  public int position(String name) {
    int p = 0;
    for (int i = 0; i < op.inputs.size(); i++) {
      ArgDef a = op.inputs.get(i);
      if (a.name().equals(name)) {
        return p;
      }
      p += a.list() ? listLength() : 1;
    }
    throw new IllegalStateException(
        "This is a bug in Merapi: " + op.name() + " declares no input " + name);
  }

  public Tensor in(String name) {
    return in[position(name)];
  }

  public Shape shape(int i) {
    return in[i].shape();
  }

  public Shape shape(String name) {
    return in(name).shape();
  }

  public DType dtype(int i) {
    return in[i].dtype();
  }

  public DType dtype(String name) {
    return in(name).dtype();
  }

  /// Returns the element type that a type variable stands for in this call.
  public DType type(String variable) {
    Object given = attrs.get(variable);
    if (given != null) {
      return (DType) given;
    }
    int p = 0;
    for (ArgDef a : op.inputs) {
      if (variable.equals(a.typeVar()) && p < in.length) {
        return in[p].dtype();
      }
      p += a.list() ? listLength() : 1;
    }
    TypeVar t = op.type(variable);
    if (t != null && t.otherwise() != null) {
      return t.otherwise();
    }
    throw Message.what(op.name() + ": attribute " + variable + " is missing")
        .expected("an element type: " + (t == null ? "" : t.types()))
        .attrError();
  }

  /// Returns the values of an integer input if they are known while shapes are inferred, else null.
  public int @Nullable [] constant(int i) {
    @Nullable Tensor t = in[i];
    if (t.isSymbolic()) {
      t = t.storage().constant();
      open |= t == null;
    }
    return t == null ? null : t.toIntArray();
  }

  /// Tells whether the shape rule asked for a value that will only be known when a graph runs, so
  /// that it has to look at the call again then.
  public boolean isOpen() {
    return open;
  }

  public int @Nullable [] constant(String name) {
    return constant(position(name));
  }

  /// Returns the tensor of handles that input `i` is, or null when a graph will only know it when
  /// it runs.
  public @Nullable Tensor handle(int i) {
    return in[i].isSymbolic() ? in[i].storage().constant() : in[i];
  }

  /// Returns the place of the variable whose handle input `i` is, or null when a graph will only
  /// know it when it runs.
  ///
  /// Fails: `TypeError` when the input is the handle of something else.
  public @Nullable Cell knownCell(int i) {
    Tensor h = handle(i);
    if (h == null) {
      return null;
    }
    Object[] handles = h.handles();
    if (handles.length != 1 || !(handles[0] instanceof Cell cell)) {
      throw fault("input " + i + " is no handle of a variable")
          .expected("the scalar that variable.handle() returns")
          .typeError();
    }
    return cell;
  }

  /// Returns the place of the variable whose handle input `i` is, for kernels.
  public Cell cell(int i) {
    Cell c = knownCell(i);
    if (c == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: " + op.name() + " runs on a handle that is not known yet");
    }
    return c;
  }

  /// Announces the type and shape of output `i`. An unknown axis means that only the kernel can
  /// tell.
  public void out(int i, Spec spec) {
    specs[i] = spec;
  }

  public void out(int i, DType dtype, Shape shape) {
    specs[i] = new Spec(dtype, shape);
  }

  /// Says how many outputs there are when the declaration leaves it open.
  public void outs(int number) {
    specs = number == 1 ? oneSpec : new Spec[number];
    out = number == 1 ? oneOutput : new Tensor[number];
  }

  public int outs() {
    return specs.length;
  }

  public Spec outSpec(int i) {
    Spec s = specs[i];
    if (s == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: " + op.name() + " inferred nothing for output " + i);
    }
    return s;
  }

  /// Returns output `i` for the kernel to fill; made on first use.
  public Tensor out(int i) {
    Tensor t = out[i];
    if (t == null) {
      t = Memory.empty(outSpec(i));
      out[i] = t;
    }
    return t;
  }

  /// Makes output `i` with the shape that the kernel found.
  public Tensor out(int i, Shape found) {
    Tensor t = Memory.empty(outSpec(i).withShape(found));
    out[i] = t;
    return t;
  }

  /// Gives a tensor that exists already as output `i`.
  public void give(int i, Tensor t) {
    out[i] = t;
  }

  /// Gives the elements of input `from` as output `i`, under the inferred type and shape, without a
  /// copy.
  public void giveAlias(int i, int from) {
    out[i] = Memory.alias(in[from], outSpec(i));
  }

  /// Returns all outputs after the kernel has run, in an array of the caller's own.
  public Tensor[] outputs() {
    Tensor[] all = finish();
    return all == oneOutput ? new Tensor[] {all[0]} : all;
  }

  /// Checks the outputs after the kernel has run. Returns them without a copy; the caller only
  /// reads the array.
  public Tensor[] finish() {
    @Nullable Tensor[] all = out;
    for (int i = 0; i < all.length; i++) {
      Tensor t = all[i];
      if (t == null) {
        t = out(i);
      }
      if (t.spec() != specs[i]
          && !(outSpec(i).dtype() == t.dtype() && outSpec(i).shape().accepts(t.shape()))) {
        throw new IllegalStateException(
            "This is a bug in Merapi: "
                + op.name()
                + " inferred "
                + specs[i]
                + " but computed "
                + t.spec());
      }
    }
    return all;
  }

  /// Starts a message about this call; it shows the operation's name and what was given.
  public Message fault(String what) {
    StringBuilder s = new StringBuilder();
    int p = 0;
    for (ArgDef a : op.inputs) {
      int n = a.list() ? listLength() : 1;
      for (int i = 0; i < n && p < in.length; i++, p++) {
        s.append(s.isEmpty() ? "" : " · ").append(a.name());
        if (a.list()) {
          s.append('[').append(i).append(']');
        }
        s.append(' ').append(in[p].spec());
      }
    }
    return Message.what(op.name() + ": " + what).given(s.toString());
  }
}
