package dev.merapi.function.autograph;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An iterator that can be set back: two branches that both go on with a host loop see the same
/// elements.
final class Replay implements Iterator<@Nullable Object> {
  private final Iterator<?> of;
  private final List<@Nullable Object> seen = new ArrayList<>();
  private int at;

  Replay(Iterator<?> of) {
    this.of = of;
  }

  /// Where two branches that left it at different places have met: it must not be used any more, and
  /// seldom is, since the loop over it has ended.
  static final int NOWHERE = -1;

  int position() {
    return at;
  }

  void setPosition(int p) {
    at = p;
  }

  private void mustStand() {
    if (at < 0) {
      throw Refusal.iterator();
    }
  }

  @Override
  public boolean hasNext() {
    mustStand();
    return at < seen.size() || of.hasNext();
  }

  @Override
  public @Nullable Object next() {
    mustStand();
    if (at == seen.size()) {
      seen.add(of.next());
    }
    return seen.get(at++);
  }

  /// Removes the element just returned; only while nothing has been set back.
  @Override
  public void remove() {
    if (at != seen.size()) {
      throw new UnsupportedOperationException(
          "an element cannot be removed under a condition on a tensor");
    }
    of.remove();
  }
}
