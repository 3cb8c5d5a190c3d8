package dev.merapi.function.intercept;

import dev.merapi.say.Message;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells the user, once each, what could not be intercepted.
final class Report {
  static final String LOGGER = "dev.merapi.function";

  private final Set<String> told = ConcurrentHashMap.newKeySet();

  void warn(Message message, @Nullable Throwable cause) {
    String text = message.text();
    if (!told.add(text)) {
      return;
    }
    // The logger is looked up here and not earlier because that loads the whole of logging.
    System.Logger logger = System.getLogger(LOGGER);
    if (cause == null) {
      logger.log(System.Logger.Level.WARNING, text);
    } else {
      logger.log(System.Logger.Level.WARNING, text + "\n  cause     " + cause);
      logger.log(System.Logger.Level.DEBUG, text, cause);
    }
  }
}
