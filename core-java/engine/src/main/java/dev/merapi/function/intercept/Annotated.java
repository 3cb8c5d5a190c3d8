package dev.merapi.function.intercept;

import dev.merapi.say.Message;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A method that carries `@GraphFunction`, as its class file describes it.
record Annotated(MethodModel method, Annotation annotation) {
  static final String DESCRIPTOR = "Ldev/merapi/GraphFunction;";

  /// Returns the annotated methods, without the bridges to which javac copies annotations.
  ///
  /// Kotlin copies them to the static twin of a `@JvmStatic` method and to overloads too. Those are
  /// methods that programs call, so each is a function of its own; in its trace the method behind
  /// it is a call inside a trace.
  static List<Annotated> in(Iterable<MethodModel> methods) {
    List<Annotated> found = new ArrayList<>();
    for (MethodModel m : methods) {
      Optional<Annotation> a =
          m.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
              .flatMap(all -> all.annotations().stream())
              .filter(x -> x.className().equalsString(DESCRIPTOR))
              .findFirst();
      if (a.isPresent() && !m.flags().has(AccessFlag.BRIDGE)) {
        found.add(new Annotated(m, a.get()));
      }
    }
    return found;
  }

  String name() {
    return method.methodName().stringValue();
  }

  MethodTypeDesc type() {
    return method.methodTypeSymbol();
  }

  boolean isStatic() {
    return method.flags().has(AccessFlag.STATIC);
  }

  /// Returns the name for people, for example `demo.Model.step(Tensor)`.
  String label() {
    String owner =
        method.parent().map(c -> c.thisClass().asInternalName().replace('/', '.') + ".").orElse("");
    return type().parameterList().stream()
        .map(ClassDesc::displayName)
        .collect(Collectors.joining(", ", owner + name() + "(", ")"));
  }

  /// Returns the value of the annotation's `name`, or the method's own.
  String givenName() {
    return element("name") instanceof AnnotationValue.OfString s && !s.stringValue().isEmpty()
        ? s.stringValue()
        : name();
  }

  boolean flag(String element, boolean otherwise) {
    return element(element) instanceof AnnotationValue.OfBoolean b ? b.booleanValue() : otherwise;
  }

  List<String> signature() {
    return element("signature") instanceof AnnotationValue.OfArray a
        ? a.values().stream().map(v -> ((AnnotationValue.OfString) v).stringValue()).toList()
        : List.of();
  }

  private @Nullable AnnotationValue element(String name) {
    for (AnnotationElement e : annotation.elements()) {
      if (e.name().equalsString(name)) {
        return e.value();
      }
    }
    return null;
  }

  /// Returns the names of the parameters, `arg0` and so on where the class file does not tell.
  List<String> parameterNames() {
    List<ClassDesc> types = type().parameterList();
    String[] names = new String[types.size()];
    int slot = isStatic() ? 0 : 1;
    int[] slots = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = "arg" + i;
      slots[i] = slot;
      slot += TypeKind.from(types.get(i)).slotSize();
    }
    for (LocalVariableInfo v : locals()) {
      int i = v.startPc() == 0 ? Arrays.binarySearch(slots, v.slot()) : -1;
      if (i >= 0) {
        names[i] = v.name().stringValue();
      }
    }
    return List.of(names);
  }

  private List<LocalVariableInfo> locals() {
    return method
        .code()
        .flatMap(c -> c.findAttribute(Attributes.localVariableTable()))
        .map(a -> a.localVariables())
        .orElse(List.of());
  }

  /// Returns why the annotation is without effect, or null: there is no body here to stand in for.
  @Nullable Message ineffective() {
    if (method.code().isEmpty()) {
      return Message.what("@GraphFunction on " + label() + " has no effect: the method has no body")
          .given(method.flags().has(AccessFlag.NATIVE) ? "a native method" : "an abstract method")
          .fix("annotate the methods that override it");
    }
    if (isInline()) {
      return Message.what(
              "@GraphFunction on " + label() + " has no effect in Kotlin: the function is inline")
          .given("an inline function, whose body is copied to where it is called")
          .fix("take the word 'inline' away, or wrap the call: tf.function { … }");
    }
    return null;
  }

  /// Kotlin marks the body of an inline function by a variable that lives to the method's end.
  private boolean isInline() {
    int end = method.code().map(c -> ((CodeAttribute) c).codeLength()).orElse(0);
    String marker = "$i$f$" + name();
    for (LocalVariableInfo v : locals()) {
      if (v.name().equalsString(marker) && v.startPc() + v.length() == end) {
        return true;
      }
    }
    return false;
  }

  /// Returns why no call of this method can be intercepted, or null.
  @Nullable Message refusal() {
    ClassDesc result = type().returnType();
    if (result.isPrimitive() && !result.equals(ConstantDescs.CD_void)) {
      return Message.what(
              "@GraphFunction: "
                  + label()
                  + " returns "
                  + result.displayName()
                  + ", which no graph holds")
          .given("a method with a primitive result")
          .expected("a Tensor, an object made of tensors, or void")
          .fix(
              "return a Tensor and read it outside, for example with item();"
                  + " or take the annotation away");
    }
    int last = type().parameterCount() - 1;
    if (last >= 0
        && type()
            .parameterType(last)
            .descriptorString()
            .equals("Lkotlin/coroutines/Continuation;")) {
      return Message.what(
              "@GraphFunction: " + label() + " is a suspend function, which cannot be traced")
          .given("a method that may stop in the middle and go on later")
          .expected("a function that runs to its end")
          .fix("move the computation to a function without 'suspend' and annotate that");
    }
    return null;
  }
}
