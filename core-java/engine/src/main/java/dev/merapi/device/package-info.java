/// Where things run.
///
/// **Who lives here:** devices, and the one pool of threads that computes on the CPU.
///
/// **Who does not:** the code that runs (`kernel`), and the CUDA device, which is found at start-up
/// in a module of its own.
///
/// **Who may knock:** every room named after `memory`; users only to ask or to choose.
@NullMarked
package dev.merapi.device;

import org.jspecify.annotations.NullMarked;
