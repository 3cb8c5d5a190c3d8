package dev.merapi.function.intercept;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of class files, and that nothing breaks the loading of a class.
class TransformerTest {
  private static final ClassLoader LOADER = TransformerTest.class.getClassLoader();

  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord r) {
          if (r.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(r.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Logger logger = Logger.getLogger(Report.LOGGER);

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(listener);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(listener);
    logger.setUseParentHandlers(true);
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in = TransformerTest.class.getResourceAsStream("/" + name + ".class")) {
      return in.readAllBytes();
    }
  }

  private static Transformer transformer(Stage... stages) {
    return new Transformer(List.of(stages), new Report());
  }

  private static byte[] change(Transformer t, String name, byte[] file) {
    return t.transform(LOADER, name, null, null, file);
  }

  @Test
  void theChangedClassesVerify() throws IOException {
    for (String name :
        List.of(
            "dev/merapi/intercept/JavaKinds",
            "dev/merapi/intercept/WithDefault",
            "dev/merapi/intercept/Cell")) {
      byte[] changed = change(transformer(new Prologue()), name, file(name));
      assertNotNull(changed, name);
      assertEquals(List.of(), ClassFile.of().verify(changed), name);
    }
  }

  @Test
  void theOtherMethodsStayByteForByte() throws IOException {
    String name = "dev/merapi/intercept/Cell";
    ClassModel before = ClassFile.of().parse(file(name));
    ClassModel after = ClassFile.of().parse(change(transformer(new Prologue()), name, file(name)));
    assertEquals(
        before.methods().stream().map(m -> m.methodName() + "" + m.methodType()).toList(),
        after.methods().stream().map(m -> m.methodName() + "" + m.methodType()).toList(),
        "nothing is added: a loaded class could not be retransformed");
    for (int i = 0; i < before.methods().size(); i++) {
      if (!before.methods().get(i).methodName().equalsString("step")) {
        assertArrayEquals(code(before, i), code(after, i));
      }
    }
  }

  private static byte[] code(ClassModel c, int method) {
    return ((CodeAttribute) c.methods().get(method).code().orElseThrow()).codeArray();
  }

  @Test
  void classesWithoutAnnotatedMethodsAreLeftAlone() throws IOException {
    Transformer t = transformer(new Prologue());
    String name = "dev/merapi/intercept/Toys";
    assertNull(change(t, name, file(name)));
    assertNull(change(t, "a/Garbage", new byte[] {1, 2, 3}));
    assertNull(change(t, "a/Empty", new byte[0]));
    assertEquals(List.of(), warnings);
  }

  @Test
  void aBrokenClassFileIsReportedOnceAndLeftAlone() throws IOException {
    Transformer t = transformer(new Prologue());
    byte[] whole = file("dev/merapi/intercept/Cell");
    byte[] cut = Arrays.copyOf(whole, whole.length - 200);
    assertNull(change(t, "a/Cut", cut));
    assertNull(change(t, "a/Cut", cut));
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.getFirst().contains("a.Cut"), warnings.getFirst());
    assertTrue(warnings.getFirst().contains("cause"), warnings.getFirst());
  }

  @Test
  void classFilesWithoutInvokedynamicAreReported() throws IOException {
    byte[] old = file("dev/merapi/intercept/Cell");
    old[7] = ClassFile.JAVA_6_VERSION;
    assertNull(change(transformer(new Prologue()), "a/Old", old));
    assertTrue(warnings.getFirst().contains("Java 6"), warnings.toString());
  }

  @Test
  void aStageThatFailsDoesNotUndoTheOthers() throws IOException {
    Stage failing =
        new Stage() {
          @Override
          public boolean concerns(String name, byte[] file, int length) {
            return true;
          }

          @Override
          public byte[] apply(
              ClassModel model, byte[] file, ClassLoader loader, Report report) {
            throw new StackOverflowError("in a stage");
          }
        };
    String name = "dev/merapi/intercept/Cell";
    byte[] alone = change(transformer(new Prologue()), name, file(name));
    assertArrayEquals(alone, change(transformer(new Prologue(), failing), name, file(name)));
    assertArrayEquals(alone, change(transformer(failing, new Prologue()), name, file(name)));
    assertTrue(warnings.getFirst().contains("in a stage"), warnings.toString());
  }

  @Test
  void loadersThatDoNotSeeMerapiAreReported() throws IOException {
    byte[] file = file("dev/merapi/intercept/Cell");
    ClassLoader blind = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};
    assertNull(transformer(new Prologue()).transform(blind, "a/Cell", null, null, file));
    assertTrue(warnings.getFirst().contains("does not find Merapi"), warnings.toString());
  }

  /// Two programs in one JVM, each with Merapi of its own: each copy cares for its own program.
  @Test
  void classesOfAnotherCopyAreLeftToIt() throws IOException {
    byte[] file = file("dev/merapi/intercept/Cell");
    ClassLoader other =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.startsWith("dev.merapi.")) {
              throw new ClassNotFoundException(name);
            }
            try {
              byte[] b = file(name.replace('.', '/'));
              return defineClass(name, b, 0, b.length);
            } catch (IOException e) {
              throw new ClassNotFoundException(name, e);
            }
          }
        };
    assertNull(transformer(new Prologue()).transform(other, "a/Cell", null, null, file));
    assertEquals(List.of(), warnings);
  }

  /// A method that names classes nobody can find, with a stack map that speaks of them.
  @Test
  void nothingNeedBeKnownAboutTheClassesABodyNames() throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Lost.java"),
            """
            class Lost {
              static class Base {}
              static class Left extends Base {}
              static class Right extends Base {}
              static Base both(Base b) { return b; }
              @dev.merapi.GraphFunction
              static Base pick(boolean left) { return both(left ? new Left() : new Right()); }
            }
            """);
    String classPath =
        Path.of(
                URI.create(
                    CallSites.class.getProtectionDomain().getCodeSource().getLocation().toString()))
            .toString();
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", classPath, "-d", folder.toString(), source.toString()));
    byte[] changed =
        change(
            transformer(new Prologue()), "Lost", Files.readAllBytes(folder.resolve("Lost.class")));
    assertNotNull(changed);
    assertEquals(List.of(), warnings);
    ClassHierarchyResolver real =
        ClassHierarchyResolver.ofResourceParsing(
                c -> {
                  try {
                    String d = c.descriptorString();
                    Path f = folder.resolve(d.substring(1, d.length() - 1) + ".class");
                    return Files.exists(f) ? new ByteArrayInputStream(Files.readAllBytes(f)) : null;
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                })
            .orElse(ClassHierarchyResolver.defaultResolver());
    assertEquals(
        List.of(), ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(real)).verify(changed));
  }

  @Test
  void theHierarchyKnowsTheClassItselfAndItsLoadersClasses() throws IOException {
    ClassModel cell = ClassFile.of().parse(file("dev/merapi/intercept/JavaKinds$Sub"));
    ClassHierarchyResolver h = Hierarchy.of(cell, LOADER);
    ClassDesc kinds = ClassDesc.of("dev.merapi.intercept.JavaKinds");
    assertEquals(
        ClassHierarchyResolver.ClassHierarchyInfo.ofClass(kinds),
        h.getClassInfo(cell.thisClass().asSymbol()));
    assertEquals(
        ClassHierarchyResolver.ClassHierarchyInfo.ofClass(ClassDesc.of("java.lang.Object")),
        h.getClassInfo(kinds));
    assertEquals(
        ClassHierarchyResolver.ClassHierarchyInfo.ofInterface(),
        h.getClassInfo(ClassDesc.of("dev.merapi.intercept.WithDefault")));
    assertEquals(
        ClassHierarchyResolver.ClassHierarchyInfo.ofInterface(),
        h.getClassInfo(ClassDesc.of("java.util.List")));
    assertEquals(
        ClassHierarchyResolver.ClassHierarchyInfo.ofClass(ClassDesc.of("java.lang.Object")),
        h.getClassInfo(ClassDesc.of("made.at.RunTime")));
  }
}
