/// What stands behind `tf`: the generated methods, the conversion of host values, and the
/// hand-written conveniences.
///
/// Who lives here: `Tf…Ops` (generated, one class a namespace), `Operands`, and functions that are
/// several operations. Who does not: kernels, gradients, layers. Who may knock: `dev.merapi.tf`,
/// and the rooms `nn`, `data`, `distribute`.
@NullMarked
package dev.merapi.facade;

import org.jspecify.annotations.NullMarked;
