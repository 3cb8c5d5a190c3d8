package dev.merapi.function.intercept;

import java.lang.invoke.MethodHandle;
import java.util.List;

/// What an annotated method says about itself.
///
/// - `owner`, `method`: the class and the method's name in it.
/// - `name`: the annotation's, or the method's where that is empty.
/// - `parameterNames`: without the receiver; `arg0`, `arg1`, … where the class file has none.
/// - `body`: runs the method's body as it is written, past the prologue; takes the receiver first.
///   Calls of the method from inside the body are intercepted as any other.
/// - `hasReceiver`: whether the first argument is `this`. (A Kotlin extension's receiver is an
///   ordinary parameter.)
/// - `reduceRetracing`, `autograph`, `signature`: as in the annotation.
public record Declaration(
    Class<?> owner,
    String method,
    String name,
    List<String> parameterNames,
    MethodHandle body,
    boolean hasReceiver,
    boolean reduceRetracing,
    boolean autograph,
    List<String> signature) {}
