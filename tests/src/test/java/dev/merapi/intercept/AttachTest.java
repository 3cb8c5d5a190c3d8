package dev.merapi.intercept;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.merapi.function.intercept.Agent;
import dev.merapi.programs.Fork;
import dev.merapi.tf;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a program comes by interception, in JVMs of their own.
class AttachTest {
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
  private static final String NO_NATIVE = "--illegal-native-access=deny";
  private static final String DYNAMIC = "-XX:+EnableDynamicAgentLoading";

  @TempDir private Path folder;

  /// Runs the program. The class path of the tests is long: on a machine at work for others the
  /// search may take more than the time it has before the first tensor, and then goes on beside the
  /// program. That is as documented, and tried again.
  private static Fork.Result attaching(String... options) {
    Fork.Result r = Fork.run(List.of(options), Attaching.class);
    for (int i = 0; i < 3 && "NOT_INSTALLED".equals(r.values().get("way")); i++) {
      r = Fork.run(List.of(options), Attaching.class);
    }
    assertEquals(0, r.status(), r.err());
    assertEquals("12.0", r.values().get("sum"), "the numbers are the same whatever happens");
    return r;
  }

  /// Classes loaded before and after the first tensor: their bodies ran once for two calls.
  private static void intercepted(String way, Fork.Result r) {
    assertEquals(way, r.values().get("way"), r.err());
    assertEquals("1", r.values().get("early"), r.err());
    assertEquals("1", r.values().get("late"), r.err());
  }

  private static void asWritten(String way, Fork.Result r) {
    assertEquals(way, r.values().get("way"), r.err());
    assertEquals("2", r.values().get("early"));
    assertEquals("2", r.values().get("late"));
  }

  /// A jar like merapi-core's as far as an agent goes: its classes come from the class path.
  private Path agent() throws IOException {
    Path jar = folder.resolve("agent.jar");
    Manifest manifest = new Manifest();
    Attributes a = manifest.getMainAttributes();
    a.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    a.putValue("Premain-Class", Agent.class.getName());
    a.putValue("Can-Retransform-Classes", "true");
    try (OutputStream out = Files.newOutputStream(jar)) {
      new JarOutputStream(out, manifest).close();
    }
    return jar;
  }

  @Test
  void anAgentOnTheCommandLine() throws IOException {
    Fork.Result r = attaching("-javaagent:" + agent());
    intercepted("AGENT", r);
    assertEquals("", r.err(), "without a word of the JVM");
  }

  /// As a notebook's kernel may have it: the agent is alone in a jar, Merapi comes by another way.
  @Test
  void anAgentAloneInItsJar() throws Exception {
    Path jar = folder.resolve("alone.jar");
    Manifest manifest = new JarFile(agent().toFile()).getManifest();
    String name = Agent.class.getName().replace('.', '/') + ".class";
    try (InputStream in = Agent.class.getResourceAsStream("/" + name);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new ZipEntry(name));
      out.write(in.readAllBytes());
      out.closeEntry();
    }
    compile(
        """
        import java.net.URL;
        import java.net.URLClassLoader;
        import java.nio.file.Path;

        public class Program {
          public static void main(String[] args) throws Exception {
            URL[] places = {Path.of(args[0]).toUri().toURL(), Path.of(args[1]).toUri().toURL()};
            try (var loader = new URLClassLoader(places)) {
              loader
                  .loadClass("dev.merapi.intercept.Attaching")
                  .getMethod("main", String[].class)
                  .invoke(null, (Object) new String[0]);
            }
          }
        }
        """);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.move(folder.resolve("Program.class"), classes.resolve("Program.class"));
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + jar,
                "-cp",
                classes.toString(),
                "Program",
                location(tf.class).getPath(),
                location(Toys.class).getPath())
            .redirectErrorStream(true)
            .start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, p.waitFor(), out);
    intercepted("AGENT", new Fork.Result(0, out, ""));
    assertFalse(out.contains("WARNING"), out);
  }

  @Test
  void attachingInProcess() {
    Fork.Result r = attaching(NATIVE, DYNAMIC);
    intercepted("SELF_ATTACH", r);
    assertEquals("", r.err(), "without a word of the JVM");
    System.out.printf(
        "first tensor of a program with annotated methods: %s ms%n", r.number("millis"));
  }

  @Test
  void attachingInProcessWithoutAnyOption() {
    intercepted("SELF_ATTACH", attaching());
  }

  @Test
  void attachingWithAHelper() {
    intercepted("HELPER", attaching(NO_NATIVE, DYNAMIC));
  }

  @Test
  void nothingIsPossible() {
    Fork.Result r = attaching(NO_NATIVE, "-XX:+DisableAttachMechanism");
    asWritten("IMPOSSIBLE", r);
    assertTrue(r.err().contains("annotated methods run as they are written"), r.err());
    assertTrue(r.err().contains("-javaagent:merapi-core.jar"), r.err());
    assertTrue(r.err().contains("tf.function(f)"), r.err());
    assertEquals(1, r.err().split("annotated methods", -1).length - 1, "said once");
    assertFalse(r.err().contains("\tat "), r.err());
  }

  @Test
  void switchedOff() {
    Fork.Result r = attaching("-Dmerapi.intercept=never", NATIVE, DYNAMIC);
    asWritten("NOT_INSTALLED", r);
    assertEquals("", r.err());
  }

  @Test
  void classesThatAreMadeWhileTheProgramRuns() {
    Fork.Result r = Fork.run(List.of(NATIVE, DYNAMIC), Cells.class);
    assertEquals(0, r.status(), r.err());
    assertEquals(
        Map.of(
            "way", "SELF_ATTACH",
            "cell0", "2.0 bodies 1",
            "cell1", "2.0 bodies 1",
            "cell2", "2.0 bodies 1"),
        r.values(),
        r.err());
  }

  /// Without annotated methods there must be no agent, no warning, and hardly any time.
  @Test
  void programsWithoutAnnotatedMethodsPayLittle() throws Exception {
    compile(
        """
        import dev.merapi.function.intercept.Interception;
        import dev.merapi.tf;
        import java.lang.management.ManagementFactory;

        public class Program {
          public static void main(String[] args) throws Exception {
            var clock = ManagementFactory.getThreadMXBean();
            clock.getCurrentThreadCpuTime();
            long start = clock.getCurrentThreadCpuTime();
            Class.forName("dev.merapi.function.intercept.FirstTensor");
            System.out.println("millis " + (clock.getCurrentThreadCpuTime() - start) / 1e6);
            System.out.println("sum " + tf.add(1f, 2f).floatValue());
            System.out.println("way " + Interception.way());
          }
        }
        """);
    Fork.Result r = program();
    assertEquals("NOT_INSTALLED", r.values().get("way"), r.out());
    assertEquals("3.0", r.values().get("sum"), r.out());
    assertFalse(r.out().contains("WARNING"), r.out());
    System.out.printf(
        "looking for annotated methods where there are none: %s ms%n", r.number("millis"));
    assertTrue(r.number("millis") < 100, "milliseconds of processor time: " + r.out());
  }

  /// What lies behind too many classes is found later, while the program runs on.
  @Test
  void longClassPathsAreReadInTheBackground() throws Exception {
    Path many = folder.resolve("many.jar");
    try (InputStream in = Toys.class.getResourceAsStream("Toys.class");
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(many))) {
      byte[] file = in.readAllBytes();
      for (int i = 0; i < 5_000; i++) {
        zip.putNextEntry(new ZipEntry("many/C" + i + ".class"));
        zip.write(file);
        zip.closeEntry();
      }
    }
    compile(
        """
        import dev.merapi.GraphFunction;
        import dev.merapi.function.intercept.CallSites;
        import dev.merapi.function.intercept.Interception;
        import dev.merapi.tensor.Tensor;
        import dev.merapi.tf;

        public class Program {
          static int bodies;

          @GraphFunction
          static Tensor step(Tensor x) {
            bodies++;
            return x;
          }

          public static void main(String[] args) throws Exception {
            CallSites.makers(before -> declaration -> arguments -> arguments[0]);
            Tensor x = tf.constant(1f);
            System.out.println("first " + Interception.way());
            step(x);
            System.out.println("before " + bodies);
            for (int i = 0; i < 3000 && !Interception.installed(); i++) {
              Thread.sleep(10);
            }
            step(x);
            System.out.println("after " + bodies);
          }
        }
        """);
    Path last = folder.resolve("program.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(last))) {
      zip.putNextEntry(new ZipEntry("Program.class"));
      zip.write(Files.readAllBytes(folder.resolve("Program.class")));
      zip.closeEntry();
    }
    Fork.Result r = program(many, last);
    assertEquals("NOT_INSTALLED", r.values().get("first"), r.out());
    assertEquals("1", r.values().get("before"), r.out());
    assertEquals("1", r.values().get("after"), "intercepted in the meantime: " + r.out());
  }

  private void compile(String program) throws Exception {
    Path source = Files.writeString(folder.resolve("Program.java"), program);
    String engine = Path.of(location(tf.class)).toString();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", engine, "-d", folder.toString(), source.toString());
    assertEquals(0, status);
  }

  /// Runs the compiled program on a class path of Merapi and, in this order, `places`; both of its
  /// outputs come back as one.
  private Fork.Result program(Path... places) throws Exception {
    StringJoiner classPath = new StringJoiner(File.pathSeparator);
    classPath.add(Path.of(location(tf.class)).toString());
    for (Path p : places.length == 0 ? new Path[] {folder} : places) {
      classPath.add(p.toString());
    }
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath.toString(),
                "Program")
            .redirectErrorStream(true)
            .start();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, p.waitFor(), out);
    return new Fork.Result(0, out, "");
  }

  @Test
  void theCostOfACall() {
    Fork.Result r = Fork.run(List.of(NATIVE, DYNAMIC), CallCost.class);
    assertEquals(0, r.status(), r.err());
    assertEquals(40 * 200_000, r.number("firsts"), "each call was answered by the function");
    System.out.printf(
        "a call with two tensors: %.1f ns intercepted, %.1f ns when run eagerly, %.1f ns not"
            + " annotated%n",
        r.number("on"), r.number("off"), r.number("plain"));
    assertTrue(r.number("on") - r.number("plain") < 300, r.out());
    assertTrue(r.number("off") - r.number("plain") < 100, r.out());
  }

  @Test
  void theJarIsAnAgent() throws IOException {
    Path target = Path.of(System.getProperty("merapi.root", ".."), "core-java/engine/target");
    List<Path> jars;
    try (Stream<Path> all = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      jars =
          all.filter(f -> f.getFileName().toString().matches("merapi-core-[^-]*(-SNAPSHOT)?\\.jar"))
              .toList();
    }
    assumeTrue(!jars.isEmpty(), "merapi-core's jar is built by 'mvnw verify', not by 'mvnw test'");
    try (JarFile jar = new JarFile(jars.getFirst().toFile())) {
      Attributes a = jar.getManifest().getMainAttributes();
      assertEquals(Agent.class.getName(), a.getValue("Premain-Class"));
      assertEquals(Agent.class.getName(), a.getValue("Agent-Class"));
      assertEquals("true", a.getValue("Can-Retransform-Classes"));
    }
  }

  private static URI location(Class<?> c) throws URISyntaxException {
    return c.getProtectionDomain().getCodeSource().getLocation().toURI();
  }
}
