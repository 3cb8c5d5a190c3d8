package dev.merapi.function.intercept;

import dev.merapi.say.Message;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Puts before the body of each annotated method:
///
/// ```text
/// Object answer = invokedynamic enter(this?, arguments…);
/// if (answer != Entry.PASS) return (Result) answer;
/// ```
///
/// It adds no method and no field, so that classes already loaded can be retransformed. The body
/// and its stack map stay as they are, moved behind the prologue, so that nothing need be known
/// about the classes that the body names.
final class Prologue implements Stage {
  private static final byte[] ANNOTATION = ClassBytes.text(Annotated.DESCRIPTOR);
  private static final ClassDesc CALL_SITES = CallSites.class.describeConstable().orElseThrow();
  private static final ClassDesc ENTRY = Entry.class.describeConstable().orElseThrow();
  private static final DirectMethodHandleDesc BOOTSTRAP =
      ConstantDescs.ofCallsiteBootstrap(
          CALL_SITES,
          "bootstrap",
          ConstantDescs.CD_CallSite,
          ConstantDescs.CD_MethodHandle,
          ConstantDescs.CD_String,
          ConstantDescs.CD_String,
          ConstantDescs.CD_int,
          ConstantDescs.CD_String.arrayType());
  private static final MethodTypeDesc REFUSE =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_String,
          ConstantDescs.CD_String,
          ConstantDescs.CD_String,
          ConstantDescs.CD_String);

  @Override
  public boolean concerns(String name, byte[] file, int length) {
    return ClassBytes.mentions(file, length, ANNOTATION);
  }

  @Override
  public byte @Nullable [] apply(
      ClassModel model, byte[] file, ClassLoader loader, Report report) {
    Map<MethodModel, Annotated> targets = new HashMap<>();
    for (Annotated a : Annotated.in(model.methods())) {
      Message ineffective = a.ineffective();
      if (ineffective != null) {
        report.warn(ineffective, null);
      }
      if (a.method().code().isPresent()) {
        targets.put(a.method(), a);
      }
    }
    if (targets.isEmpty()) {
      return null;
    }
    if (model.majorVersion() < ClassFile.JAVA_7_VERSION) {
      throw new IllegalStateException(
          "the class is in the form of Java 6 or older, which has no invokedynamic");
    }
    // Stack maps are not computed (that would take the hierarchy of every class the body names) but
    // handed through by the transform below.
    return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
        .transformClass(
            model,
            (builder, element) -> {
              Annotated target = element instanceof MethodModel m ? targets.get(m) : null;
              if (target == null) {
                builder.with(element);
              } else {
                builder.transformMethod(
                    target.method(),
                    MethodTransform.transformingCode(
                        CodeTransform.ofStateful(() -> new Insertion(target))));
              }
            });
  }

  /// The change to one method.
  private static final class Insertion implements CodeTransform {
    private final Annotated target;
    private final CodeModel code;
    private final List<StackMapFrameInfo> frames = new ArrayList<>();

    Insertion(Annotated target) {
      this.target = target;
      this.code = target.method().code().orElseThrow();
    }

    @Override
    public void atStart(CodeBuilder b) {
      // With a line number of its own the prologue does not show up in stack traces as an unknown
      // place.
      for (CodeElement e : code) {
        if (e instanceof LineNumber line) {
          b.with(line);
          break;
        }
      }
      Message refusal = target.refusal();
      if (refusal == null) {
        enter(b);
      } else {
        b.loadConstant(refusal.what())
            .loadConstant(refusal.given())
            .loadConstant(refusal.expected())
            .loadConstant(refusal.fix())
            .invokestatic(CALL_SITES, "refuse", REFUSE);
      }
    }

    private void enter(CodeBuilder b) {
      ClassDesc owner = owner();
      MethodTypeDesc type = target.type();
      MethodTypeDesc enter = type.changeReturnType(ConstantDescs.CD_Object);
      int slot = 0;
      if (!target.isStatic()) {
        enter = enter.insertParameterTypes(0, owner);
        b.aload(slot++);
      }
      for (ClassDesc p : type.parameterList()) {
        TypeKind kind = TypeKind.from(p);
        b.loadLocal(kind, slot);
        slot += kind.slotSize();
      }
      Label body = b.newLabel();
      b.invokedynamic(
              DynamicCallSiteDesc.of(BOOTSTRAP, target.name(), enter, bootstrapArguments(owner)))
          .dup()
          .getstatic(ENTRY, "PASS", ConstantDescs.CD_Object)
          .if_acmpeq(body);
      if (type.returnType().equals(ConstantDescs.CD_void)) {
        b.pop().return_();
      } else {
        b.checkcast(type.returnType()).areturn();
      }
      b.labelBinding(body);
      frames.add(
          StackMapFrameInfo.of(
              body, locals(), List.of(ObjectVerificationTypeInfo.of(ConstantDescs.CD_Object))));
      b.pop();
    }

    private ClassDesc owner() {
      return target.method().parent().orElseThrow().thisClass().asSymbol();
    }

    private ConstantDesc[] bootstrapArguments(ClassDesc owner) {
      boolean inInterface =
          target.method().parent().orElseThrow().flags().has(AccessFlag.INTERFACE);
      DirectMethodHandleDesc.Kind kind;
      if (target.isStatic()) {
        kind =
            inInterface
                ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC
                : DirectMethodHandleDesc.Kind.STATIC;
      } else {
        // Special, not virtual: a class's own method is meant, whatever overrides it.
        kind =
            inInterface
                ? DirectMethodHandleDesc.Kind.INTERFACE_SPECIAL
                : DirectMethodHandleDesc.Kind.SPECIAL;
      }
      List<ConstantDesc> arguments = new ArrayList<>();
      arguments.add(MethodHandleDesc.ofMethod(kind, owner, target.name(), target.type()));
      arguments.add(target.givenName());
      arguments.add(String.join(CallSites.SEPARATOR, target.parameterNames()));
      arguments.add(
          (target.isStatic() ? 0 : CallSites.RECEIVER)
              | (target.flag("reduceRetracing", false) ? CallSites.REDUCE_RETRACING : 0)
              | (target.flag("autograph", true) ? CallSites.AUTOGRAPH : 0));
      arguments.addAll(target.signature());
      return arguments.toArray(ConstantDesc[]::new);
    }

    /// What the local variables hold when the method starts.
    private List<VerificationTypeInfo> locals() {
      List<VerificationTypeInfo> locals = new ArrayList<>();
      if (!target.isStatic()) {
        locals.add(ObjectVerificationTypeInfo.of(owner()));
      }
      for (ClassDesc p : target.type().parameterList()) {
        locals.add(
            switch (TypeKind.from(p).asLoadable()) {
              case INT -> SimpleVerificationTypeInfo.INTEGER;
              case LONG -> SimpleVerificationTypeInfo.LONG;
              case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
              case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
              default -> ObjectVerificationTypeInfo.of(p);
            });
      }
      return locals;
    }

    @Override
    public void accept(CodeBuilder b, CodeElement e) {
      b.with(e);
    }

    @Override
    public void atEnd(CodeBuilder b) {
      code.findAttribute(Attributes.stackMapTable()).ifPresent(t -> frames.addAll(t.entries()));
      if (!frames.isEmpty()) {
        b.with(StackMapTableAttribute.of(frames));
      }
    }
  }
}
