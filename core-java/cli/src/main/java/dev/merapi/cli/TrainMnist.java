package dev.merapi.cli;

import dev.merapi.data.LabelledSplit;
import dev.merapi.data.digits.Digits;
import dev.merapi.formats.idx.MnistFiles;
import dev.merapi.formats.npy.Npz;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// Trains a model to read digits, and leaves its weights and learning curve as files.
@Command(
    name = "mnist",
    description = {
      "Trains a model to read digits.",
      "Without --data, the digits are drawn by this program: 10000 to learn from, 2000 to test."
    },
    footer = {
      "",
      "Writes mnist-MODEL.npz (the weights, for NumPy and Merapi) and mnist-MODEL.svg (the learning"
          + " curve).",
      "Exit status: 0 done, 1 failed, 2 not understood."
    },
    sortOptions = false,
    mixinStandardHelpOptions = true)
final class TrainMnist implements Callable<Integer> {
  private static final int TRAIN = 10_000;
  private static final int TEST = 2_000;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "cnn",
      converter = ModelName.class,
      description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
  private Trainer.Model model = Trainer.Model.CNN;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder with the four MNIST files in IDX form, plain or .gz")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "3",
      description = "times to go through the training pictures; default: ${DEFAULT-VALUE}")
  private int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "50",
      description = "pictures a training step; default: ${DEFAULT-VALUE}")
  private int batch;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "source of all random numbers: the same seed gives the same weights; default:"
              + " ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "processors to use; default: all of them")
  private Optional<Integer> threads = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "folder for the two files; default: the current one")
  private Path out = Path.of(".");

  @Spec private CommandSpec spec;

  private final Trainer trainer;

  TrainMnist(Trainer trainer) {
    this.trainer = trainer;
  }

  @Override
  public Integer call() throws IOException {
    int processors = threads.orElse(Runtime.getRuntime().availableProcessors());
    atLeastOne("--epochs", epochs);
    atLeastOne("--batch", batch);
    atLeastOne("--threads", processors);
    // Found out now, not after an hour of training.
    Files.createDirectories(out);

    PrintWriter printer = spec.commandLine().getOut();
    LabelledSplit split =
        data.isPresent() ? MnistFiles.load(data.get()) : Digits.make(seed, TRAIN, TEST);
    printer.printf(
        Locale.ROOT,
        "%s: %d pictures to learn from, %d to test; model %s, seed %d%n",
        data.map(folder -> "MNIST from " + folder).orElse("digits drawn by seed"),
        split.train().size(),
        split.test().size(),
        model,
        seed);

    Trainer.Job job = new Trainer.Job(model, split, epochs, batch, seed, processors);
    ProgressLine progress =
        new ProgressLine(printer, ProgressLine.onTerminal(), System::nanoTime, job);
    LearningCurve curve = new LearningCurve();
    Trainer.Result result =
        trainer.train(
            job,
            step -> {
              progress.saw(step);
              curve.saw(step);
            });
    printer.printf(
        Locale.ROOT,
        "test accuracy %.2f %%, test loss %.4f%n",
        100 * result.accuracy(),
        result.loss());

    Path weights = out.resolve("mnist-" + model + ".npz");
    Path picture = out.resolve("mnist-" + model + ".svg");
    Npz.write(weights, result.weights());
    curve.write(
        picture,
        String.format(
            Locale.ROOT,
            "Learning to read digits: %s, %d %s of %d images",
            model,
            epochs,
            epochs == 1 ? "epoch" : "epochs",
            split.train().size()),
        result.accuracy());
    printer.println("wrote " + weights + " and " + picture);
    return 0;
  }

  /// Understands the names that the help shows; picocli's own message spells the constants.
  private static final class ModelName implements ITypeConverter<Trainer.Model> {
    @Override
    public Trainer.Model convert(String name) {
      for (Trainer.Model model : Trainer.Model.values()) {
        if (model.toString().equals(name)) {
          return model;
        }
      }
      throw new TypeConversionException(
          "expected one of %s but was '%s'".formatted(List.of(Trainer.Model.values()), name));
    }
  }

  private void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '%s': expected 1 or more but was '%d'"
              .formatted(option, value));
    }
  }
}
