/// All wording of messages: the typed errors and their four parts.
///
/// Who lives here: the exception types users catch, and [dev.merapi.say.Message], which lays out
/// what they say. Who does not: anything that knows a tensor, an operation or a device. Who may
/// knock: every room.
@NullMarked
package dev.merapi.say;

import org.jspecify.annotations.NullMarked;
