package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The values that predicates must have for a node to run: in TensorFlow 1 a node whose input comes
/// from the side of a Switch that is not taken is dead, and so is what reads it.
///
/// @param sides predicate → the side; null when no side will do (it contradicts itself)
record When(@Nullable Map<Ref, Boolean> sides) {
  static final When ALWAYS = new When(Map.of());
  static final When NEVER = new When(null);

  boolean isNever() {
    return sides == null;
  }

  boolean isAlways() {
    return sides != null && sides.isEmpty();
  }

  /// Returns the side that a predicate must have, or null when it does not matter.
  @Nullable Boolean side(Ref predicate) {
    return sides == null ? null : sides.get(predicate);
  }

  /// Returns this and `other` together.
  When and(When other) {
    if (sides == null || other.sides == null) {
      return NEVER;
    }
    if (other.sides.isEmpty() || other.equals(this)) {
      return this;
    }
    if (sides.isEmpty()) {
      return other;
    }
    Map<Ref, Boolean> all = new LinkedHashMap<>(sides);
    for (Map.Entry<Ref, Boolean> e : other.sides.entrySet()) {
      Boolean mine = all.putIfAbsent(e.getKey(), e.getValue());
      if (mine != null && !mine.equals(e.getValue())) {
        return NEVER;
      }
    }
    return new When(Collections.unmodifiableMap(all));
  }

  When and(Ref predicate, boolean side) {
    return and(new When(Map.of(predicate, side)));
  }

  When without(Ref predicate) {
    if (sides == null) {
      return this;
    }
    Map<Ref, Boolean> rest = new LinkedHashMap<>(sides);
    rest.remove(predicate);
    return new When(Collections.unmodifiableMap(rest));
  }

  /// Tells whether this holds wherever `inner` holds.
  boolean covers(When inner) {
    return sides != null
        && inner.sides != null
        && inner.sides.entrySet().containsAll(sides.entrySet());
  }

  @Override
  public String toString() {
    if (sides == null) {
      return "never";
    }
    StringBuilder s = new StringBuilder();
    sides.forEach(
        (p, side) -> s.append(s.isEmpty() ? "" : " and ").append(p).append(" is ").append(side));
    return s.isEmpty() ? "always" : s.toString();
  }
}
