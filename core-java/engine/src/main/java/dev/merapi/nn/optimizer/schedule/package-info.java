/// Learning rates that change with the number of steps.
///
/// Who lives here: `LearningRateSchedule` and one class for each of Keras's. Who does not: rules
/// that look at losses (those are callbacks). Who may knock: optimizers, users.
@NullMarked
package dev.merapi.nn.optimizer.schedule;

import org.jspecify.annotations.NullMarked;
