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
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a program comes by interception, in JVMs of their own.
class AttachTest {
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";
  private static final String NO_NATIVE = "--illegal-native-access=deny";
  private static final String DYNAMIC = "-XX:+EnableDynamicAgentLoading";

  @TempDir private Path folder;

  private static Fork.Result attaching(String... options) {
    Fork.Result r = Fork.run(List.of(options), Attaching.class);
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
    Path source =
        Files.writeString(
            folder.resolve("Plain.java"),
            """
            import dev.merapi.function.intercept.Interception;
            import dev.merapi.tf;
            import java.lang.management.ManagementFactory;

            public class Plain {
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
    String engine = Path.of(location(tf.class)).toString();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", engine, "-d", folder.toString(), source.toString());
    assertEquals(0, status);
    Process p =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + File.pathSeparator + engine,
                "Plain")
            .redirectErrorStream(true)
            .start();
    String out = new String(p.getInputStream().readAllBytes());
    assertEquals(0, p.waitFor(), out);
    Fork.Result r = new Fork.Result(0, out, "");
    assertEquals("NOT_INSTALLED", r.values().get("way"), out);
    assertEquals("3.0", r.values().get("sum"), out);
    assertFalse(out.contains("WARNING"), out);
    System.out.printf(
        "looking for annotated methods where there are none: %s ms%n", r.number("millis"));
    assertTrue(r.number("millis") < 100, "milliseconds of processor time: " + out);
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
