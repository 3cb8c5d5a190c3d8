/// Metrics: numbers that say how well a model does, gathered over batches.
///
/// Who lives here: `Metric` and Keras's metrics, `Metrics` which finds them by name and has the
/// functions among them. Who does not: losses, which training makes small; the loop that updates
/// metrics. Who may knock: models, training loops, users.
@NullMarked
package dev.merapi.nn.metric;

import org.jspecify.annotations.NullMarked;
