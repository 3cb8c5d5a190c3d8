/// How the first values of weights are drawn.
///
/// Who lives here: `Initializer`, one class a rule, and `Initializers`, which finds them by name.
/// Who does not: layers, which only name a rule; the random numbers themselves
/// (`facade.RandomApi`). Who may knock: every room after `nn`, and users.
@NullMarked
package dev.merapi.nn.init;

import org.jspecify.annotations.NullMarked;
