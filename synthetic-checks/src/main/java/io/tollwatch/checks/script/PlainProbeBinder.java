package io.tollwatch.checks.script;

import io.tollwatch.checks.script.PlainProbe.Resolver;
import io.tollwatch.document.Section;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads a plain probe. Confined to one reading.
final class PlainProbeBinder {

  private static final List<String> KINDS = List.of("dns", "connect", "tls");
  private static final int DNS_PORT = 53;

  private final Section probe;
  private final Duration timeout;

  PlainProbeBinder(Section probe, Duration usualTimeout) {
    this.probe = probe;
    this.timeout = probe.duration("timeout", usualTimeout);
  }

  PlainProbe bind() {
    List<String> given = new ArrayList<>(KINDS);
    given.removeIf(kind -> !probe.has(kind));
    if (given.size() > 1) {
      probe.wrongKey(given.get(1), " is a second kind of probe", "make another probe of it");
    }
    String name = probe.text("name").orElse("");
    return switch (given.isEmpty() ? "" : given.getFirst()) {
      case "dns" -> names(name, probe.section("dns"));
      case "tls" -> certificates(name, probe.section("tls"));
      case "connect" -> {
        Section connect = probe.section("connect");
        yield new PlainProbe.Connect(name, connect.text("host"), port(connect), timeout);
      }
      default -> {
        probe.wrong("name", ": it does not say what is probed", "add dns, connect or tls");
        yield new PlainProbe.Connect(name, Optional.empty(), OptionalInt.empty(), timeout);
      }
    };
  }

  private PlainProbe certificates(String name, Section tls) {
    return new PlainProbe.Certificates(
        name, tls.text("host"), port(tls), tls.integer("days-left", 0), timeout);
  }

  private static OptionalInt port(Section section) {
    return section.has("port") ? OptionalInt.of(section.integer("port", 0)) : OptionalInt.empty();
  }

  private PlainProbe names(String name, Section dns) {
    PlainProbe.Type type = dns.choice("type", PlainProbe.Type.class, PlainProbe.Type.A);
    return new PlainProbe.Names(
        name,
        dns.text("name"),
        type,
        resolvers(dns, type),
        dns.texts("answers", List.of()),
        dns.flag("steady", false),
        timeout);
  }

  private static List<Resolver> resolvers(Section dns, PlainProbe.Type type) {
    List<Resolver> resolvers = new ArrayList<>();
    List<String> texts = dns.texts("resolvers", List.of("system"));
    for (int i = 0; i < texts.size(); i++) {
      Optional<Resolver> resolver = resolver(texts.get(i));
      if (resolver.isEmpty()) {
        dns.wrong(
            dns.at("resolvers").appendIndex(i),
            " is no name server",
            "write system, or an address such as 1.1.1.1, 127.0.0.1:5353 or \"[::1]:5353\"");
      }
      resolver.ifPresent(resolvers::add);
    }
    if (type == PlainProbe.Type.CNAME
        && resolvers.stream().anyMatch(each -> each instanceof Resolver.OfTheMachine)) {
      dns.wrong("type", ": the machine's resolver tells addresses only", "name other resolvers");
    }
    return resolvers;
  }

  private static Optional<Resolver> resolver(String text) {
    if (text.equals("system")) {
      return Optional.of(new Resolver.OfTheMachine());
    }
    boolean bracketed = text.startsWith("[");
    boolean bare = !bracketed && text.indexOf(':') != text.lastIndexOf(':');
    int colon = bare ? -1 : text.lastIndexOf(':');
    if (bracketed && colon < text.lastIndexOf(']')) {
      colon = -1;
    }
    String host = (colon < 0 ? text : text.substring(0, colon)).replaceAll("^\\[|]$", "");
    try {
      int port = colon < 0 ? DNS_PORT : Integer.parseInt(text.substring(colon + 1));
      return port > 0 && port < 65_536
          ? Optional.of(new Resolver.Server(InetAddress.ofLiteral(host).getHostAddress(), port))
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }
}
