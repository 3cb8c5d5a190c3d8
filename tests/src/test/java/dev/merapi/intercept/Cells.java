package dev.merapi.intercept;

import dev.merapi.function.intercept.Interception;
import dev.merapi.tensor.Tensor;
import dev.merapi.tf;
import java.io.InputStream;
import java.util.List;
import java.util.function.UnaryOperator;

/// A program that makes its classes while it runs, and whose class loaders show no class files: one
/// cell before the first tensor and two after it. Prints how often each cell's body was run.
final class Cells {
  private Cells() {}

  private static final class Loader extends ClassLoader {
    private final byte[] file;

    Loader(byte[] file) {
      super(Cells.class.getClassLoader());
      this.file = file;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(Cell.class.getName())
          ? defineClass(name, file, 0, file.length)
          : super.loadClass(name, resolve);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      return null;
    }
  }

  @SuppressWarnings("unchecked")
  private static UnaryOperator<Tensor> cell(byte[] file) throws ReflectiveOperationException {
    return (UnaryOperator<Tensor>)
        Class.forName(Cell.class.getName(), true, new Loader(file))
            .getDeclaredConstructor()
            .newInstance();
  }

  public static void main(String[] args) throws Exception {
    Toys.install();
    byte[] file;
    try (InputStream in = Cells.class.getResourceAsStream("Cell.class")) {
      file = in.readAllBytes();
    }
    UnaryOperator<Tensor> before = cell(file);
    Tensor x = tf.constant(1f);
    System.out.println("way " + Interception.way());
    int i = 0;
    for (UnaryOperator<Tensor> c : List.of(before, cell(file), cell(file))) {
      System.out.println("cell" + i++ + " " + c.apply(x).floatValue() + " " + c);
    }
  }
}
