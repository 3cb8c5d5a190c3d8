/// The CUDA device.
///
/// **Who lives here:** the Java half of the device, beside the `.cu` sources of its kernels.
///
/// **Who does not:** the meaning of an op; a kernel here computes what the op's declaration in the
/// engine says.
///
/// **Who may knock:** nobody by name: the engine finds the device through `ServiceLoader`.
@NullMarked
package dev.merapi.cuda;

import org.jspecify.annotations.NullMarked;
