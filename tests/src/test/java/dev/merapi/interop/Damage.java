package dev.merapi.interop;

import com.google.protobuf.ByteString;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.formats.proto.FunctionDef;
import dev.merapi.formats.proto.GraphDef;
import dev.merapi.formats.proto.NodeDef;
import dev.merapi.formats.proto.TensorShapeProto;
import java.util.ArrayList;
import java.util.List;
import kotlin.random.Random;

/// Damages graphs: well-formed messages whose content does not hold together.
public final class Damage {
  private final Random random;

  public Damage(Random random) {
    this.random = random;
  }

  /// Returns `g` with one or two nodes changed, of functions too.
  public GraphDef of(GraphDef g) {
    GraphDef.Builder b = g.toBuilder();
    int n = 1 + random.nextInt(2);
    for (int i = 0; i < n; i++) {
      int functions = b.getLibrary().getFunctionCount();
      if (functions > 0 && random.nextBoolean()) {
        FunctionDef.Builder f = b.getLibraryBuilder().getFunctionBuilder(random.nextInt(functions));
        if (f.getNodeDefCount() > 0) {
          List<NodeDef> all = List.copyOf(f.getNodeDefList());
          change(f.getNodeDefBuilder(random.nextInt(all.size())), all);
        }
      } else {
        List<NodeDef> all = List.copyOf(b.getNodeList());
        change(b.getNodeBuilder(random.nextInt(all.size())), all);
      }
    }
    return b.build();
  }

  private void change(NodeDef.Builder n, List<NodeDef> all) {
    NodeDef other = all.get(random.nextInt(all.size()));
    List<String> keys = new ArrayList<>(n.getAttrMap().keySet());
    List<String> inputs = new ArrayList<>(n.getInputList());
    switch (random.nextInt(8)) {
      case 0 -> {
        if (!inputs.isEmpty()) {
          inputs.remove(random.nextInt(inputs.size()));
          n.clearInput().addAllInput(inputs);
        }
      }
      case 1 -> {
        if (!inputs.isEmpty()) {
          String name =
              (random.nextInt(5) == 0 ? "^" : "")
                  + other.getName()
                  + (random.nextInt(3) == 0 ? ":" + (random.nextInt(5) - 1) : "");
          n.setInput(random.nextInt(inputs.size()), name);
        }
      }
      case 2 -> n.addInput(other.getName());
      case 3 -> n.setOp(other.getOp());
      case 4 -> n.setName(other.getName());
      case 5 -> {
        if (!keys.isEmpty()) {
          n.removeAttr(keys.get(random.nextInt(keys.size())));
        }
      }
      case 6 -> {
        List<AttrValue> values = new ArrayList<>(other.getAttrMap().values());
        if (!keys.isEmpty() && !values.isEmpty()) {
          n.putAttr(
              keys.get(random.nextInt(keys.size())), values.get(random.nextInt(values.size())));
        }
      }
      default -> {
        if (!keys.isEmpty()) {
          String key = keys.get(random.nextInt(keys.size()));
          n.putAttr(key, changed(n.getAttrOrThrow(key)));
        }
      }
    }
  }

  private AttrValue changed(AttrValue v) {
    AttrValue.Builder b = v.toBuilder();
    switch (v.getValueCase()) {
      case I -> b.setI(random.nextBoolean() ? random.nextLong() : random.nextInt(9) - 4);
      case TYPE -> b.setTypeValue(random.nextInt(130));
      case B -> b.setB(!v.getB());
      case S -> b.setS(ByteString.copyFromUtf8("VALID"));
      case SHAPE -> b.setShape(TensorShapeProto.newBuilder().addDim(axis()));
      case TENSOR -> {
        if (random.nextBoolean()) {
          b.getTensorBuilder().setDtypeValue(random.nextInt(30));
        } else {
          b.getTensorBuilder().getTensorShapeBuilder().addDim(axis());
        }
      }
      default -> b.setPlaceholder("T");
    }
    return b.build();
  }

  private TensorShapeProto.Dim axis() {
    long size = random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(7) - 2;
    return TensorShapeProto.Dim.newBuilder().setSize(size).build();
  }
}
