package io.tollwatch.checks.script;

/// Where the steps of a check go. Immutable. No provider has the name of a channel.
public sealed interface Destination {

  /// Its name in the configuration.
  String name();

  /// How people are told of it.
  String shown();

  /// The key that names it in a script.
  String key();

  /// To one provider.
  record OfProvider(String name) implements Destination {

    @Override
    public String shown() {
      return name;
    }

    @Override
    public String key() {
      return "provider";
    }
  }

  /// To a channel, as calls of services do: which of its providers takes a step is the channel's
  /// choice.
  record OfChannel(String name) implements Destination {

    @Override
    public String shown() {
      return "channel " + name;
    }

    @Override
    public String key() {
      return "channel";
    }
  }
}
