/// The loops of [dev.merapi.kernel.cpu] written with the Vector API.
///
/// Who lives here: every class that names `jdk.incubator.vector`. Who does not: anything needed
/// when that module is absent. Who may knock: [dev.merapi.kernel.cpu], by name and only after
/// [dev.merapi.kernel.cpu.Tier] has seen the module.
@NullMarked
package dev.merapi.kernel.cpu.vector;

import org.jspecify.annotations.NullMarked;
