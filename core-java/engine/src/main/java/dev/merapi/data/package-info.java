/// Data on its way to a model: what a training program reads its examples from.
///
/// - **Who lives here:** [LabelledImages] and [LabelledSplit], pictures with their classes in plain
///   arrays; the data set that draws itself (`data.digits`); pipelines.
/// - **Who does not:** readers of other people's file formats (`merapi-formats`), layers and
///   training loops (`nn`).
/// - **Who may knock:** programs, `distribute`, and the formats' readers, which fill these records.
@NullMarked
package dev.merapi.data;

import org.jspecify.annotations.NullMarked;
