package io.tollwatch.checks.script;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A look at the way to a gateway, without a request to it: nothing of it is in the ledger, and no
/// breaker hears of it. Immutable.
public sealed interface PlainProbe {

  /// Its name in the check.
  String name();

  /// The host that is looked at; empty for the provider's own.
  Optional<String> host();

  /// Longest time; default the check's step timeout.
  Duration timeout();

  /// Asks for the addresses, or the alias, behind a name.
  ///
  /// @param resolvers whom it asks, each for itself
  /// @param among all that is answered must be one of these; empty: anything may be
  /// @param steady whether another answer than that of the last run fails the check
  record Names(
      String name,
      Optional<String> host,
      Type type,
      List<Resolver> resolvers,
      List<String> among,
      boolean steady,
      Duration timeout)
      implements PlainProbe {

    public Names {
      resolvers = List.copyOf(resolvers);
      among = List.copyOf(among);
    }
  }

  /// What is asked for.
  enum Type {
    A,
    AAAA,
    CNAME
  }

  /// Whom to ask.
  sealed interface Resolver {

    /// As the script has it.
    String text();

    /// The one that live calls use: the machine's, through Java.
    record OfTheMachine() implements Resolver {

      @Override
      public String text() {
        return "system";
      }
    }

    /// A name server.
    ///
    /// @param address an address literal
    record Server(String address, int port) implements Resolver {

      @Override
      public String text() {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return port == 53 ? address : host + ":" + port;
      }
    }
  }

  /// Opens a connection to each address of the host and closes it.
  ///
  /// @param port empty for the provider's own
  record Connect(String name, Optional<String> host, OptionalInt port, Duration timeout)
      implements PlainProbe {}

  /// Shakes hands and looks at the certificates.
  ///
  /// @param port empty for the provider's own
  /// @param daysLeft how long all of the chain must still be valid
  record Certificates(
      String name, Optional<String> host, OptionalInt port, int daysLeft, Duration timeout)
      implements PlainProbe {}
}
