package dev.merapi.nn.model;

import dev.merapi.data.Dataset;
import java.util.Collection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Where the batches of a run come from.
interface Batches {
  /// Returns the batches of one pass.
  Iterator<Batch> pass(int epoch);

  /// Returns how many batches a pass has, or null when nobody knows.
  @Nullable Long steps();

  /// Batches of a dataset, or anything else that can be gone through.
  record OfDataset(Iterable<?> data, Sides sides) implements Batches {
    @Override
    public Iterator<Batch> pass(int epoch) {
      Iterator<?> each = data.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return each.hasNext();
        }

        @Override
        public Batch next() {
          return Batch.of(each.next(), sides);
        }
      };
    }

    @Override
    public @Nullable Long steps() {
      if (data instanceof Dataset<?> d) {
        return d.cardinality() < 0 ? null : (Long) d.cardinality();
      }
      return data instanceof Collection<?> c ? (Long) (long) c.size() : null;
    }
  }
}
