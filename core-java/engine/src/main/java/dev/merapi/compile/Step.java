package dev.merapi.compile;

import dev.merapi.device.Workers;
import dev.merapi.graph.Node;
import dev.merapi.memory.Cell;
import dev.merapi.memory.Memory;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.Numerics;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// One thing that a plan does; the same object for all activations.
abstract class Step {
  final Node node;

  /// Values that nobody reads after this step; their slots are emptied.
  int[] dying = {};

  Step(Node node) {
    this.node = node;
  }

  abstract void run(Frame f);

  /// Runs a kernel whose inputs and outputs are prepared.
  static final class Run extends Step {
    private final Kernel kernel;
    final int number;

    /// Outputs that get memory of their own in each run.
    private final Value[] own;

    /// Whether the shape rule judges values that show only now.
    private final boolean open;

    Run(Node node, int number, Value[] own, boolean open) {
      super(node);
      this.kernel = node.op().cpu(node.attrs());
      this.number = number;
      this.own = own;
      this.open = open;
    }

    @Override
    void run(Frame f) {
      for (Value v : own) {
        f.slots[v.index].put(Memory.unscoped(v.spec()), true);
      }
      Call call = f.calls[number];
      Tensor[] out = f.outputs[number];
      if (open) {
        judge(call, out);
      }
      compute(kernel, call, out);
      if (Numerics.isOn()) {
        Numerics.look(call, out, node.where());
      }
    }

    /// Runs a kernel; what it computes is in `out` then.
    static void compute(Kernel kernel, Call call, Tensor[] out) {
      kernel.run(call);
      for (int i = 0; i < out.length; i++) {
        if (call.out(i) != out[i]) {
          taken(call, i, out[i]);
        }
      }
    }

    /// Lets the shape rule refuse values that the kernel could not work with.
    private void judge(Call call, Tensor[] out) {
      node.op().infer().infer(call);
      for (int i = 0; i < out.length; i++) {
        if (!call.outSpec(i).shape().accepts(out[i].shape())) {
          throw new IllegalStateException(
              "This is a bug in Merapi: "
                  + node
                  + " was planned as "
                  + out[i].spec()
                  + " but is "
                  + call.outSpec(i));
        }
        call.out(i, out[i].spec());
        call.give(i, out[i]);
      }
    }

    /// Copies an output for which the kernel gave a tensor of its own, for example its input.
    private static void taken(Call call, int i, Tensor place) {
      Tensor t = call.out(i);
      if (t.dtype() == DType.STRING) {
        System.arraycopy(t.strings(), 0, place.strings(), 0, t.strings().length);
      } else if (t.dtype().isHandle()) {
        System.arraycopy(
            t.storage().handles(), 0, place.storage().handles(), 0, t.storage().handles().length);
      } else {
        MemorySegment.copy(t.segment(), 0, place.segment(), 0, place.spec().bytes());
      }
      t.storage().release();
      call.give(i, place);
    }
  }

  /// Runs kernels in parts that threads share: pieces of rows, or branches.
  ///
  /// Its calls are numbered part by part from `number` on.
  static final class Parts extends Step {
    /// The nodes of each part.
    final List<List<Node>> parts;

    private final Kernel[][] kernels;
    final int number;

    /// Which task of a frame runs the parts.
    final int task;

    private final int rows;
    private final int some;

    /// Outputs that get memory of their own in each run.
    private final Value[] own;

    /// @param rows rows of all pieces, or 0 if the parts are branches
    /// @param some rows of a piece; the last may have fewer
    Parts(
        List<List<Node>> parts,
        Kernel[][] kernels,
        int number,
        int task,
        int rows,
        int some,
        Value[] own) {
      super(parts.getFirst().getFirst());
      this.parts = parts;
      this.kernels = kernels;
      this.number = number;
      this.task = task;
      this.rows = rows;
      this.some = some;
      this.own = own;
    }

    @Override
    void run(Frame f) {
      for (Value v : own) {
        f.slots[v.index].put(Memory.unscoped(v.spec()), true);
      }
      Workers.run(kernels.length, f.tasks[task]);
    }

    /// Returns which rows part `i` computes.
    Piece piece(int i) {
      return Piece.of(i, rows, some);
    }

    /// Runs one part.
    void run(Frame f, int part) {
      int at = number;
      for (int i = 0; i < part; i++) {
        at += kernels[i].length;
      }
      for (Kernel k : kernels[part]) {
        Run.compute(k, f.calls[at], f.outputs[at]);
        at++;
      }
    }
  }

  /// Borrows the value of a variable.
  static final class Read extends Step {
    private final Value handle;
    private final Value out;
    private final boolean kept;

    Read(Node node, Value handle, Value out, boolean kept) {
      super(node);
      this.handle = handle;
      this.out = out;
      this.kept = kept;
    }

    @Override
    void run(Frame f) {
      Cell cell = (Cell) f.tensor(handle).storage().handles()[0];
      // What leaves the plan must last: it counts as seen by the user.
      f.slots[out.index].put(kept ? cell.keep() : cell.lend(), true);
    }
  }

  /// Carries a call out as eager mode does: where shapes show only now, or inputs are kept.
  static final class Find extends Step {
    private final Value[] in;
    private final Value[] out;

    Find(Node node, Value[] in, Value[] out) {
      super(node);
      this.in = in;
      this.out = out;
    }

    @Override
    void run(Frame f) {
      Tensor[] args = new Tensor[in.length];
      for (int i = 0; i < args.length; i++) {
        args[i] = f.tensor(in[i]);
      }
      Tensor[] made = node.compute(args);
      for (int i = 0; i < made.length; i++) {
        if (made[i].storage() instanceof Slice) {
          // An alias of a value whose memory the activation owns.
          made[i] = Frame.copy(made[i]);
        }
        f.slots[out[i].index].put(made[i], true);
      }
      java.lang.ref.Reference.reachabilityFence(args);
    }
  }
}
