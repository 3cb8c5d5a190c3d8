/// What layers, losses, metrics and optimizers are made of besides weights: their arguments.
///
/// Who lives here: `Setting` (one argument, with Keras's name and default), `Kind` (how an argument
/// is read and written), `Saved` (objects to and from Keras's configurations), `Json`. Who does
/// not: the things that have arguments. Who may knock: all rooms of `nn`, the files house.
@NullMarked
package dev.merapi.nn.config;

import org.jspecify.annotations.NullMarked;
