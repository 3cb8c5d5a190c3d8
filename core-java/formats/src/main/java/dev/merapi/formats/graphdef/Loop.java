package dev.merapi.formats.graphdef;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A loop of TensorFlow 1: the nodes between Enter and Exit that share a frame.
final class Loop {
  final String name;
  final @Nullable Loop parent;
  final List<Item> enters = new ArrayList<>();

  /// The loop's variables: each Merge of a first value and of the one from the turn before.
  final List<Item> merges = new ArrayList<>();

  final List<Item> exits = new ArrayList<>();
  @Nullable Item condition;

  /// What has to hold for the loop to be entered, within the loop around it.
  When when = When.ALWAYS;

  /// Whether the loop is just being written.
  boolean open;

  Loop(String name, @Nullable Loop parent) {
    this.name = name;
    this.parent = parent;
  }

  static int depth(@Nullable Loop loop) {
    int d = 0;
    for (Loop l = loop; l != null; l = l.parent) {
      d++;
    }
    return d;
  }

  /// Returns the input of a loop variable's Merge that comes from outside.
  static Item.Ref first(Item merge) {
    return merge.in.get(0).item().is("NextIteration") ? merge.in.get(1) : merge.in.get(0);
  }

  /// Returns the input of a loop variable's Merge that comes from the turn before.
  static Item.Ref again(Item merge) {
    return merge.in.get(0).item().is("NextIteration") ? merge.in.get(0) : merge.in.get(1);
  }
}
