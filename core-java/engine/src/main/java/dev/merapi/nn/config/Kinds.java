package dev.merapi.nn.config;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// The kinds of arguments that are nobody's own: numbers, flags, texts, sizes, shapes, types.
public final class Kinds {
  public static final Kind<Boolean> FLAG =
      simple("true or false", g -> g instanceof Boolean b ? b : null);

  public static final Kind<String> TEXT = simple("a text", g -> g instanceof String s ? s : null);

  public static final Kind<Integer> INT = integers("a whole number", n -> true);

  public static final Kind<Integer> POSITIVE = integers("a whole number of 1 or more", n -> n >= 1);

  public static final Kind<Integer> NOT_NEGATIVE =
      integers("a whole number of 0 or more", n -> n >= 0);

  public static final Kind<Long> LONG =
      simple("a whole number", g -> isWhole(g) ? ((Number) g).longValue() : null);

  public static final Kind<Double> NUMBER = numbers("a number", x -> true);

  /// A share: 0 to 1, both included.
  public static final Kind<Double> SHARE = numbers("a number from 0 to 1", x -> x >= 0 && x <= 1);

  /// Anything that JSON can hold, as it is.
  public static final Kind<@Nullable Object> ANY =
      new Kind<>() {
        @Override
        public @Nullable Object read(@Nullable Object given) {
          return given;
        }

        @Override
        public String expected() {
          return "anything";
        }
      };

  /// `channels_last` or `channels_first`; null stands for the first.
  public static final Kind<String> DATA_FORMAT =
      new Kind<>() {
        private final Kind<String> word = oneOf("channels_last", "channels_first");

        @Override
        public String read(@Nullable Object given) {
          return given == null ? "channels_last" : word.read(given);
        }

        @Override
        public String expected() {
          return word.expected();
        }
      };

  /// An element type, by constant or name.
  public static final Kind<DType> DTYPE =
      new Kind<>() {
        @Override
        public DType read(@Nullable Object given) {
          if (given instanceof DType d) {
            return d;
          }
          for (DType d : DType.values()) {
            if (d.toString().equals(given)) {
              return d;
            }
          }
          throw new Misfit("");
        }

        @Override
        public Object write(DType value) {
          return value.toString();
        }

        @Override
        public String expected() {
          return "an element type such as tf.float32 or \"float32\"";
        }
      };

  /// A shape without the batch axis: a list of sizes, null or -1 for an open one.
  public static final Kind<Shape> SHAPE =
      new Kind<>() {
        @Override
        public Shape read(@Nullable Object given) {
          if (given instanceof Shape s) {
            return s;
          }
          if (isWhole(given)) {
            return Shape.of(POSITIVE.read(given));
          }
          List<@Nullable Object> items = items(given);
          int[] dims = new int[items.size()];
          for (int i = 0; i < dims.length; i++) {
            Object o = items.get(i);
            dims[i] = o == null ? -1 : INT.read(o);
            if (dims[i] < -1) {
              throw new Misfit("size " + dims[i] + " at place " + i);
            }
          }
          return Shape.of(dims);
        }

        @Override
        public Object write(Shape value) {
          List<@Nullable Object> dims = new ArrayList<>();
          for (int d : value.dims()) {
            dims.add(d < 0 ? null : (Object) (long) d);
          }
          return dims;
        }

        @Override
        public String expected() {
          return "a shape, for example new int[] {28, 28, 1}";
        }
      };

  private Kinds() {}

  /// One of several words, in any case; kept in lower case.
  public static Kind<String> oneOf(String... words) {
    String all = "one of '" + String.join("', '", words) + "'";
    List<String> known = List.of(words);
    return simple(
        all,
        g ->
            g instanceof String s && known.contains(s.toLowerCase(Locale.ROOT))
                ? s.toLowerCase(Locale.ROOT)
                : null);
  }

  /// `n` sizes of `atLeast` or more; one number stands for `n` equal ones. Written as a list.
  public static Kind<int[]> sizes(int n, int atLeast) {
    return new Kind<>() {
      @Override
      public int[] read(@Nullable Object given) {
        int[] sizes = new int[n];
        if (isWhole(given)) {
          Arrays.fill(sizes, INT.read(given));
        } else {
          List<@Nullable Object> items = items(given);
          if (items.size() != n) {
            throw new Misfit(items.size() + " numbers where " + n + " belong");
          }
          for (int i = 0; i < n; i++) {
            sizes[i] = INT.read(items.get(i));
          }
        }
        for (int s : sizes) {
          if (s < atLeast) {
            throw new Misfit("" + s);
          }
        }
        return sizes;
      }

      @Override
      public Object write(int[] value) {
        return list(value);
      }

      @Override
      public String expected() {
        return (n == 1 ? "a whole number" : "one whole number or " + n)
            + " of "
            + atLeast
            + " or more";
      }
    };
  }

  /// A whole number or a list of them, of any length; written as it was given.
  public static final Kind<int[]> AXES =
      new Kind<>() {
        @Override
        public int[] read(@Nullable Object given) {
          if (isWhole(given)) {
            return new int[] {INT.read(given)};
          }
          return items(given).stream().mapToInt(INT::read).toArray();
        }

        @Override
        public Object write(int[] value) {
          return value.length == 1 ? (Object) (long) value[0] : list(value);
        }

        @Override
        public String expected() {
          return "a whole number or several";
        }
      };

  /// A list of whole numbers, of any length.
  public static final Kind<int[]> WHOLES =
      new Kind<>() {
        @Override
        public int[] read(@Nullable Object given) {
          return items(given).stream().mapToInt(INT::read).toArray();
        }

        @Override
        public Object write(int[] value) {
          return list(value);
        }

        @Override
        public String expected() {
          return "a list of whole numbers";
        }
      };

  /// A list of numbers; null for none is a matter of [Kind#orNone].
  public static final Kind<double[]> NUMBERS =
      new Kind<>() {
        @Override
        public double[] read(@Nullable Object given) {
          return items(given).stream().mapToDouble(NUMBER::read).toArray();
        }

        @Override
        public Object write(double[] value) {
          return Arrays.stream(value).boxed().toList();
        }

        @Override
        public String expected() {
          return "a list of numbers";
        }
      };

  /// A list of texts.
  public static final Kind<List<String>> TEXTS =
      new Kind<>() {
        @Override
        public List<String> read(@Nullable Object given) {
          return items(given).stream().map(TEXT::read).toList();
        }

        @Override
        public String expected() {
          return "a list of texts";
        }
      };

  private static Object list(int[] value) {
    return Arrays.stream(value).mapToObj(i -> (Object) (long) i).toList();
  }

  /// Returns the items of a list, collection or array.
  ///
  /// Fails: [Kind.Misfit] for anything else.
  public static List<@Nullable Object> items(@Nullable Object given) {
    if (given instanceof Iterable<?> many) {
      List<@Nullable Object> items = new ArrayList<>();
      many.forEach(items::add);
      return items;
    }
    if (given != null && given.getClass().isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      for (int i = 0; i < Array.getLength(given); i++) {
        items.add(Array.get(given, i));
      }
      return items;
    }
    throw new Kind.Misfit("");
  }

  /// Whole numbers, with a bound of their own.
  public static Kind<Integer> integers(String expected, LongPredicate fits) {
    return simple(
        expected,
        g -> {
          if (!isWhole(g)) {
            return null;
          }
          long n = ((Number) g).longValue();
          return n == (int) n && fits.test(n) ? (Integer) (int) n : null;
        });
  }

  /// Numbers, with a bound of their own.
  public static Kind<Double> numbers(String expected, DoublePredicate fits) {
    return simple(
        expected,
        g -> g instanceof Number n && fits.test(n.doubleValue()) ? (Double) n.doubleValue() : null);
  }

  /// A kind by one function that returns null where nothing fits.
  public static <T> Kind<T> simple(
      String expected, java.util.function.Function<@Nullable Object, @Nullable T> read) {
    return new Kind<>() {
      @Override
      public T read(@Nullable Object given) {
        T value = read.apply(given);
        if (value == null) {
          throw new Misfit("");
        }
        return value;
      }

      @Override
      public @Nullable Object write(T value) {
        return value instanceof Integer i ? (Object) i.longValue() : value;
      }

      @Override
      public String expected() {
        return expected;
      }
    };
  }

  private static boolean isWhole(@Nullable Object g) {
    return g instanceof Integer
        || g instanceof Long
        || g instanceof Short
        || g instanceof Byte
        || g instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15;
  }
}
