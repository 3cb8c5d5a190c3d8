package dev.merapi.cli;

import dev.merapi.formats.FileError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// Reads the command line and hands over to the command it names.
@Command(
    name = "merapi",
    description = "TensorFlow for the JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    footer = "In a checkout, './merapi bench functions' measures functions against eager calls.",
    subcommands = Train.class)
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /// For picocli, which builds every command from its class.
  Main() {}

  public static void main(String[] args) {
    System.exit(run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), args));
  }

  /// Runs one command line and returns its exit status: 0 done, 1 failed, 2 not understood.
  ///
  /// What a command line that is not understood gets, its usage included, goes to `err`: `out`
  /// carries results only.
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return commandLine(out, err, new EngineTrainer()).execute(args);
  }

  /// Builds the command line with a trainer behind `train mnist`.
  static CommandLine commandLine(PrintWriter out, PrintWriter err, Trainer trainer) {
    CommandLine merapi = new CommandLine(new Main());
    merapi.getSubcommands().get("train").addSubcommand(new TrainMnist(trainer));
    return answering(merapi, out, err);
  }

  private static CommandLine answering(CommandLine merapi, PrintWriter out, PrintWriter err) {
    return merapi
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Main::explain)
        .setExecutionExceptionHandler(Main::report);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "merapi: a command is missing.");
  }

  private static int explain(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(problem.getMessage());
    UnmatchedArgumentException.printSuggestions(problem, err);
    command.usage(err);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /// Says what is wrong with a file or folder; everything else is a bug, and shows where it is.
  private static int report(Exception problem, CommandLine command, ParseResult parsed)
      throws Exception {
    switch (problem) {
      case FileError bad -> command.getErr().println(bad.getMessage());
      // Its message is the bare path.
      case NoSuchFileException missing ->
          command.getErr().println("there is no file or folder " + missing.getMessage());
      case FileSystemException refused ->
          command.getErr().println("the system refuses: " + refused.getMessage());
      case IOException failed ->
          command.getErr().println("reading or writing failed: " + failed.getMessage());
      default -> throw problem;
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /// Tells Merapi's version and the JVM that runs it: the two things a report of a fault needs.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "Merapi " + (version == null ? "(run from classes, not from its jar)" : version),
        "JVM " + Runtime.version() + " (" + System.getProperty("java.vm.vendor") + ")"
      };
    }
  }
}
