package dev.merapi.function.intercept;

import dev.merapi.function.autograph.Rewriting;
import dev.merapi.say.Where;
import java.lang.classfile.ClassModel;
import org.jspecify.annotations.Nullable;

/// Lets methods that branch on tensors be interpreted in traces: annotated ones, and the helpers that
/// these may call. Comes before [Prologue], so that what is interpreted is the program's own code.
final class AutoGraph implements Stage {
  private static final byte[] TENSOR = ClassBytes.text("dev/merapi/tensor/Tensor");
  private static final byte[] TENSOR_LIKE = ClassBytes.text("dev/merapi/tensor/TensorLike");

  @Override
  public boolean concerns(String name, byte[] file, int length) {
    return !Where.isOurs(name.replace('/', '.'))
        && (ClassBytes.names(file, length, TENSOR) || ClassBytes.names(file, length, TENSOR_LIKE));
  }

  @Override
  public byte @Nullable [] apply(
      ClassModel model, byte[] file, ClassLoader loader, Report report) {
    return Rewriting.apply(model, file, loader);
  }
}
