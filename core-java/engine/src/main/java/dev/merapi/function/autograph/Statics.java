package dev.merapi.function.autograph;

import dev.merapi.say.Where;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the static fields, of the program's own classes, that a method names.
final class Statics {
  private Statics() {}

  /// Returns their image, or null when there are none.
  static @Nullable Image of(Code code) throws ReflectiveOperationException {
    Fields f = (Fields) code.statics;
    if (f == null) {
      f = find(code);
      code.statics = f;
    }
    return f.names.isEmpty() ? null : new Image.Statics(f.names, f.handles);
  }

  private record Fields(List<String> names, List<VarHandle> handles) {}

  private static Fields find(Code code) throws ReflectiveOperationException {
    Fields all = new Fields(new ArrayList<>(), new ArrayList<>());
    Set<String> seen = new HashSet<>();
    MethodHandles.Lookup l = code.lookup();
    for (Instruction i : code.instructions) {
      if (!(i instanceof FieldInstruction f)
          || f.opcode() != Opcode.GETSTATIC && f.opcode() != Opcode.PUTSTATIC) {
        continue;
      }
      String owner = f.owner().asInternalName().replace('/', '.');
      String name = owner.substring(owner.lastIndexOf('.') + 1) + "." + f.name().stringValue();
      boolean internal = f.name().stringValue().startsWith("$");
      if (!internal && !Where.isOurs(owner) && !owner.startsWith("javax.") && seen.add(owner + name)) {
        Class<?> c = (Class<?>) f.owner().asSymbol().resolveConstantDesc(l);
        Class<?> type = (Class<?>) f.typeSymbol().resolveConstantDesc(l);
        all.names.add(name);
        all.handles.add(l.findStaticVarHandle(c, f.name().stringValue(), type));
      }
    }
    return all;
  }
}
