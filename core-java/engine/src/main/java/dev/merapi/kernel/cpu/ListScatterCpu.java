package dev.merapi.kernel.cpu;

import dev.merapi.memory.Memory;
import dev.merapi.memory.TensorList;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Kernels that put rows of a tensor into lists.
public final class ListScatterCpu {
  private ListScatterCpu() {}

  public static void into(Call c) {
    TensorList l = ListCpu.list(c, 0);
    if (l.dtype() != c.dtype(1)) {
      throw c.fault(
              "Invalid data types; list elements " + l.dtype() + " but tried to use " + c.dtype(1))
          .expected(l.dtype().toString())
          .typeError();
    }
    scatter(c, new ArrayList<>(Arrays.asList(l.elements())), c.in(1), c.in(2), l.elementShape());
  }

  public static void make(Call c) {
    List<@Nullable Tensor> all = new ArrayList<>();
    for (int i = 0; i < c.in(3).intValue(); i++) {
      all.add(null);
    }
    scatter(c, all, c.in(0), c.in(1), ListCpu.shape(c.in(2)));
  }

  private static void scatter(
      Call c, List<@Nullable Tensor> all, Tensor x, Tensor places, Shape element) {
    Shape row = Shape.of(Arrays.copyOfRange(x.shape().rawDims(), 1, x.rank()));
    if (!element.accepts(row)) {
      throw c.fault("rows of shape " + row + " do not fit into a list of elements of " + element)
          .expected("rows of shape " + element)
          .shapeError();
    }
    int[] indices = places.toIntArray();
    for (int i : indices) {
      if (i < 0) {
        throw c.fault("Indices in TensorListScatter must all be non-negative, got " + i)
            .expected("0 or more")
            .valueError();
      }
    }
    List<Tensor> made = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      while (all.size() <= indices[i]) {
        all.add(null);
      }
      Tensor part = row(x, row, i);
      made.add(part);
      all.set(indices[i], part);
    }
    TensorList l = TensorList.of(x.dtype(), element, all);
    for (Tensor t : made) {
      t.storage().release();
    }
    c.give(0, Memory.list(l));
  }

  private static Tensor row(Tensor x, Shape shape, int i) {
    Tensor t = Memory.unscoped(x.spec().withShape(shape));
    int n = Math.toIntExact(shape.size());
    if (x.dtype() == DType.STRING) {
      System.arraycopy(x.strings(), i * n, t.strings(), 0, n);
    } else {
      long bytes = t.spec().bytes();
      MemorySegment.copy(x.segment(), i * bytes, t.segment(), 0, bytes);
    }
    return t;
  }
}
