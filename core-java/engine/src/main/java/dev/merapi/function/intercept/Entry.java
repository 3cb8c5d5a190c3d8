package dev.merapi.function.intercept;

import org.jspecify.annotations.Nullable;

/// What the prologue of an annotated method calls: the function that stands in for its body.
///
/// There is one entry for each method, whatever the number of receivers and threads. Arguments are
/// the method's, its receiver first; primitives come boxed.
public interface Entry {
  /// The answer "run the body as it is written".
  Object PASS =
      new Object() {
        @Override
        public String toString() {
          return "PASS";
        }
      };

  /// Returns the method's result (null for `void`), or [#PASS].
  ///
  /// What it throws, the caller of the method sees.
  @Nullable Object enter(@Nullable Object[] arguments) throws Throwable;

  default @Nullable Object enter0() throws Throwable {
    return enter(new Object[0]);
  }

  /// Does what [#enter(Object[])] does; this and the following ones need no array.
  default @Nullable Object enter1(@Nullable Object a) throws Throwable {
    return enter(new @Nullable Object[] {a});
  }

  default @Nullable Object enter2(@Nullable Object a, @Nullable Object b) throws Throwable {
    return enter(new @Nullable Object[] {a, b});
  }

  default @Nullable Object enter3(@Nullable Object a, @Nullable Object b, @Nullable Object c)
      throws Throwable {
    return enter(new @Nullable Object[] {a, b, c});
  }

  default @Nullable Object enter4(
      @Nullable Object a, @Nullable Object b, @Nullable Object c, @Nullable Object d)
      throws Throwable {
    return enter(new @Nullable Object[] {a, b, c, d});
  }
}
