package dev.merapi.function.intercept;

import dev.merapi.say.Message;
import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Sees to it that `@GraphFunction` methods are intercepted: comes by an `Instrumentation`, gives
/// it the transformer, and has annotated classes that are loaded already changed in place.
///
/// Nothing here needs to be called: the first tensor of a program does it, through
/// [#onFirstTensor()]. See decision 005.
///
/// The system property `merapi.intercept` says when: `auto` (the default: when there is an
/// annotated method), `always`, or `never`.
public final class Interception {
  /// How the instrumentation came.
  public enum Way {
    /// Not yet, or nobody needs it.
    NOT_INSTALLED("not tried"),
    /// An agent was there already: `-javaagent`, `Launcher-Agent-Class`, another copy of Merapi.
    AGENT("by an agent"),
    /// In this process.
    SELF_ATTACH("in this process"),
    /// With the help of another process.
    HELPER("by a helper"),
    /// No way led there; a warning has said why.
    IMPOSSIBLE("by no way");

    private final String said;

    Way(String said) {
      this.said = said;
    }
  }

  /// Time for looking through the class path while the first tensor waits; what is left is looked
  /// through by a thread of its own. A start-up is felt from about 50 ms on; this leaves half of
  /// it.
  private static final long PATIENCE_NANOS = 20_000_000;

  private static final String PROPERTY = "merapi.intercept";

  private static volatile Way way = Way.NOT_INSTALLED;

  private Interception() {}

  public static Way way() {
    return way;
  }

  /// Returns whether annotated methods are intercepted from now on.
  public static boolean installed() {
    return switch (way) {
      case AGENT, SELF_ATTACH, HELPER -> true;
      case NOT_INSTALLED, IMPOSSIBLE -> false;
    };
  }

  /// Installs unless that is done, and returns whether annotated methods are intercepted now. Where
  /// that is impossible, one warning says why and what helps.
  public static synchronized boolean install() {
    if (way == Way.NOT_INSTALLED) {
      way = tryAll();
    }
    return installed();
  }

  /// Installs because a program without annotated methods seems to branch on tensors in a function;
  /// unless the user has said never.
  public static boolean installOnDemand() {
    return !System.getProperty(PROPERTY, "auto").equals("never") && install();
  }

  /// Installs if the program seems to have annotated methods. Never fails.
  static void onFirstTensor() {
    if (way != Way.NOT_INSTALLED) {
      return;
    }
    try {
      switch (System.getProperty(PROPERTY, "auto")) {
        case "never" -> {}
        case "always" -> install();
        case "auto" -> {
          if (growing() || given() != null) {
            install();
          } else {
            survey();
          }
        }
        default ->
            warn(
                Message.what(PROPERTY + " has a value that is not known")
                    .given(System.getProperty(PROPERTY))
                    .expected("auto, always or never"),
                null);
      }
    } catch (Throwable e) {
      warn(Message.what("@GraphFunction: annotated methods run as they are written"), e);
    }
  }

  /// Returns whether classes may come from elsewhere than the class path: Merapi itself has, or
  /// something that is running now, as in scripts, notebooks and application servers. There is no
  /// telling what such a program will load next.
  private static boolean growing() {
    if (Interception.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      return true;
    }
    String source = System.getProperty("jdk.launcher.sourcefile");
    if (source != null) {
      return Survey.sources(new File(source));
    }
    // A stack trace and no StackWalker: that one costs 10 ms the first time, most of it for the
    // lambda it wants.
    for (StackTraceElement f : new Throwable().getStackTrace()) {
      String loader = f.getClassLoaderName();
      if (f.getModuleName() == null && !"app".equals(loader) && !"platform".equals(loader)) {
        return true;
      }
    }
    return false;
  }

  private static void survey() throws URISyntaxException {
    CodeSource own = Interception.class.getProtectionDomain().getCodeSource();
    Survey survey =
        new Survey(System.getProperty("java.class.path", ""), new File(own.getLocation().toURI()));
    String modules = System.getProperty("jdk.module.path");
    if (modules != null) {
      survey.addModules(modules);
    }
    switch (survey.resume(System.nanoTime() + PATIENCE_NANOS)) {
      case NOTHING -> {}
      case ANNOTATED -> install();
      case UNFINISHED ->
          Thread.ofPlatform()
              .daemon()
              .name("merapi-survey")
              .start(() -> {
                if (survey.resume(System.nanoTime() + Long.MAX_VALUE / 2)
                    == Survey.Finding.ANNOTATED) {
                  install();
                }
              });
    }
  }

  private static Way tryAll() {
    StringJoiner reasons = new StringJoiner(" · ");
    for (Way w : new Way[] {Way.AGENT, Way.SELF_ATTACH, Way.HELPER}) {
      try {
        switch (w) {
          case SELF_ATTACH -> SelfAttach.inProcess();
          case HELPER -> SelfAttach.byHelper();
          default -> {}
        }
        Object got = given();
        if (got != null) {
          Installation.into((Instrumentation) got);
          return w;
        }
      } catch (Throwable e) {
        reasons.add(w.said + ": " + e);
      }
    }
    warn(
        Message.what(
                "@GraphFunction: annotated methods run as they are written, since this JVM does not"
                    + " let itself be instrumented")
            .given(reasons.toString())
            .expected("an agent, or leave to attach one")
            .fix(
                "start java with -javaagent:merapi-core.jar, or wrap the functions:"
                    + " tf.function(f)"),
        null);
    return Way.IMPOSSIBLE;
  }

  /// Returns the instrumentation that an agent was given, or null. It may have been another copy of
  /// this class: the one that the system's class loader sees.
  private static @Nullable Object given() throws ReflectiveOperationException {
    Object here = Agent.instrumentation();
    if (here != null || Interception.class.getClassLoader() == ClassLoader.getSystemClassLoader()) {
      return here;
    }
    Class<?> agent;
    try {
      agent = Class.forName(Agent.class.getName(), true, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
    Method get = agent.getMethod("instrumentation");
    return get.invoke(null);
  }

  private static void warn(Message message, @Nullable Throwable cause) {
    new Report().warn(message, cause);
  }
}
