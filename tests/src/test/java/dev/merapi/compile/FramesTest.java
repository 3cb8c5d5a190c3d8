package dev.merapi.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.merapi.graph.Tracer;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/// A plan that many threads ran at once keeps no more memory than runs at once can use.
class FramesTest {
  private static final int THREADS = 64;

  @Test
  void framesBeyondTheProcessorsAreGivenBack() throws Exception {
    Tensor x = tf.reshape(tf.range(40_000), 200, 200);
    Tensor numbers = tf.divide(tf.cast(x, tf.float32), 40_000f);
    Plan plan;
    try (Tracer t = Tracer.openAlone("f")) {
      Tensor in = t.input("x", numbers.spec());
      plan = new Plan(t.finish(List.of(tf.reduceMax(tf.matmul(in, in), 0))));
    }
    byte[] want = plan.run(new Tensor[] {numbers})[0].toByteArray();
    try (var pool = new ScheduledThreadPoolExecutor(THREADS)) {
      CountDownLatch begin = new CountDownLatch(THREADS);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        all.add(
            pool.submit(() -> {
              begin.countDown();
              begin.await();
              for (int k = 0; k < 3; k++) {
                assertArrayEquals(want, plan.run(new Tensor[] {numbers})[0].toByteArray());
              }
              return null;
            }));
      }
      for (Future<?> f : all) {
        f.get();
      }
    }
    int most = Runtime.getRuntime().availableProcessors() + 1;
    assertTrue(plan.numSpares() <= most, plan.numSpares() + " frames are kept");
  }
}
