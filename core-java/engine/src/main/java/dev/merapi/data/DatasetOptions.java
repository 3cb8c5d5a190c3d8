package dev.merapi.data;

/// Wishes that hold for all iterations of a dataset.
///
/// @param deterministic whether parallel stages hand results on in order, where they are not told
///   otherwise
public record DatasetOptions(boolean deterministic) {
  public static final DatasetOptions DEFAULT = new DatasetOptions(true);
}
