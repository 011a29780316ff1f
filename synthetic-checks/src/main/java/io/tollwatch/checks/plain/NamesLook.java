package io.tollwatch.checks.plain;

import io.tollwatch.checks.script.Finding;
import io.tollwatch.checks.script.PlainProbe;
import io.tollwatch.checks.script.PlainProbe.Resolver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/// Asks resolvers for a name, and compares with what each said the last time. Confined to one
/// probe.
record NamesLook(AnswerMemory memory, LongSupplier nanos) {

  /// @param key of the probe in the memory
  /// @param limit of each resolver
  Looked look(String key, PlainProbe.Names probe, String host, Duration limit) {
    List<Finding> findings = new ArrayList<>();
    Map<String, String> facts = new TreeMap<>();
    for (Resolver resolver : probe.resolvers()) {
      String expected = resolver.text() + " answers " + probe.type() + " of " + host;
      long begin = nanos.getAsLong();
      try {
        NavigableSet<String> answers = new NameServer(resolver, limit).ask(host, probe.type());
        String took = String.format(Locale.ROOT, "%.1f ms", (nanos.getAsLong() - begin) / 1e6);
        findings.add(answered(expected, answers, took));
        facts.put("answers-of-" + resolver.text(), String.join(" ", answers));
        if (!probe.among().isEmpty()) {
          findings.add(among(resolver, answers, probe.among()));
        }
        if (!answers.isEmpty()) {
          findings.add(changes(key, probe, resolver, answers));
        }
      } catch (IOException e) {
        findings.add(new Finding(expected, ConnectLook.why(e), false));
      }
    }
    return new Looked(findings, facts);
  }

  private static Finding answered(String expected, NavigableSet<String> answers, String took) {
    return new Finding(
        expected,
        answers.isEmpty() ? "nothing" : answers.size() + " in " + took,
        !answers.isEmpty());
  }

  private static Finding among(
      Resolver resolver, NavigableSet<String> answers, List<String> among) {
    NavigableSet<String> others = new TreeSet<>(answers);
    among.forEach(others::remove);
    return new Finding(
        resolver.text() + " answers only what is known",
        others.isEmpty() ? "only that" : String.join(" ", others),
        others.isEmpty());
  }

  private Finding changes(
      String key, PlainProbe.Names probe, Resolver resolver, NavigableSet<String> answers) {
    Optional<NavigableSet<String>> before = memory.swap(key + "/" + resolver.text(), answers);
    boolean same = before.isEmpty() || before.get().equals(answers);
    return new Finding(
        resolver.text()
            + (probe.steady() ? " answers as at the last run" : " compared with the last run"),
        before.isEmpty() ? "the first run" : same ? "the same" : difference(before.get(), answers),
        same || !probe.steady());
  }

  private static String difference(NavigableSet<String> before, NavigableSet<String> now) {
    NavigableSet<String> more = new TreeSet<>(now);
    more.removeAll(before);
    NavigableSet<String> gone = new TreeSet<>(before);
    gone.removeAll(now);
    return (more.isEmpty() ? "" : "new: " + String.join(" ", more))
        + (more.isEmpty() || gone.isEmpty() ? "" : ", ")
        + (gone.isEmpty() ? "" : "gone: " + String.join(" ", gone));
  }
}
