package dev.merapi.memory;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list of tensors that never changes: each step gives another list, which shares most of its
/// parts with the one before.
///
/// A random-access list in skew binary numbers: complete binary trees, the last element first, so
/// that push and pop touch one tree and reading or replacing an element goes down one. Parts are
/// counted; an element's memory returns when the last list that holds it is given up. An element
/// may be missing: then it reads as zeros.
///
/// Source: Okasaki, Purely Functional Data Structures, section 9.3.2.
public final class TensorList {
  private final DType dtype;
  private final Shape elementShape;
  private final int length;
  private final @Nullable Digit head;

  /// One complete tree of elements: its root is the last of them.
  private static final class Tree extends Counted {
    final @Nullable Tensor element;
    final @Nullable Tree left;
    final @Nullable Tree right;

    /// Takes claims of its own on everything.
    Tree(@Nullable Tensor element, @Nullable Tree left, @Nullable Tree right) {
      this.element = element;
      this.left = left;
      this.right = right;
      if (element != null) {
        element.storage().retain();
      }
      if (left != null) {
        left.retain();
      }
      if (right != null) {
        right.retain();
      }
    }

    @Override
    void free() {
      if (element != null) {
        element.storage().release();
      }
      if (left != null) {
        left.release();
      }
      if (right != null) {
        right.release();
      }
    }
  }

  /// A tree and the trees of what comes before its elements.
  private static final class Digit extends Counted {
    final int size;
    final Tree tree;
    final @Nullable Digit rest;

    /// Takes over the caller's claim on the tree and takes one of its own on the rest.
    Digit(int size, Tree tree, @Nullable Digit rest) {
      this.size = size;
      this.tree = tree;
      this.rest = rest;
      if (rest != null) {
        rest.retain();
      }
    }

    @Override
    void free() {
      tree.release();
      if (rest != null) {
        rest.release();
      }
    }
  }

  /// Takes over the caller's claim on `head`.
  private TensorList(DType dtype, Shape elementShape, int length, @Nullable Digit head) {
    this.dtype = dtype;
    this.elementShape = elementShape;
    this.length = length;
    this.head = head;
  }

  /// Returns a list of `length` missing elements; costs little however many they are.
  public static TensorList missing(DType dtype, Shape elementShape, int length) {
    Digit head = null;
    for (int left = length; left > 0; ) {
      int levels = 31 - Integer.numberOfLeadingZeros(left + 1);
      Tree t = new Tree(null, null, null);
      for (int i = 1; i < levels; i++) {
        Tree up = new Tree(null, t, t);
        t.release();
        t = up;
      }
      head = put((1 << levels) - 1, t, head);
      left -= (1 << levels) - 1;
    }
    return new TensorList(dtype, elementShape, length, head);
  }

  /// Makes a digit before `rest` and takes over the claims on both.
  private static Digit put(int size, Tree tree, @Nullable Digit rest) {
    Digit d = new Digit(size, tree, rest);
    if (rest != null) {
      rest.release();
    }
    return d;
  }

  /// Returns a list of the given elements, of which null ones are missing.
  public static TensorList of(DType dtype, Shape elementShape, List<@Nullable Tensor> elements) {
    TensorList l = missing(dtype, elementShape, 0);
    for (Tensor t : elements) {
      TensorList next = l.push(t);
      l.release();
      l = next;
    }
    return l;
  }

  public DType dtype() {
    return dtype;
  }

  /// Returns what is known of the elements' shapes.
  public Shape elementShape() {
    return elementShape;
  }

  public int length() {
    return length;
  }

  /// Returns the list with one more element at its end.
  public TensorList push(@Nullable Tensor t) {
    Digit h = head;
    Digit r = h == null ? null : h.rest;
    Digit made =
        h != null && r != null && h.size == r.size
            ? new Digit(1 + 2 * h.size, new Tree(t, h.tree, r.tree), r.rest)
            : new Digit(1, new Tree(t, null, null), h);
    return new TensorList(dtype, elementShape, length + 1, made);
  }

  /// Returns the list without its last element.
  public TensorList pop() {
    Digit h = filled();
    if (h.size == 1) {
      if (h.rest != null) {
        h.rest.retain();
      }
      return new TensorList(dtype, elementShape, length - 1, h.rest);
    }
    int half = (h.size - 1) / 2;
    h.tree.right.retain();
    h.tree.left.retain();
    Digit second = new Digit(half, h.tree.right, h.rest);
    Digit first = put(half, h.tree.left, second);
    return new TensorList(dtype, elementShape, length - 1, first);
  }

  private Digit filled() {
    Digit h = head;
    if (h == null) {
      throw Message.what("Trying to pop from an empty list")
          .given("a list of " + dtype)
          .expected("a list with at least one element")
          .valueError();
    }
    return h;
  }

  /// Returns an element without a claim of the caller's, or null when it is missing.
  ///
  /// Fails: `ValueError` when there is no element `i`.
  public @Nullable Tensor get(int i) {
    int k = fromEnd(i);
    Digit d = filled();
    while (k >= d.size) {
      k -= d.size;
      d = d.rest;
    }
    Tree t = d.tree;
    for (int size = d.size; k > 0; ) {
      size = (size - 1) / 2;
      if (k <= size) {
        t = t.left;
        k--;
      } else {
        t = t.right;
        k -= 1 + size;
      }
    }
    return t.element;
  }

  /// Returns the list with another element at one place.
  ///
  /// Fails: `ValueError` when there is no element `i`.
  public TensorList set(int i, @Nullable Tensor element) {
    int k = fromEnd(i);
    return new TensorList(dtype, elementShape, length, set(filled(), k, element));
  }

  private static Digit set(Digit d, int k, @Nullable Tensor element) {
    if (k < d.size) {
      return new Digit(d.size, set(d.tree, d.size, k, element), d.rest);
    }
    d.tree.retain();
    return put(d.size, d.tree, set(d.rest, k - d.size, element));
  }

  private static Tree set(Tree t, int size, int k, @Nullable Tensor element) {
    if (k == 0) {
      return new Tree(element, t.left, t.right);
    }
    int half = (size - 1) / 2;
    boolean left = k <= half;
    Tree changed = set(left ? t.left : t.right, half, left ? k - 1 : k - 1 - half, element);
    Tree up = new Tree(t.element, left ? changed : t.left, left ? t.right : changed);
    changed.release();
    return up;
  }

  private int fromEnd(int i) {
    if (i < 0 || i >= length) {
      throw Message.what(
              "Tried to access element " + i + " in a list with " + length + " elements.")
          .expected("a number from 0 to " + (length - 1))
          .valueError();
    }
    return length - 1 - i;
  }

  /// Returns all elements, without claims of the caller's; missing ones are null.
  public @Nullable Tensor[] elements() {
    @Nullable Tensor[] all = new Tensor[length];
    int at = length;
    for (Digit d = head; d != null; d = d.rest) {
      fill(d.tree, d.size, all, at);
      at -= d.size;
    }
    return all;
  }

  private static void fill(Tree t, int size, @Nullable Tensor[] all, int end) {
    all[end - 1] = t.element;
    if (size > 1) {
      int half = (size - 1) / 2;
      fill(t.left, half, all, end - 1);
      fill(t.right, half, all, end - 1 - half);
    }
  }

  /// Gives the list up.
  public void release() {
    if (head != null) {
      head.release();
    }
  }

  @Override
  public String toString() {
    return "TensorList(" + length + " × " + dtype + " " + elementShape + ")";
  }
}
