package dev.merapi.data;

import dev.merapi.memory.Scope;
import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.lang.ref.Reference;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One iteration of a dataset, in the program's hands.
///
/// The pipeline works apart from what its reader is doing: no tape looks on, and no tensor scope
/// ends its elements.
final class ElementIterator<E> implements Iterator<E> {
  private final Stage stage;
  private final Cursor cursor;
  private @Nullable Structure structure;
  private @Nullable Element ahead;
  private @Nullable RuntimeException failure;
  private boolean ended;

  ElementIterator(Stage stage, Run run) {
    this.stage = stage;
    Cursor c = stage.start(run);
    this.cursor = c;
    // The action knows the cursor only, never this object, which could not be collected otherwise.
    Background.CLEANER.register(this, c::close);
  }

  @Override
  public boolean hasNext() {
    if (ahead == null && failure == null && !ended) {
      try {
        ahead = element();
      } catch (RuntimeException e) {
        // Told by next(), so that a loop knows whose element it was.
        failure = e;
      }
    }
    return !ended;
  }

  @Override
  @SuppressWarnings("unchecked")
  public E next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the dataset has no more elements");
    }
    RuntimeException f = failure;
    if (f != null) {
      failure = null;
      throw f;
    }
    Element e = ahead;
    ahead = null;
    Structure s = structure;
    if (s == null) {
      s = stage.structure();
      structure = s;
    }
    return (E) apart(build(s, e));
  }

  private static Supplier<Object> build(Structure s, @Nullable Element e) {
    if (e == null) {
      throw new IllegalStateException("This is a bug in Merapi: an iterator lost its element");
    }
    return () -> s.build(e.parts());
  }

  /// Returns the next element unbuilt, or null at the end.
  @Nullable Element element() {
    if (ended) {
      return null;
    }
    try {
      Element e = apartOrNull(cursor::next);
      if (e == null) {
        ended = true;
        cursor.close();
      }
      return e;
    } finally {
      // Without this the cleaner could close the pass under a reader's last call.
      Reference.reachabilityFence(this);
    }
  }

  Tensor[] apart(UserCode code, Structure in, Tensor[] parts, long index) {
    return apart(() -> code.run(in, parts, index));
  }

  private static <T> T apart(Supplier<T> work) {
    T y = apartOrNull(work::get);
    if (y == null) {
      throw new IllegalStateException("This is a bug in Merapi: a pipeline gave nothing");
    }
    return y;
  }

  /// Something to do in the pipeline.
  private interface Work<T> {
    @Nullable T get();
  }

  private static <T> @Nullable T apartOrNull(Work<T> work) {
    Context c = Context.get();
    if (!c.isEager()) {
      throw Message.what("a dataset cannot be iterated while a function is traced")
          .given("an iterator used inside of a traced function")
          .expected("iteration on the host")
          .fix("iterate outside, and call the function with each element")
          .symbolError();
    }
    Recorder r = c.recorder();
    c.setRecorder(null);
    Scope s = Scope.suspend();
    try {
      return work.get();
    } finally {
      Scope.resume(s);
      c.setRecorder(r);
    }
  }
}
