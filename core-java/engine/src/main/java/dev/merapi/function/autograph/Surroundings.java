package dev.merapi.function.autograph;

import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The mutable objects within reach of an activation, as they were: so that one branch does not see
/// what the other did to them, and that what both did can be merged.
final class Surroundings {
  /// Looking at an object costs about 50 ns a field; a branch looks three times.
  private static final int MOST = 200_000;

  private final List<Image> images = new ArrayList<>();
  private final Map<Object, Boolean> seen = new IdentityHashMap<>();
  private final Deque<Image> work = new ArrayDeque<>();

  /// Adds an object and what can be reached from it; `path` is its name.
  void reach(@Nullable Object root, String path) {
    add(root, path);
    while (!work.isEmpty()) {
      Image i = work.pop();
      Object[] content = i.before();
      for (int k = 0; k < content.length; k++) {
        if (isLeaf(content[k])) {
          continue;
        }
        add(content[k], i.name(k));
      }
    }
  }

  void add(Image statics) {
    statics.take();
    images.add(statics);
    work.push(statics);
  }

  private void add(@Nullable Object o, String path) {
    if (isLeaf(o) || seen.put(o, true) != null) {
      return;
    }
    Image i = Image.of(o, path);
    if (i == null) {
      return;
    }
    i.take();
    images.add(i);
    if (images.size() > MOST) {
      throw Refusal.large(MOST);
    }
    if (!(o.getClass().isArray() && o.getClass().getComponentType().isPrimitive())) {
      work.push(i);
    }
  }

  private static boolean isLeaf(@Nullable Object o) {
    return o == null
        || o instanceof Tensor
        || o instanceof Symbolic
        || Image.isPlain(o)
        || o instanceof Enum
        || o instanceof Class;
  }

  List<Image> images() {
    return images;
  }

  /// Returns the objects that are not as they were, with what they hold now.
  Map<Image, @Nullable Object[]> changes() {
    Map<Image, @Nullable Object[]> all = new IdentityHashMap<>();
    for (Image i : images) {
      Object[] now = i.changed();
      if (now != null) {
        all.put(i, now);
      }
    }
    return all;
  }

  /// Makes all objects what they were.
  void restore() {
    for (Image i : images) {
      if (i.changed() != null) {
        i.write(i.before());
      }
    }
  }
}
