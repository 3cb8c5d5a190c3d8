package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.merapi.programs.Fork;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Once compiled, a kernel makes a few small objects a call; see [Allocations].
class AllocationTest {
  private static void run(String part) {
    Fork.Result r =
        Fork.run(List.of("--add-modules", "jdk.incubator.vector"), Allocations.class, part);
    assertEquals(0, r.status(), r.out() + r.err());
  }

  @Test
  void matrixProducts() {
    run("products");
  }

  @Test
  void convolutionsAndPooling() {
    run("windows");
  }
}
