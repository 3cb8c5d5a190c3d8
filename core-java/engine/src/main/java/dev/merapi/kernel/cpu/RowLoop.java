package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Fusion;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Several functions of rows of equal length, computed in one pass: the gates of a recurrent cell.
///
/// A use of it places every input and every output, and then runs; an output may lie over an input.
final class RowLoop {
  private final FusedCode code;
  private final int inputs;
  private final int bytes;

  private RowLoop(FusedCode code, int inputs, DType type) {
    this.code = code;
    this.inputs = inputs;
    this.bytes = type.bytes();
  }

  /// Starts a description; inputs have the numbers from 0 to `inputs - 1`.
  static Builder of(DType type, int inputs) {
    return new Builder(type, inputs);
  }

  /// Collects functions, each of inputs and of the results of earlier ones.
  static final class Builder {
    private final DType type;
    private final int inputs;
    private final List<Fusion.Node> nodes = new ArrayList<>();

    private Builder(DType type, int inputs) {
      this.type = type;
      this.inputs = inputs;
    }

    /// Adds a function of the values with the given numbers; returns the number of its result.
    int apply(Expr meaning, int... args) {
      nodes.add(new Fusion.Node(meaning, type, Arrays.stream(args).boxed().toList()));
      return inputs + nodes.size() - 1;
    }

    /// Ends the description: these values are written.
    RowLoop writes(int... values) {
      List<DType> types = Collections.nCopies(inputs, type);
      List<Integer> out = Arrays.stream(values).boxed().toList();
      FusedCode.Key key = new FusedCode.Key(types, 0, List.copyOf(nodes), out);
      return new RowLoop(FusedCode.of(key), inputs, type);
    }
  }

  /// Gets ready for about `n` elements on the running thread, until the next use of any loop there.
  Use use(long n) {
    StagePlan plan = code.plan(n);
    return new Use(plan, plan.lane(0));
  }

  /// The running thread's view of the loop.
  final class Use {
    private final StagePlan plan;
    private final Lane lane;

    private Use(StagePlan plan, Lane lane) {
      this.plan = plan;
      this.lane = lane;
    }

    /// Places an input by its number; `at` counts elements.
    void in(int i, MemorySegment s, long at) {
      lane.segment[i] = s;
      lane.offset[i] = at * bytes;
    }

    /// Places the `i`-th value that is written.
    void out(int i, MemorySegment s, long at) {
      in(inputs + i, s, at);
    }

    void run(int n) {
      plan.run(lane, n);
    }

    /// Forgets the memory of tensors.
    void end() {
      lane.clear();
    }
  }
}
