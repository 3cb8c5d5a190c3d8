package dev.merapi.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final int before = Workers.threads();

  @AfterEach
  void restore() {
    Workers.setThreads(before);
  }

  @Test
  void runsEveryChunkOnce() {
    for (int threads = 1; threads <= 5; threads++) {
      Workers.setThreads(threads);
      for (int chunks : new int[] {0, 1, 2, 3, 100}) {
        AtomicIntegerArray ran = new AtomicIntegerArray(Math.max(1, chunks));
        Workers.run(chunks, ran::incrementAndGet);
        for (int i = 0; i < chunks; i++) {
          assertEquals(1, ran.get(i));
        }
      }
    }
  }

  @Test
  void severalThreadsWorkAtOnce() throws InterruptedException {
    Workers.setThreads(3);
    CountDownLatch met = new CountDownLatch(3);
    AtomicInteger arrived = new AtomicInteger();
    Workers.run(
        3,
        chunk -> {
          met.countDown();
          try {
            if (met.await(20, TimeUnit.SECONDS)) {
              arrived.incrementAndGet();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    assertEquals(3, arrived.get());
  }

  @Test
  void sleepingHelpersWakeUp() throws InterruptedException {
    Workers.setThreads(2);
    for (int i = 0; i < 5; i++) {
      Thread.sleep(20);
      severalThreadsWorkTogether();
    }
  }

  private static void severalThreadsWorkTogether() {
    CountDownLatch met = new CountDownLatch(2);
    AtomicInteger failed = new AtomicInteger();
    Workers.run(
        2,
        chunk -> {
          met.countDown();
          try {
            if (!met.await(20, TimeUnit.SECONDS)) {
              failed.incrementAndGet();
            }
          } catch (InterruptedException e) {
            failed.incrementAndGet();
          }
        });
    assertEquals(0, failed.get());
  }

  @Test
  void sixtyFourCallersAtOnce() throws InterruptedException {
    Workers.setThreads(4);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread[] callers = new Thread[64];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          new Thread(() -> {
            try {
              for (int round = 0; round < 300; round++) {
                int chunks = 1 + round % 9;
                AtomicInteger sum = new AtomicInteger();
                Workers.run(
                    chunks, chunk -> Workers.run(3, inner -> sum.addAndGet(chunk * 3 + inner + 1)));
                int n = 3 * chunks;
                assertEquals(n * (n + 1) / 2, sum.get());
              }
            } catch (Throwable t) {
              failure.compareAndSet(null, t);
            }
          });
      callers[i].start();
    }
    for (Thread t : callers) {
      t.join();
    }
    assertNull(failure.get());
  }

  @Test
  void aFailureReachesTheCallerAndThePoolStaysUsable() {
    for (int threads = 1; threads <= 3; threads++) {
      Workers.setThreads(threads);
      for (int round = 0; round < 50; round++) {
        RuntimeException thrown = new RuntimeException("chunk 7");
        AtomicInteger running = new AtomicInteger();
        RuntimeException got =
            assertThrows(
                RuntimeException.class,
                () ->
                    Workers.run(
                        20,
                        chunk -> {
                          running.incrementAndGet();
                          try {
                            if (chunk == 7) {
                              throw thrown;
                            }
                          } finally {
                            running.decrementAndGet();
                          }
                        }));
        assertSame(thrown, got);
        assertEquals(0, running.get());
      }
      AtomicInteger after = new AtomicInteger();
      Workers.run(10, chunk -> after.incrementAndGet());
      assertEquals(10, after.get());
    }
  }

  @Test
  void helpersAreDaemons() {
    Workers.setThreads(2);
    AtomicInteger wrong = new AtomicInteger();
    Workers.run(
        50,
        chunk -> {
          Thread t = Thread.currentThread();
          if (t.getName().startsWith("merapi-worker") && !t.isDaemon()) {
            wrong.incrementAndGet();
          }
        });
    assertEquals(0, wrong.get());
  }

  @Test
  void fewerThanOneThreadIsRefused() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Workers.setThreads(0));
    assertTrue(e.getMessage().contains("0"));
  }
}
