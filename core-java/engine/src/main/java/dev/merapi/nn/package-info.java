/// Building blocks of models: what owns variables, and what is made of it.
///
/// Who lives here: `Module`; in the sub-rooms `layer`, `optimizer`, `init` and `loss` what a
/// training needs. Who does not: operations and gradients. Who may knock: `data`, `distribute`,
/// users.
@NullMarked
package dev.merapi.nn;

import org.jspecify.annotations.NullMarked;
