package dev.merapi.compile;

import dev.merapi.device.Workers;
import dev.merapi.memory.Memory;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Storage;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One activation of a plan: its memory, its slots, and calls that are prepared once and run often.
///
/// A thread takes a frame, runs it, and puts it back; two threads never share one.
final class Frame {
  final @Nullable Tensor arena;
  final Slot[] slots;
  final Tensor[] tensors;
  final Call[] calls;

  /// The outputs of each call as they were prepared.
  final Tensor[][] outputs;

  /// What runs the parts of each step that has some.
  final Workers.Task[] tasks;

  Frame(Plan plan) {
    int n = plan.values.size();
    slots = new Slot[n];
    tensors = new Tensor[n];
    long doubles = (plan.arenaBytes + 7) / 8;
    arena = doubles == 0 ? null : Memory.unscoped(Spec.of(DType.F64, Math.toIntExact(doubles)));
    for (Value v : plan.values) {
      tensors[v.index] = v.isKnown() ? prepare(v) : null;
    }
    calls = new Call[plan.numCalls];
    outputs = new Tensor[plan.numCalls][];
    tasks = new Workers.Task[plan.numTasks];
  }

  private Tensor prepare(Value v) {
    if (v.kind == Value.Kind.CONSTANT) {
      return v.constant;
    }
    return new Tensor(v.spec(), storage(v));
  }

  private Storage storage(Value v) {
    Value b = v.base;
    if (b.kind == Value.Kind.CONSTANT) {
      return b.constant.storage();
    }
    if (b.kind == Value.Kind.ARENA) {
      if (b.spec().dtype() == DType.STRING) {
        return tensors[b.index] == null
            ? Memory.unscoped(b.spec()).storage()
            : tensors[b.index].storage();
      }
      MemorySegment s = arena.segment().asSlice(b.offset, b.spec().bytes());
      return new Slice(s, arena.device());
    }
    return slot(b);
  }

  private Slot slot(Value base) {
    if (slots[base.index] == null) {
      slots[base.index] = new Slot();
    }
    return slots[base.index];
  }

  /// Makes sure that a value has a slot though its shape is not known ahead.
  void open(Value v) {
    if (v.isSlot() && v.base == v) {
      slot(v);
    }
  }

  /// Returns a value as a tensor that may be kept beyond the run, its memory being counted.
  Tensor tensor(Value v) {
    Value b = v.base;
    return switch (b.kind) {
      case CONSTANT -> v == b ? b.constant : new Tensor(v.spec(), b.constant.storage());
      case ARENA -> tensors[v.index];
      default -> {
        Tensor t = slots[b.index].get();
        yield v == b ? t : new Tensor(v.spec(), t.storage());
      }
    };
  }

  void clear() {
    for (Slot s : slots) {
      if (s != null) {
        s.clear();
      }
    }
  }

  static Tensor copy(Tensor t) {
    Tensor c = Memory.unscoped(t.spec());
    if (t.dtype() == DType.STRING) {
      System.arraycopy(t.strings(), 0, c.strings(), 0, c.strings().length);
    } else {
      MemorySegment.copy(t.segment(), 0, c.segment(), 0, t.spec().bytes());
    }
    return c;
  }
}
