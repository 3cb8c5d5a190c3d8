package dev.merapi.formats.graphdef;

import com.google.protobuf.ByteString;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.kernel.Fusion;
import dev.merapi.op.AttrDef;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Attribute values between TensorFlow's messages and the kinds that declarations name.
final class AttrValues {
  private AttrValues() {}

  /// Returns the value in the form that the declaration asks for.
  ///
  /// Fails: `GraphDefError` naming the attribute when the message holds another kind.
  static Object read(AttrDef def, AttrValue v, Place place) {
    return switch (def.kind()) {
      case INT -> {
        need(v, AttrValue.ValueCase.I, def, place);
        yield v.getI();
      }
      case FLOAT -> {
        need(v, AttrValue.ValueCase.F, def, place);
        yield (double) v.getF();
      }
      case BOOL -> {
        need(v, AttrValue.ValueCase.B, def, place);
        yield v.getB();
      }
      case STRING -> {
        need(v, AttrValue.ValueCase.S, def, place);
        yield v.getS().toStringUtf8();
      }
      case TYPE -> {
        need(v, AttrValue.ValueCase.TYPE, def, place);
        yield Shapes.type(v.getTypeValue(), place);
      }
      case SHAPE -> {
        need(v, AttrValue.ValueCase.SHAPE, def, place);
        yield Shapes.read(v.getShape(), place);
      }
      case TENSOR -> {
        need(v, AttrValue.ValueCase.TENSOR, def, place);
        yield TensorProtos.read(v.getTensor(), place);
      }
      case INTS -> ints(list(v, def, place).getIList(), def, place);
      case FLOATS -> floats(list(v, def, place).getFList());
      case STRINGS ->
          list(v, def, place).getSList().stream()
              .map(ByteString::toStringUtf8)
              .toArray(String[]::new);
      case TYPES ->
          list(v, def, place).getTypeValueList().stream()
              .map(t -> Shapes.type(t, place))
              .toArray(DType[]::new);
      case SHAPES ->
          list(v, def, place).getShapeList().stream()
              .map(s -> Shapes.read(s, place))
              .toArray(Shape[]::new);
      case FUNC, FUNCS ->
          throw place.fault(
              "attribute " + def.name() + " names a function where none can be called",
              def.name() + " = " + v.getFunc().getName(),
              "If, While, Case, a call",
              "");
      case FUSION ->
          throw place.fault(
              "attribute " + def.name() + " exists only in graphs that were optimised",
              def.name() + " = " + kindOf(v),
              "operations as TensorFlow declares them",
              "");
    };
  }

  private static void need(AttrValue v, AttrValue.ValueCase kind, AttrDef def, Place place) {
    if (v.getValueCase() != kind) {
      throw wrong(v, def, place);
    }
  }

  private static AttrValue.ListValue list(AttrValue v, AttrDef def, Place place) {
    need(v, AttrValue.ValueCase.LIST, def, place);
    return v.getList();
  }

  private static GraphDefError wrong(AttrValue v, AttrDef def, Place place) {
    return place.fault(
        "attribute " + def.name() + " holds another kind of value than is declared",
        def.name() + " = " + kindOf(v),
        def.kind().toString().toLowerCase(java.util.Locale.ROOT),
        "the graph was written by another version of this operation, or is damaged");
  }

  private static String kindOf(AttrValue v) {
    return v.getValueCase().toString().toLowerCase(java.util.Locale.ROOT);
  }

  private static int[] ints(List<Long> given, AttrDef def, Place place) {
    int[] all = new int[given.size()];
    for (int i = 0; i < all.length; i++) {
      long x = given.get(i);
      if (x != (int) x) {
        throw place.fault(
            "attribute " + def.name() + " holds " + x + ", more than 32 bits",
            def.name() + "[" + i + "] = " + x,
            "numbers up to " + Integer.MAX_VALUE,
            "");
      }
      all[i] = (int) x;
    }
    return all;
  }

  private static float[] floats(List<Float> given) {
    float[] all = new float[given.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = given.get(i);
    }
    return all;
  }

  /// Returns the message for a value of any kind but functions.
  static AttrValue write(Object v) {
    AttrValue.Builder b = AttrValue.newBuilder();
    return switch (v) {
      case Long x -> b.setI(x).build();
      case Double x -> b.setF(x.floatValue()).build();
      case Boolean x -> b.setB(x).build();
      case String x -> b.setS(ByteString.copyFromUtf8(x)).build();
      case DType x -> b.setType(Shapes.type(x)).build();
      case Shape x -> b.setShape(Shapes.write(x)).build();
      case Tensor x -> b.setTensor(TensorProtos.write(x)).build();
      case Fusion x ->
          throw Message.what("an optimised graph cannot be written: its parts have grown together")
              .given(x.toString())
              .expected("a graph as it was traced")
              .typeError();
      default -> b.setList(list(v)).build();
    };
  }

  private static AttrValue.ListValue list(Object v) {
    AttrValue.ListValue.Builder b = AttrValue.ListValue.newBuilder();
    switch (v) {
      case int[] all -> {
        for (int x : all) {
          b.addI(x);
        }
      }
      case float[] all -> {
        for (float x : all) {
          b.addF(x);
        }
      }
      case String[] all -> {
        for (String x : all) {
          b.addS(ByteString.copyFromUtf8(x));
        }
      }
      case DType[] all -> {
        for (DType x : all) {
          b.addType(Shapes.type(x));
        }
      }
      case Shape[] all -> {
        for (Shape x : all) {
          b.addShape(Shapes.write(x));
        }
      }
      default ->
          throw new IllegalStateException(
              "This is a bug in Merapi: no attribute holds a " + v.getClass().getName());
    }
    return b.build();
  }
}
