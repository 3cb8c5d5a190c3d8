package dev.merapi.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.function.intercept.Interception;
import dev.merapi.say.GraphFunctionError;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Annotated methods of Java are intercepted in the JVM that Surefire has started, without anybody
/// asking for it.
class InterceptionTest {
  /// Another one for each test, since toys remember their arguments.
  private final Tensor x = tf.constant(2f);

  @BeforeAll
  static void install() {
    Toys.install();
    tf.constant(1f);
    assertTrue(Interception.installed(), "the first tensor installs");
  }

  /// Calls `f` twice with `x`: the body must run once, and both answers be `expected`.
  private void once(float expected, UnaryOperator<Tensor> f) {
    int before = JavaKinds.bodies;
    Tensor first = f.apply(x);
    assertEquals(expected, first.floatValue());
    assertEquals(before + 1, JavaKinds.bodies, "the body runs to be traced");
    assertSame(first, f.apply(x));
    assertEquals(before + 1, JavaKinds.bodies, "the body does not run again");
  }

  @Test
  void staticMethods() {
    once(3, JavaKinds::publicStatic);
    once(3, JavaKinds::callPrivateStatic);
    once(3, WithDefault::ofInterface);
  }

  @Test
  void membersWithTheirReceivers() {
    JavaKinds a = new JavaKinds(tf.constant(10f));
    JavaKinds b = new JavaKinds(tf.constant(20f));
    once(12, a::member);
    once(22, b::member);
    once(12, a::callPrivateMember);
    once(3, a::synchronizedMember);
    JavaKinds.Pair pair = new JavaKinds.Pair(x, x);
    once(4, ignored -> pair.sum());
    once(3, JavaKinds.Unit.ONE::of);
    assertTrue(Toys.of(JavaKinds.class, "member").declaration.hasReceiver());
    assertFalse(Toys.of(JavaKinds.Unit.class, "of").declaration.parameterNames().isEmpty());
  }

  @Test
  void theMethodOfAClassNotOfItsSubclass() {
    JavaKinds.Sub sub = new JavaKinds.Sub(tf.constant(10f));
    int before = JavaKinds.bodies;
    assertEquals(24, sub.member(x).floatValue());
    assertEquals(24, sub.member(x).floatValue());
    assertEquals(before + 1, JavaKinds.bodies, "super.member is a function, the override is none");
  }

  @Test
  void bridgesDoNotCount() {
    UnaryOperator<Tensor> generic = new JavaKinds(x);
    once(3, generic);
    assertEquals(0, Toys.of(JavaKinds.class, "apply").inlined);
    once(3, JavaKinds.anonymous());
  }

  @Test
  void interfacesWithBodies() {
    WithDefault d = new JavaKinds(x);
    once(3, d::defaultMethod);
    Toys.Toy hidden = Toys.of(WithDefault.class, "hidden");
    assertEquals(0, hidden.calls);
    assertEquals(1, hidden.inlined, "called inside the trace of another method");
  }

  @Test
  void argumentsOfAllTypes() {
    once(6, a -> JavaKinds.three(a, a, a));
    once(8, a -> JavaKinds.four(a, a, a, a));
    once(
        4 + 1 + 2.5f + 1 + 3 + 65 + 4 + 5 + 6,
        a -> JavaKinds.primitives(1L, a, 2.5, true, (byte) 3, 'A', (short) 4, 5, 6f, a));
    assertEquals(
        List.of("a", "x", "b", "c", "d", "e", "f", "g", "h", "y"),
        Toys.of(JavaKinds.class, "primitives").declaration.parameterNames());
    Tensor[] xs = {x, x};
    once(4, ignored -> JavaKinds.variableArguments(xs));
    JavaKinds.TensorHolder holder = new JavaKinds.TensorHolder(x);
    assertSame(holder, JavaKinds.generic(holder));
  }

  @Test
  void noResult() {
    List<Tensor> into = new ArrayList<>();
    JavaKinds.nothing(into, x);
    JavaKinds.nothing(into, x);
    assertEquals(1, into.size(), "the second call is answered without the body");
    assertEquals(3, into.getFirst().floatValue());
  }

  @Test
  void bodiesWithStackMaps() {
    assertEquals(8, JavaKinds.frames(x, 3, true).floatValue());
    assertEquals(5, JavaKinds.frames(x, 3, false).floatValue());
    assertSame(x, JavaKinds.frames(x, 0, false));
    assertEquals(3, Toys.of(JavaKinds.class, "frames").traces);
  }

  @Test
  void exceptionsComeOut() {
    IOException e = assertThrows(IOException.class, () -> JavaKinds.throwing(x));
    assertEquals("from the body", e.getMessage());
    StackTraceElement[] own =
        Arrays.stream(e.getStackTrace())
            .filter(f -> f.getMethodName().equals("throwing"))
            .toArray(StackTraceElement[]::new);
    assertEquals(2, own.length, "the prologue and the body");
    assertTrue(own[1].getLineNumber() > 0, "the prologue has a line: " + own[1]);
  }

  @Test
  void localAndAnonymousClasses() {
    assertEquals(6, JavaKinds.local(x).floatValue());
  }

  @Test
  void onlyTheTraceItselfPasses() {
    assertEquals(5, JavaKinds.recursive(x, 3).floatValue());
    Toys.Toy toy = Toys.of(JavaKinds.class, "recursive");
    assertEquals(1, toy.calls);
    assertEquals(3, toy.inlined, "each inner call was offered to the function");
  }

  @Test
  void callsInsideATraceAreOffered() {
    Toys.Toy inner = Toys.of(JavaKinds.class, "publicStatic");
    int before = inner == null ? 0 : inner.inlined;
    assertEquals(6, JavaKinds.outer(x).floatValue());
    assertEquals(before + 1, Toys.of(JavaKinds.class, "publicStatic").inlined);
  }

  @Test
  void whatTheAnnotationSays() {
    JavaKinds.described(x, x);
    var d = Toys.of(JavaKinds.class, "described").declaration;
    assertEquals("given", d.name());
    assertEquals("described", d.method());
    assertEquals(List.of("image", "label"), d.parameterNames());
    assertEquals(List.of("float32[?, 3]", "int32[]"), d.signature());
    assertTrue(d.reduceRetracing());
    assertFalse(d.autograph());
    assertFalse(d.hasReceiver());
    assertEquals(7, JavaKinds.noArguments().floatValue());
    assertEquals(7, JavaKinds.noArguments().floatValue());
    assertEquals(1, Toys.of(JavaKinds.class, "noArguments").traces);
    var plain = Toys.of(JavaKinds.class, "noArguments").declaration;
    assertEquals("noArguments", plain.name());
    assertEquals(List.of(), plain.parameterNames());
    assertEquals(List.of(), plain.signature());
    assertFalse(plain.reduceRetracing());
    assertTrue(plain.autograph());
  }

  @Test
  void primitiveResultsAreRefused() {
    GraphFunctionError e =
        assertThrows(GraphFunctionError.class, () -> JavaKinds.primitiveResult(x));
    assertTrue(e.parts().what().contains("JavaKinds.primitiveResult(Tensor)"), e.getMessage());
    assertTrue(e.parts().what().contains("float"), e.getMessage());
    assertTrue(e.parts().fix().contains("item()"), e.getMessage());
  }

  @Test
  void overridesOfAbstractMethodsRunAsWritten() {
    int before = JavaKinds.bodies;
    JavaKinds.Abstract a = new JavaKinds.Concrete();
    a.run(x);
    a.run(x);
    assertEquals(before + 2, JavaKinds.bodies);
    assertNull(Toys.of(JavaKinds.Concrete.class, "run"));
  }

  @Test
  void theSwitchRunsBodiesEagerly() {
    Tensor y = tf.constant(5f);
    Tensor first = JavaKinds.publicStatic(y);
    int before = JavaKinds.bodies;
    tf.config.runFunctionsEagerly(true);
    try {
      assertTrue(tf.config.functionsRunEagerly());
      JavaKinds.publicStatic(y);
      JavaKinds.publicStatic(y);
      assertEquals(before + 2, JavaKinds.bodies);
    } finally {
      tf.config.runFunctionsEagerly(false);
    }
    assertSame(first, JavaKinds.publicStatic(y));
    assertEquals(before + 2, JavaKinds.bodies);
    assertNotNull(Toys.of(JavaKinds.class, "publicStatic"));
  }

  @Test
  void aTicketThatWasNeverUsedIsTakenBack() throws Throwable {
    Tensor first = JavaKinds.publicStatic(x);
    var d = Toys.of(JavaKinds.class, "publicStatic").declaration;
    assertThrows(ClassCastException.class, () -> d.body().invokeWithArguments("no tensor"));
    int before = JavaKinds.bodies;
    assertSame(first, JavaKinds.publicStatic(x), "the next call must not slip through");
    assertEquals(before, JavaKinds.bodies);
  }

  @Test
  void manyThreadsShareOneFunction() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<Tensor>> calls =
        Collections.nCopies(
            threads,
            () -> {
              start.await();
              return JavaKinds.raced(x);
            });
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      Tensor one = null;
      for (var answer : pool.invokeAll(calls)) {
        assertTrue(one == null || one == answer.get());
        one = answer.get();
      }
    }
    assertEquals(threads, Toys.of(JavaKinds.class, "raced").calls);
    assertEquals(1, Toys.of(JavaKinds.class, "raced").traces);
  }
}
