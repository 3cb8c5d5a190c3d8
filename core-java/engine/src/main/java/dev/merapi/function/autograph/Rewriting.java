package dev.merapi.function.autograph;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts before the body of each method that may branch on a tensor:
///
/// ```text
/// if (Conversion.isOn()) return invokedynamic link(this?, arguments…);
/// ```
///
/// It adds no method and no field, so that classes already loaded can be retransformed.
public final class Rewriting {
  private static final ClassDesc CONVERSION = ClassDesc.of(Conversion.class.getName());
  private static final String ANNOTATION = "Ldev/merapi/GraphFunction;";
  private static final DirectMethodHandleDesc LINK =
      ConstantDescs.ofCallsiteBootstrap(
          CONVERSION, "link", ConstantDescs.CD_CallSite, ConstantDescs.CD_String);

  private Rewriting() {}

  /// Returns the changed class file, or null when no method of it branches on tensors.
  ///
  /// `original` is the class before any change: it is what will be interpreted.
  public static byte @Nullable [] apply(ClassModel model, byte[] original, ClassLoader loader) {
    if (model.majorVersion() < ClassFile.JAVA_7_VERSION) {
      // Class files of Java 6 and older have no invokedynamic.
      return null;
    }
    Set<String> converted = new HashSet<>();
    Set<String> direct = new HashSet<>();
    for (MethodModel m : model.methods()) {
      if (branches(m) && !isExcused(m)) {
        converted.add(key(m));
        if (!isAnnotated(m)) {
          direct.add(key(m));
        }
      }
    }
    if (converted.isEmpty()) {
      return null;
    }
    Sources.keep(loader, model.thisClass().asInternalName(), original, direct);
    ClassDesc self = model.thisClass().asSymbol();
    // Stack maps are handed through: computing them would take the hierarchy of every class that
    // the
    // bodies name.
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .transformClass(
            model,
            (b, e) -> {
              if (e instanceof MethodModel m && converted.contains(key(m))) {
                b.transformMethod(
                    m,
                    MethodTransform.transformingCode(
                        CodeTransform.ofStateful(() -> new Prologue(m, self))));
              } else {
                b.with(e);
              }
            });
  }

  private static String key(MethodModel m) {
    return m.methodName().stringValue() + m.methodType().stringValue();
  }

  /// Tells whether a method may come to a condition on a tensor, or hand one on.
  private static boolean branches(MethodModel m) {
    String name = m.methodName().stringValue();
    if (m.code().isEmpty() || name.startsWith("<") || m.flags().has(AccessFlag.BRIDGE)) {
      return false;
    }
    boolean decides = false;
    boolean jumps = false;
    boolean site = false;
    for (CodeElement e : m.code().get()) {
      switch (e) {
        // The interpreter cannot hold monitors.
        case MonitorInstruction x -> {
          return false;
        }
        case InvokeInstruction v when v.owner().asSymbol().equals(CONVERSION) -> {
          // Converted already, by whoever loads the class.
          return false;
        }
        case InvokeInstruction v -> {
          site |= Conditions.isSite(v) || Conditions.isRows(v);
          decides |= Conditions.mayTell(v) || v.type().stringValue().endsWith(")Z") && isProgram(v);
        }
        case BranchInstruction b ->
            jumps |= b.opcode() != Opcode.GOTO && b.opcode() != Opcode.GOTO_W;
        case TableSwitchInstruction t -> jumps = true;
        case LookupSwitchInstruction t -> jumps = true;
        default -> {}
      }
    }
    // One that takes a truth value may be given one that a tensor decides.
    boolean takes = m.methodTypeSymbol().parameterList().contains(ConstantDescs.CD_boolean);
    return site || decides || takes && jumps;
  }

  private static boolean isProgram(InvokeInstruction v) {
    String o = v.owner().asInternalName();
    return !o.startsWith("java/") && !o.startsWith("kotlin/") && !o.startsWith("[");
  }

  private static boolean isAnnotated(MethodModel m) {
    return m.findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(a -> a.annotations().stream().anyMatch(x -> x.className().equalsString(ANNOTATION)))
        .orElse(false);
  }

  /// Tells whether the annotation says `autograph = false`.
  private static boolean isExcused(MethodModel m) {
    return m.findAttribute(Attributes.runtimeVisibleAnnotations())
        .map(a ->
            a.annotations().stream()
                .filter(x -> x.className().equalsString(ANNOTATION))
                .flatMap(x -> x.elements().stream())
                .anyMatch(e ->
                    e.name().equalsString("autograph")
                        && e.value() instanceof java.lang.classfile.AnnotationValue.OfBoolean v
                        && !v.booleanValue()))
        .orElse(false);
  }

  /// The change to one method. The body and its stack map stay as they are, behind the prologue.
  private static final class Prologue implements CodeTransform {
    private final MethodModel method;
    private final ClassDesc self;
    private final List<StackMapFrameInfo> frames = new ArrayList<>();

    Prologue(MethodModel method, ClassDesc self) {
      this.method = method;
      this.self = self;
    }

    @Override
    public void atStart(CodeBuilder c) {
      // The prologue shows up in stack traces as the method's first line.
      for (CodeElement e : method.code().orElseThrow()) {
        if (e instanceof LineNumber line) {
          c.with(line);
          break;
        }
      }
      MethodTypeDesc type = method.methodTypeSymbol();
      MethodTypeDesc site = type;
      Label body = c.newLabel();
      c.invokestatic(CONVERSION, "isOn", MethodTypeDesc.of(ConstantDescs.CD_boolean)).ifeq(body);
      List<VerificationTypeInfo> locals = new ArrayList<>();
      int slot = 0;
      if (!method.flags().has(AccessFlag.STATIC)) {
        site = site.insertParameterTypes(0, self);
        locals.add(ObjectVerificationTypeInfo.of(self));
        c.aload(slot++);
      }
      for (ClassDesc p : type.parameterList()) {
        TypeKind k = TypeKind.from(p);
        locals.add(verified(k, p));
        c.loadLocal(k, slot);
        slot += k.slotSize();
      }
      c.invokedynamic(
          DynamicCallSiteDesc.of(
              LINK, method.methodName().stringValue(), site, method.methodType().stringValue()));
      c.return_(TypeKind.from(type.returnType())).labelBinding(body);
      frames.add(StackMapFrameInfo.of(body, locals, List.of()));
      // The body may begin with a frame of its own, and no two can be at one place.
      c.nop();
    }

    private static VerificationTypeInfo verified(TypeKind k, ClassDesc p) {
      return switch (k.asLoadable()) {
        case INT -> SimpleVerificationTypeInfo.INTEGER;
        case LONG -> SimpleVerificationTypeInfo.LONG;
        case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
        case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
        default -> ObjectVerificationTypeInfo.of(p);
      };
    }

    @Override
    public void accept(CodeBuilder c, CodeElement e) {
      // Parameters keep their names from the very beginning.
      if (e instanceof LocalVariable v && bodyBegins(v.startScope())) {
        c.localVariable(v.slot(), v.name(), v.type(), c.startLabel(), v.endScope());
      } else if (e instanceof LocalVariableType v && bodyBegins(v.startScope())) {
        // The JVM refuses a class whose two tables of local variables differ.
        c.localVariableType(v.slot(), v.name(), v.signature(), c.startLabel(), v.endScope());
      } else {
        c.with(e);
      }
    }

    private boolean bodyBegins(Label scope) {
      return ((CodeAttribute) method.code().orElseThrow()).labelToBci(scope) == 0;
    }

    @Override
    public void atEnd(CodeBuilder c) {
      method
          .code()
          .orElseThrow()
          .findAttribute(Attributes.stackMapTable())
          .ifPresent(t -> frames.addAll(t.entries()));
      c.with(StackMapTableAttribute.of(frames));
    }
  }
}
