package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.family.TextOps.HOST;

import dev.merapi.kernel.cpu.TableCpu;
import dev.merapi.memory.LookupTable;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Tables from keys to values, filled once: vocabularies. Neighbours: StateOps (variables),
/// TextOps.
public final class TableOps {
  private static final Types KEYS = Types.of(DType.STRING, DType.I32, DType.I64);

  private static final Types VALUES =
      Types.of(DType.STRING, DType.BOOL, DType.I32, DType.I64, DType.F32, DType.F64);

  private static final String NO_SLOPE = "found or not found: no slope";
  private static final String NO_TABLE = "input 0 is no handle of a table";

  private TableOps() {}

  /// Declares the family.
  public static void load() {}

  /// Returns the table whose handle input 0 is, or null when a graph will only know it when it
  /// runs.
  public static @Nullable LookupTable known(Call c) {
    Tensor h = c.handle(0);
    if (h == null) {
      return null;
    }
    Object[] handles = h.handles();
    if (handles.length != 1 || !(handles[0] instanceof LookupTable t)) {
      throw c.fault(NO_TABLE)
          .expected("what HashTableV2 returns")
          .fix("make a table first")
          .typeError();
    }
    return t;
  }

  private static void typed(Call c, @Nullable LookupTable t, DType key, DType value) {
    if (t != null && (t.keyType() != key || t.valueType() != value)) {
      throw c.fault("table '" + t.name() + "' has other types")
          .given(key + " to " + value)
          .expected(t.keyType() + " to " + t.valueType())
          .typeError();
    }
  }

  private static OpBuilder table(String name) {
    return op(name).in("table_handle", DType.RESOURCE).cuda(HOST).noGrad(NO_SLOPE);
  }

  public static final OpDef HASH_TABLE_V2 =
      op("HashTableV2")
          .says(
              "Returns the handle of a table: of the one with the shared name, or of a new one each"
                  + " time when that name is empty.")
          .out("table_handle", DType.RESOURCE)
          .attr("container", "")
          .attr("shared_name", "")
          .attr("use_node_name_sharing", false)
          .type("key_dtype", KEYS)
          .type("value_dtype", VALUES)
          .stateful()
          .infer(c -> c.out(0, DType.RESOURCE, Shape.SCALAR))
          .noGrad("a handle is no number")
          .cpu(TableCpu::handle)
          .cuda("none: handles stay on the host")
          .declare();

  public static final OpDef INITIALIZE_TABLE_V2 =
      table("InitializeTableV2")
          .says("Fills a table with the pairs of two vectors, once.")
          .in("keys", "Tkey")
          .in("values", "Tval")
          .type("Tkey", KEYS)
          .type("Tval", VALUES)
          .stateful()
          .infer(c -> {
            typed(c, known(c), c.dtype(1), c.dtype(2));
            Shape k = c.shape(1);
            if (!Shape.of(-1).accepts(k) || !k.accepts(c.shape(2))) {
              throw c.fault("keys and values must be vectors of one length")
                  .given("keys " + k + ", values " + c.shape(2))
                  .expected("a value for each key")
                  .shapeError();
            }
          })
          .cpu(TableCpu::fill)
          .mustFail(NO_TABLE, Spec.of(DType.RESOURCE), Spec.of(DType.I64, 2), Spec.of(DType.I64, 2))
          .declare();

  public static final OpDef LOOKUP_TABLE_FIND_V2 =
      table("LookupTableFindV2")
          .says("Looks keys up; what the table does not hold gets the default value.")
          .in("keys", "Tin")
          .in("default_value", "Tout")
          .out("values", "Tout")
          .type("Tin", KEYS)
          .type("Tout", VALUES)
          .reads()
          .infer(c -> {
            typed(c, known(c), c.dtype(1), c.dtype(2));
            TextOps.scalar(c, 2, "default_value");
            c.out(0, c.dtype(2), c.shape(1));
          })
          .cpu(TableCpu::find)
          .mustFail(NO_TABLE, Spec.of(DType.RESOURCE), Spec.of(DType.I64, 2), Spec.of(DType.I64))
          .declare();

  public static final OpDef LOOKUP_TABLE_SIZE_V2 =
      table("LookupTableSizeV2")
          .says("Counts the keys of a table.")
          .out("size", DType.I64)
          .reads()
          .infer(c -> {
            known(c);
            c.out(0, DType.I64, Shape.SCALAR);
          })
          .cpu(TableCpu::size)
          .mustFail(NO_TABLE, Spec.of(DType.RESOURCE))
          .declare();

  public static final OpDef LOOKUP_TABLE_EXPORT_V2 =
      table("LookupTableExportV2")
          .says("Returns all keys of a table and their values, in the order in which they came.")
          .out("keys", "Tkeys")
          .out("values", "Tvalues")
          .type("Tkeys", KEYS)
          .type("Tvalues", VALUES)
          .reads()
          .infer(c -> {
            typed(c, known(c), c.type("Tkeys"), c.type("Tvalues"));
            c.out(0, c.type("Tkeys"), Shape.of(-1));
            c.out(1, c.type("Tvalues"), Shape.of(-1));
          })
          .cpu(TableCpu::export)
          .declare();
}
