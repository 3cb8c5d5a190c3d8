package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// Matches and replaces by regular expressions, which stand in an input or in an attribute.
public final class RegexCpu {
  private RegexCpu() {}

  public static Kernel fullMatch(boolean inAttribute) {
    return c -> {
      Regex r = Regex.of(c, word(c, "pattern", inAttribute));
      byte[][] x = c.in(0).strings();
      MemorySegment y = c.out(0).segment();
      for (int i = 0; i < x.length; i++) {
        y.set(ValueLayout.JAVA_BYTE, i, (byte) (r.matches(x[i]) ? 1 : 0));
      }
    };
  }

  public static Kernel replace(boolean inAttribute) {
    return c -> {
      Regex r = Regex.of(c, word(c, "pattern", inAttribute));
      String rewrite = word(c, "rewrite", inAttribute);
      boolean every = c.attrs.b("replace_global");
      TextCpu.each(x -> r.replace(x, rewrite, every)).run(c);
    };
  }

  private static String word(Call c, String name, boolean inAttribute) {
    return inAttribute
        ? c.attrs.s(name)
        : new String(c.in(name).strings()[0], StandardCharsets.UTF_8);
  }
}
