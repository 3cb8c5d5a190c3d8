package dev.merapi.facade;

import dev.merapi.device.Workers;
import dev.merapi.function.intercept.EagerSwitch;
import dev.merapi.memory.Leaks;
import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `tf.config`: devices, memory, threads.
public abstract class ConfigApi {
  protected ConfigApi() {}

  /// A device of this machine, as TensorFlow names it.
  public record PhysicalDevice(String name, String deviceType) {}

  /// Returns the devices of a type, `CPU` or `GPU`; an empty list when there is none.
  public static List<PhysicalDevice> listPhysicalDevices(String deviceType) {
    return switch (deviceType.toUpperCase(Locale.ROOT)) {
      case "CPU" -> List.of(new PhysicalDevice("/physical_device:CPU:0", "CPU"));
      case "GPU" -> List.of();
      default ->
          throw Message.what("tf.config: there is no device type '" + deviceType + "'")
              .expected("CPU or GPU")
              .valueError();
    };
  }

  /// Returns the devices of all types.
  public static List<PhysicalDevice> listPhysicalDevices() {
    return listPhysicalDevices("CPU");
  }

  /// Returns bytes: `current` held by tensors, `peak` the most ever held.
  public static Map<String, Long> getMemoryInfo(String device) {
    Memory.Info i = Memory.info();
    return Map.of(
        "current", i.current(), "peak", i.peak(), "cached", i.cached(), "budget", i.budget());
  }

  /// Starts counting the peak anew.
  public static void resetMemoryStats(String device) {
    Memory.resetPeak();
  }

  /// Sets how many bytes tensors may hold at most.
  public static void setMemoryBudget(long bytes) {
    Memory.setBudget(bytes);
  }

  /// Returns which places of the program made the live tensors; places are known under
  /// `-Dmerapi.memory.debug=true`.
  public static List<Leaks.Site> memoryReport() {
    return Leaks.report();
  }

  /// Sets how many processors compute; results do not depend on it.
  public static void setThreads(int threads) {
    Workers.setThreads(threads);
  }

  public static int threads() {
    return Workers.threads();
  }

  /// Sets whether functions run their bodies on every call, as ordinary methods, instead of their
  /// graphs: for looking into a body with a debugger. Holds for all threads.
  public static void runFunctionsEagerly(boolean runEagerly) {
    EagerSwitch.set(runEagerly);
  }

  /// Returns what [#runFunctionsEagerly] has set.
  public static boolean functionsRunEagerly() {
    return EagerSwitch.on();
  }
}
