package io.tollwatch.ledger.store;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where a PostgreSQL server is, as
/// `jdbc:postgresql://host[:port][,host...]/database[?parameters]`. Immutable. The driver knows
/// parameters that load classes, write files or run programs: only harmless ones are let through
/// ([#PARAMETERS]), and none that says who logs in, because a URL stands in logs.
public final class PostgresUrl {

  /// The parameters that may be given.
  public static final Set<String> PARAMETERS =
      Set.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "channelBinding",
          "connectTimeout",
          "socketTimeout",
          "loginTimeout",
          "tcpKeepAlive",
          "ApplicationName",
          "currentSchema",
          "targetServerType",
          "hostRecheckSeconds",
          "loadBalanceHosts");

  private static final Pattern SHAPE =
      Pattern.compile(
          "jdbc:postgresql://(?<hosts>[^/?#@]+)/(?<database>[A-Za-z0-9_.%-]+)(\\?(?<query>[^#]*))?");
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
  private static final Pattern PARAMETER =
      Pattern.compile("(?<name>[A-Za-z]+)=(?<value>[A-Za-z0-9_.,:/%+~ -]*)");

  private final String url;

  private PostgresUrl(String url) {
    this.url = url;
  }

  /// What came of reading one.
  public sealed interface Parsed {
    /// It may be used.
    record Right(PostgresUrl url) implements Parsed {}

    /// It may not.
    ///
    /// @param reason one sentence, which repeats nothing that could be a secret
    record Wrong(String reason) implements Parsed {}
  }

  /// Reads a URL.
  public static Parsed parse(String text) {
    if (text.indexOf('@') >= 0) {
      return new Parsed.Wrong("the URL may not say who logs in: give user and password apart");
    }
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      return new Parsed.Wrong(
          "the URL must look like jdbc:postgresql://host:port/database?parameters");
    }
    return wrongHost(shape.group("hosts"))
        .or(() -> wrongParameter(Optional.ofNullable(shape.group("query")).orElse("")))
        .<Parsed>map(Parsed.Wrong::new)
        .orElseGet(() -> new Parsed.Right(new PostgresUrl(text)));
  }

  private static Optional<String> wrongHost(String hosts) {
    return Stream.of(hosts.split(",", -1))
        .filter(host -> !HOST.matcher(host).matches())
        .findFirst()
        .map(host -> "the URL has a host that is none: " + host);
  }

  private static Optional<String> wrongParameter(String query) {
    if (query.isEmpty()) {
      return Optional.empty();
    }
    for (String each : query.split("&", -1)) {
      Matcher parameter = PARAMETER.matcher(each);
      if (!parameter.matches()) {
        return Optional.of("a parameter of the URL is not of the form name=value");
      }
      if (!PARAMETERS.contains(parameter.group("name"))) {
        return Optional.of(
            "the URL may not have the parameter %s; it may have: %s"
                .formatted(
                    parameter.group("name"),
                    String.join(", ", PARAMETERS.stream().sorted().toList())));
      }
    }
    return Optional.empty();
  }

  /// The URL as it was given: it holds no secret.
  public String text() {
    return url;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PostgresUrl that && that.url.equals(url);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  @Override
  public String toString() {
    return url;
  }
}
