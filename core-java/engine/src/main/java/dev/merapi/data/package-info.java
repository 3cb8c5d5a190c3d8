/// Data on its way to a model: what a training program reads its examples from.
///
/// - **Who lives here:** [Dataset], the description of a pipeline, with its stages, and the pairs
///   and triples that its elements are; [LabelledImages] and [LabelledSplit], pictures with their
///   classes in plain arrays; the data set that draws itself (`data.digits`).
/// - **Who does not:** readers of other people's file formats (`merapi-formats`), layers and
///   training loops (`nn`).
/// - **Who may knock:** programs, `nn`, `distribute`, and the formats' readers, which fill these
///   records.
@NullMarked
package dev.merapi.data;

import org.jspecify.annotations.NullMarked;
