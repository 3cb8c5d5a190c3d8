package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;

import dev.merapi.kernel.cpu.StateCpu;
import dev.merapi.memory.Cell;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;

/// Variables as operations see them: a handle goes in, the value in its place is read or changed.
/// Neighbours: StateRowOps (parts of variables), StateStepOps (steps of optimizers).
public final class StateOps {
  static final String NO_SLOPE = "an assignment has no gradient: what was there before is gone";

  /// What the refusals of all these operations begin with.
  static final String NO_HANDLE = "input 0 is no handle of a variable";

  private StateOps() {}

  /// Declares the family.
  public static void load() {}

  /// Returns type and shape of the values of the variable at input `i`, as far as they are known;
  /// its type must be `dtype`.
  static Spec held(Call c, int i, DType dtype) {
    Cell cell = c.knownCell(i);
    if (cell == null) {
      return new Spec(dtype, Shape.UNKNOWN);
    }
    Spec s = cell.spec();
    if (s.dtype() != dtype) {
      throw c.fault(
              "variable '"
                  + cell.name()
                  + "' has another type. Expected "
                  + s.dtype()
                  + " got "
                  + dtype)
          .expected(s.dtype().toString())
          .fix("convert with tf.cast(x, tf." + s.dtype() + ")")
          .typeError();
    }
    return s;
  }

  /// Returns the type that the attribute `dtype` names or, when it is left out, the variable's own.
  static DType dtype(Call c) {
    if (c.attrs.get("dtype") == null) {
      Cell cell = c.knownCell(0);
      if (cell != null) {
        return cell.spec().dtype();
      }
    }
    return c.type("dtype");
  }

  public static final OpDef VAR_HANDLE_OP =
      op("VarHandleOp")
          .says(
              "Returns the handle of a variable: of the one with the shared name, or of a new one"
                  + " each time when that name is empty.")
          .out("resource", DType.RESOURCE)
          .attr("container", "")
          .attr("shared_name", "")
          .attr("debug_name", "")
          .type("dtype", ALL)
          .attr("shape", AttrDef.Kind.SHAPE)
          .attr("allowed_devices", new String[0])
          .stateful()
          .infer(c -> c.out(0, DType.RESOURCE, Shape.SCALAR))
          .noGrad("a handle is no number")
          .cpu(StateCpu::handle)
          .cuda("none: handles stay on the host")
          .declare();

  public static final OpDef READ_VARIABLE_OP =
      op("ReadVariableOp")
          .says("Returns the value of a variable; later changes do not show in it.")
          .in("resource", DType.RESOURCE)
          .out("value", "dtype")
          .type("dtype", ALL)
          .reads()
          .infer(c -> c.out(0, held(c, 0, dtype(c))))
          .grad(keep(), (g, dy) -> g.to("resource", dy))
          .cpu(StateCpu::read)
          .cuda("none: the value is handed on as it is")
          .mustFail(NO_HANDLE, Spec.of(DType.RESOURCE))
          .declare();

  private static OpBuilder change(String name, Types types) {
    return op(name)
        .in("resource", DType.RESOURCE)
        .in("value", "dtype")
        .type("dtype", types)
        .stateful()
        .noGrad(NO_SLOPE)
        .mustFail(NO_HANDLE, Spec.of(DType.RESOURCE), Spec.of(DType.F32));
  }

  public static final OpDef ASSIGN_VARIABLE_OP =
      change("AssignVariableOp", ALL)
          .says("Puts another value in the place of a variable's.")
          .attr("validate_shape", false)
          .infer(c -> {
            Spec v = held(c, 0, c.dtype(1));
            if (!v.shape().accepts(c.shape(1))) {
              throw c.fault(
                      "Trying to assign to variable with tensor with wrong shape. Expected "
                          + v.shape().brackets()
                          + " got "
                          + c.shape(1).brackets())
                  .expected("a value of shape " + v.shape())
                  .fix("reshape the value, or make a new variable")
                  .shapeError();
            }
          })
          .cpu(StateCpu::assign)
          .cuda("none: the value is taken over as it is")
          .declare();

  private static OpDef sum(String name, String says, Kernel kernel) {
    return change(name, NUMBERS)
        .says(says)
        .infer(c -> {
          Spec v = held(c, 0, c.dtype(1));
          if (!v.shape().accepts(c.shape(1))) {
            throw c.fault(
                    "Cannot update variable with shape "
                        + v.shape().brackets()
                        + " using a Tensor with shape "
                        + c.shape(1).brackets()
                        + ", shapes must be equal.")
                .expected("a value of shape " + v.shape())
                .shapeError();
          }
        })
        .cpu(kernel)
        .cuda("binary")
        .declare();
  }

  public static final OpDef ASSIGN_ADD_VARIABLE_OP =
      sum(
          "AssignAddVariableOp",
          "Adds to a variable, at once even when several threads do so.",
          StateCpu::add);

  public static final OpDef ASSIGN_SUB_VARIABLE_OP =
      sum(
          "AssignSubVariableOp",
          "Subtracts from a variable, at once even when several threads do so.",
          StateCpu::subtract);

  public static final OpDef VAR_IS_INITIALIZED_OP =
      op("VarIsInitializedOp")
          .says("Tells whether a variable holds a value.")
          .in("resource", DType.RESOURCE)
          .out("is_initialized", DType.BOOL)
          .reads()
          .infer(c -> {
            c.knownCell(0);
            c.out(0, DType.BOOL, Shape.SCALAR);
          })
          .noGrad("a truth value has no gradient")
          .cpu(StateCpu::isInitialized)
          .cuda("none: asked on the host")
          .mustFail(NO_HANDLE, Spec.of(DType.RESOURCE))
          .declare();

  public static final OpDef DESTROY_RESOURCE_OP =
      op("DestroyResourceOp")
          .says("Takes a variable's value away and frees its shared name.")
          .in("resource", DType.RESOURCE)
          .attr("ignore_lookup_error", true)
          .stateful()
          .infer(c -> c.knownCell(0))
          .noGrad("nothing comes out")
          .cpu(StateCpu::destroy)
          .cuda("none: done on the host")
          .mustFail(NO_HANDLE, Spec.of(DType.RESOURCE))
          .declare();

  public static final OpDef VARIABLE_SHAPE =
      op("VariableShape")
          .says("Returns the shape of a variable's value.")
          .in("input", DType.RESOURCE)
          .out("output", "out_type")
          .type("out_type", INDICES, DType.I32)
          .reads()
          .infer(c -> {
            Cell cell = c.knownCell(0);
            int rank =
                cell != null && cell.spec().shape().isRankKnown()
                    ? cell.spec().shape().rank()
                    : Shape.UNKNOWN_SIZE;
            c.out(0, c.type("out_type"), Shape.of(rank));
          })
          .noGrad("a shape is a whole number")
          .cpu(StateCpu::shape)
          .cuda("none: shapes stay on the host")
          .mustFail(NO_HANDLE, Spec.of(DType.RESOURCE))
          .declare();
}
