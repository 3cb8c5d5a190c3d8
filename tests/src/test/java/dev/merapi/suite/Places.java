package dev.merapi.suite;

import dev.merapi.memory.Cell;
import dev.merapi.memory.Memory;
import dev.merapi.op.ArgDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Calls operations on variables as if they were functions: values go in where handles are asked
/// for, and what the variables hold afterwards comes out.
///
/// Each call is carried out twice, on variables that somebody else looks at and on others that may
/// be changed in place; both must come to the same bits.
final class Places {
  private Places() {}

  /// Carries out any operation.
  static Tensor[] call(OpDef op, Attrs attrs, Tensor... in) {
    boolean variables =
        !handles(op).isEmpty()
            && in.length == op.inputs().size()
            && handles(op).stream().allMatch(i -> in[i].dtype() != DType.RESOURCE);
    if (!variables) {
      return op.all(attrs, in);
    }
    Tensor[] before = Arrays.stream(in).map(Places::copy).toArray(Tensor[]::new);
    Tensor[] shared = call(op, attrs, in, false);
    for (int i = 0; i < in.length; i++) {
      same(op, "a snapshot of " + op.inputs().get(i).name() + " changed", before[i], in[i]);
    }
    Tensor[] inPlace = call(op, attrs, in, true);
    for (int i = 0; i < shared.length; i++) {
      same(op, "in place, result " + i + " differs", shared[i], inPlace[i]);
    }
    return shared;
  }

  /// Returns the positions of handles.
  private static List<Integer> handles(OpDef op) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < op.inputs().size(); i++) {
      ArgDef a = op.inputs().get(i);
      if (a.fixed() == DType.RESOURCE) {
        found.add(i);
      }
    }
    return found;
  }

  private static Tensor[] call(OpDef op, Attrs attrs, Tensor[] in, boolean alone) {
    Tensor[] given = in.clone();
    List<Cell> cells = new ArrayList<>();
    for (int i : handles(op)) {
      Cell cell;
      if (alone) {
        cell = new Cell("input" + i, in[i].spec());
        cell.settle(copy(in[i]));
      } else {
        cell = new Cell("input" + i, in[i]);
      }
      cells.add(cell);
      given[i] = cell.handle();
    }
    Tensor[] out = op.all(attrs, given);
    return op.outputs().isEmpty() ? cells.stream().map(Cell::peek).toArray(Tensor[]::new) : out;
  }

  private static Tensor copy(Tensor t) {
    Tensor c = Memory.unscoped(t.spec());
    if (t.dtype() == DType.STRING) {
      System.arraycopy(t.strings(), 0, c.strings(), 0, c.strings().length);
    } else {
      c.segment().copyFrom(t.segment());
    }
    return c;
  }

  private static void same(OpDef op, String what, Tensor a, Tensor b) {
    Array x = Array.of(a);
    Array y = Array.of(b);
    if (!Arrays.equals(x.data(), y.data()) || !Arrays.deepEquals(x.strings(), y.strings())) {
      throw new AssertionError(op + ": " + what + ": " + x + " and " + y);
    }
  }
}
