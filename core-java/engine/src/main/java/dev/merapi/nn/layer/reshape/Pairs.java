package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many places at both ends of each axis: one number for all, one for each axis, or a pair for
/// each axis.
record Pairs(int axes) implements Kind<int[][]> {
  @Override
  public int[][] read(@Nullable Object given) {
    int[][] pairs = new int[axes][2];
    if (given instanceof Number n) {
      for (int[] p : pairs) {
        p[0] = Kinds.NOT_NEGATIVE.read(n);
        p[1] = p[0];
      }
      return pairs;
    }
    List<@Nullable Object> items = Kinds.items(given);
    // A sequence has one axis, and its pair stands alone.
    if (axes == 1 && items.size() == 2) {
      pairs[0] = pair(items);
      return pairs;
    }
    if (items.size() != axes) {
      throw new Misfit(items.size() + " entries where " + axes + " belong");
    }
    for (int i = 0; i < axes; i++) {
      Object one = items.get(i);
      if (one instanceof Number n) {
        pairs[i][0] = Kinds.NOT_NEGATIVE.read(n);
        pairs[i][1] = pairs[i][0];
      } else {
        pairs[i] = pair(Kinds.items(one));
      }
    }
    return pairs;
  }

  private static int[] pair(List<@Nullable Object> two) {
    if (two.size() != 2) {
      throw new Misfit(two.size() + " numbers where 2 belong");
    }
    return new int[] {Kinds.NOT_NEGATIVE.read(two.get(0)), Kinds.NOT_NEGATIVE.read(two.get(1))};
  }

  @Override
  public Object write(int[][] pairs) {
    List<Object> all = new ArrayList<>();
    for (int[] p : pairs) {
      all.add(List.of((long) p[0], (long) p[1]));
    }
    return axes == 1 ? all.getFirst() : all;
  }

  @Override
  public String expected() {
    return axes == 1
        ? "one whole number of 0 or more, or two: before and behind"
        : "one whole number of 0 or more, " + axes + ", or " + axes + " pairs of them";
  }
}
