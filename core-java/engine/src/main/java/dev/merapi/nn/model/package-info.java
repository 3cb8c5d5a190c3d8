/// Models: layers put together, trained and looked at.
///
/// Who lives here: `Model` and its three styles (`Sequential`, layers applied to inputs, a class of
/// the program's own), what trains them (`Trainer`), what shows them (`Summary`). Who does not:
/// layers, losses, callbacks. Who may knock: callbacks, `distribute`, users.
@NullMarked
package dev.merapi.nn.model;

import org.jspecify.annotations.NullMarked;
