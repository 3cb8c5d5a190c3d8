package dev.merapi.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads the command line of `./merapi bench`.
@Command(
    name = "merapi bench",
    mixinStandardHelpOptions = true,
    description = "Measures how fast Merapi is.",
    subcommands = {FunctionsBench.class, BenchMain.Page.class})
final class BenchMain implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /// For picocli, which builds every command from its class.
  BenchMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "merapi bench: a command is missing.");
  }

  /// Writes the page of results.
  @Command(
      name = "page",
      mixinStandardHelpOptions = true,
      description = "Writes results of 'functions --json' as a Markdown page.")
  static final class Page implements Callable<Integer> {
    @Parameters(paramLabel = "RESULTS", description = "the file of results")
    private Path results;

    @Parameters(paramLabel = "PAGE", description = "the page to write")
    private Path page;

    @Option(
        names = "--machine",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "a line about the machine and the day")
    private String machine;

    /// For picocli, which builds every command from its class.
    Page() {}

    @Override
    public Integer call() throws java.io.IOException {
      SpeedPage.write(results, page, machine);
      return 0;
    }
  }
}
