/// Data sets that people know by name, as pipelines.
///
/// - **Who lives here:** [NamedDatasets], which finds a data set in a local folder; [NamedDataset],
///   what it found.
/// - **Who does not:** readers of single formats, anything that asks a network.
/// - **Who may knock:** programs and tests.
@NullMarked
package dev.merapi.formats.named;

import org.jspecify.annotations.NullMarked;
