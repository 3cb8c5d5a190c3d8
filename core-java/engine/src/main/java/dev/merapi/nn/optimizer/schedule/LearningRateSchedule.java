package dev.merapi.nn.optimizer.schedule;

import dev.merapi.memory.Scope;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Saved;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives each step of training its learning rate.
///
/// Subclasses compute in operations of float32, as Keras does, so that a graph follows the number
/// of its steps.
public abstract class LearningRateSchedule implements HasSettings {
  /// A number, or a schedule.
  public static final Kind<Object> RATE =
      new Kind<>() {
        @Override
        public Object read(@Nullable Object given) {
          if (given instanceof Number n) {
            // An object of its own each time: who sets the same number again means it.
            return n.doubleValue();
          }
          if (given instanceof LearningRateSchedule s) {
            return s;
          }
          if (given instanceof Map<?, ?> form) {
            return Saved.read(form, LearningRateSchedule.class);
          }
          throw new Misfit("");
        }

        @Override
        public @Nullable Object write(Object value) {
          return value instanceof LearningRateSchedule s ? Saved.write(s) : value;
        }

        @Override
        public String expected() {
          return "a number or a LearningRateSchedule";
        }
      };

  /// A number of steps.
  static final Kind<Number> STEPS =
      Kinds.simple(
          "a number above 0", g -> g instanceof Number n && n.doubleValue() > 0 ? n : null);

  /// A number of steps that may be none.
  static final Kind<Number> NOT_NEGATIVE =
      Kinds.simple(
          "a number of 0 or more", g -> g instanceof Number n && n.doubleValue() >= 0 ? n : null);

  private static final OpRef CAST = OpRef.to("Cast");

  private final Settings settings = new Settings(getClass().getSimpleName());

  /// Returns the learning rate of a step, float32.
  ///
  /// @param step number of the step, float32
  protected abstract Tensor call(Tensor step);

  /// Returns the learning rate of a step.
  ///
  /// @param step number of the step from 0: a scalar of any type, or a variable
  public final Tensor apply(TensorLike step) {
    Tensor s = step.asTensor();
    return call(s.dtype() == DType.F32 ? s : CAST.with(CAST.attrs("DstT", DType.F32), s));
  }

  /// Returns the learning rate of a step as a number.
  public final double at(long step) {
    try (Scope _ = Scope.open()) {
      return call(constant(step)).item();
    }
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  /// Adds an argument with a default; to be used where fields are declared.
  protected final <T extends @Nullable Object> Setting<T> setting(
      String argument, Kind<T> kind, T byDefault) {
    return settings.add(argument, kind, byDefault);
  }

  /// Adds an argument that must be given.
  protected final <T> Setting<T> required(String argument, Kind<T> kind) {
    return settings.require(argument, kind);
  }

  /// Returns a scalar of float32.
  protected static Tensor constant(double x) {
    return Values.filled(Spec.of(DType.F32), x);
  }
}
