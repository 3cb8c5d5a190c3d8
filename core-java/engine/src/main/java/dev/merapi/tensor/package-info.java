/// What a value is.
///
/// **Who lives here:** element types and the 16-bit codecs beside them; whatever describes a value
/// without touching its bytes.
///
/// **Who does not:** operations on values (those are `tf.*` and the Kotlin extensions) and whoever
/// owns the bytes (`memory`).
///
/// **Who may knock:** every room but `say`, and users.
@NullMarked
package dev.merapi.tensor;

import org.jspecify.annotations.NullMarked;
