package dev.merapi.formats.idx;

import dev.merapi.tensor.DType;
import java.nio.ByteBuffer;

/// Holds the content of one IDX file.
///
/// @param dtype uint8, int8, int16, int32, float32 or float64
/// @param shape axes, outermost first
/// @param data elements in row-major order, in a big-endian buffer on a plain array, from 0 to
///   limit
public record IdxArray(DType dtype, int[] shape, ByteBuffer data) {}
