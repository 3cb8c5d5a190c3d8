package dev.merapi.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Groups the commands that train a model and print how well it learned.
@Command(
    name = "train",
    description = "Trains a model and prints how well it learned.",
    mixinStandardHelpOptions = true)
final class Train implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "merapi train: the model is missing.");
  }
}
