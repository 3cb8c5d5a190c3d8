/// TensorFlow's graphs: GraphDef messages and files, frozen graphs of TensorFlow 1, and back.
///
/// **Who lives here:** [GraphDefs], the door to files, bytes and text; [GraphDefReader], message →
/// `graph.Graph`; [GraphDefWriter], the way back; [TensorProtos]; the conversion of TensorFlow 1's
/// control flow and variables, see decision 007.
///
/// **Who does not:** the rules of operations: their declarations in the engine say which inputs and
/// attributes there are and what comes out. SavedModel and checkpoints, which lean on this package.
///
/// **Who may knock:** users, SavedModel, `dev.merapi.cli` and `dev.merapi.dsl`.
@NullMarked
package dev.merapi.formats.graphdef;

import org.jspecify.annotations.NullMarked;
