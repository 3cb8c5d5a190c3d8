package dev.merapi.function.intercept;

import dev.merapi.function.Function;
import dev.merapi.say.GraphFunctionError;
import dev.merapi.say.Message;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/// Links prologues to entries. What is public here is called by the bytecode of annotated methods.
public final class CallSites {
  static final int RECEIVER = 1;
  static final int REDUCE_RETRACING = 2;
  static final int AUTOGRAPH = 4;

  /// Stands between names: the one printable character that no name in a class file holds.
  static final String SEPARATOR = ";";

  private static volatile EntryMaker maker = Function::of;

  /// Passages by method and descriptor. They hang on the class itself, so they go when it goes, and
  /// a class that is transformed anew keeps those it has.
  private static final ClassValue<Map<String, Passage>> PASSAGES =
      new ClassValue<>() {
        @Override
        protected Map<String, Passage> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };

  private CallSites() {}

  /// Replaces what makes entries by something that may ask the present maker; methods that were
  /// called already keep their entries.
  public static synchronized void makers(UnaryOperator<EntryMaker> change) {
    maker = change.apply(maker);
  }

  /// Links one prologue: `type` is (receiver and arguments) → Object.
  public static CallSite bootstrap(
      MethodHandles.Lookup lookup,
      String method,
      MethodType type,
      MethodHandle body,
      String name,
      String parameterNames,
      int flags,
      String... signature) {
    Passage passage =
        PASSAGES
            .get(lookup.lookupClass())
            .computeIfAbsent(
                method + type.toMethodDescriptorString(),
                key -> {
                  Gate gate = new Gate();
                  return new Passage(
                      gate,
                      maker.make(
                          new Declaration(
                              lookup.lookupClass(),
                              method,
                              name,
                              parameterNames.isEmpty()
                                  ? List.of()
                                  : List.of(parameterNames.split(SEPARATOR)),
                              gate.through(body.asFixedArity()),
                              (flags & RECEIVER) != 0,
                              (flags & REDUCE_RETRACING) != 0,
                              (flags & AUTOGRAPH) != 0,
                              List.of(signature))));
                });
    return new ConstantCallSite(passage.handle(type));
  }

  /// Fails: always, with `GraphFunctionError`. Called by methods whose annotation cannot be
  /// honoured.
  public static void refuse(String what, String given, String expected, String fix) {
    throw new GraphFunctionError(Message.what(what).given(given).expected(expected).fix(fix));
  }
}
