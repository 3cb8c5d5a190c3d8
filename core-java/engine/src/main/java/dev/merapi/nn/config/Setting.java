package dev.merapi.nn.config;

import dev.merapi.say.Message;
import org.jspecify.annotations.Nullable;

/// One argument of a layer, loss, metric or optimizer: its name in configurations, its kind, its
/// default, its value.
///
/// The constructor's parameters, the configuration, its reading and the messages all come from
/// here.
public final class Setting<T extends @Nullable Object> {
  private final Settings home;
  private final String name;
  private final Kind<T> kind;
  private final boolean required;
  private T value;
  private boolean given;

  Setting(Settings home, String name, Kind<T> kind, T byDefault, boolean required) {
    this.home = home;
    this.name = name;
    this.kind = kind;
    this.value = byDefault;
    this.required = required;
  }

  public String name() {
    return name;
  }

  public Kind<T> kind() {
    return kind;
  }

  public boolean isRequired() {
    return required;
  }

  /// Returns the value.
  ///
  /// Fails: `ValueError` when it has no default and nobody gave it.
  public T get() {
    if (required && !given) {
      throw Message.what(home.owner() + ": argument '" + name + "' is missing")
          .expected(kind.expected())
          .valueError();
    }
    return value;
  }

  /// Takes a value, in any form that the kind reads.
  ///
  /// Fails: `ValueError` naming owner and argument when it does not fit, or when the owner's
  /// weights are made already.
  public void set(@Nullable Object x) {
    home.mayChange(name);
    try {
      value = kind.read(x);
      given = true;
    } catch (Kind.Misfit e) {
      throw Message.what(
              home.owner()
                  + ": "
                  + name
                  + " is "
                  + Settings.shown(x)
                  + (e.getMessage().isEmpty() ? "" : " (" + e.getMessage() + ")"))
          .expected(kind.expected())
          .valueError();
    }
  }

  @Nullable Object written() {
    return kind.write(get());
  }
}
