/// The entry: `tf`.
///
/// Who lives here: [dev.merapi.tf], under which everything is found that users call, and nothing
/// else. Who does not: any implementation. Who may knock: users.
@NullMarked
package dev.merapi;

import org.jspecify.annotations.NullMarked;
