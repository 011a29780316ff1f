package io.tollwatch.checks.script;

import io.tollwatch.attempt.Fields;
import io.tollwatch.document.FileProblem;
import io.tollwatch.profile.Profiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads scripts for tests: a sandbox of Stripe and Alipay, live entries beside them, a channel of
/// each, and two secrets.
final class Reading {

  private static final Map<String, Entry> ENTRIES =
      new TreeMap<>(
          Map.of(
              "stripe", entry("stripe", "127.0.0.1"),
              "alipay", entry("alipay", "127.0.0.1"),
              "alipay-live", entry("alipay", "openapi.alipay.com")));

  private static final Map<String, String> SECRETS =
      Map.of("TEST_KEY", "sk_test_abc", "LIVE_KEY", "sk_live_abc");

  private Reading() {}

  static CheckReading of(String text) {
    return new CheckReader(
            new Entries(
                new TreeSet<>(ENTRIES.keySet()),
                name -> Optional.ofNullable(ENTRIES.get(name)),
                new TreeMap<>(
                    Map.of("card", List.of("stripe"), "china", List.of("alipay", "alipay-live")))),
            Reading::secret)
        .read(text, Path.of("checks.yaml"));
  }

  static List<String> problems(String text) {
    return of(text) instanceof CheckReading.Invalid(List<FileProblem> problems)
        ? problems.stream().map(FileProblem::text).toList()
        : List.of();
  }

  private static SecretLookup.Answer secret(SecretLookup.Reference reference) {
    return reference instanceof SecretLookup.Reference.Env(String name) && SECRETS.containsKey(name)
        ? new SecretLookup.Answer.Found(SECRETS.get(name))
        : new SecretLookup.Answer.Missing("there is none", "set it");
  }

  private static Entry entry(String profile, String host) {
    return new Entry(Profiles.shipped().byName(profile), host, Fields.none());
  }
}
