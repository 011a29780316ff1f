package io.tollwatch.proxy.config;

import io.tollwatch.calendar.Crontab;
import io.tollwatch.document.Section;
import io.tollwatch.report.ReportFormat;
import io.tollwatch.report.ReportKind;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads which reports are made by the clock. Confined to one reading.
final class ExportBinder {

  private static final Duration DAY = Duration.ofHours(24);

  private final References references;
  private final Set<String> names = new HashSet<>();
  private final List<Section> sections = new ArrayList<>();

  ExportBinder(References references) {
    this.references = references;
  }

  /// @param root the whole file's section
  List<ExportConfig> bind(Section root) {
    List<ExportConfig> exports = new ArrayList<>();
    root.sections("exports")
        .forEach(section -> {
          sections.add(section);
          one(section).ifPresent(exports::add);
        });
    return List.copyOf(exports);
  }

  /// Whether each provider that was named is one.
  void check(Set<String> providers) {
    for (Section each : sections) {
      if (each.text("provider").filter(name -> !providers.contains(name)).isPresent()) {
        each.wrong("provider", " is no provider", "name one that is under providers or built in");
      }
    }
  }

  private Optional<ExportConfig> one(Section section) {
    Optional<String> name = section.text("name");
    if (name.isPresent() && !names.add(name.get())) {
      section.wrong("name", " is the name of another export", "choose another name");
    }
    Optional<ReportKind> kind = kind(section);
    Optional<ReportFormat> format = kind.flatMap(it -> format(section, it));
    Optional<String> cron = cron(section);
    Optional<ZoneId> zone = zone(section);
    Optional<ExportConfig.Target> target = target(section);
    if (name.isEmpty()
        || kind.isEmpty()
        || format.isEmpty()
        || cron.isEmpty()
        || zone.isEmpty()
        || target.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ExportConfig(
            name.get(),
            kind.get(),
            format.get(),
            cron.get(),
            zone.get(),
            section.duration("since", DAY),
            section.text("provider"),
            target.get()));
  }

  private static Optional<ReportKind> kind(Section section) {
    return section
        .text("report")
        .flatMap(word ->
            Arrays.stream(ReportKind.values())
                .filter(each -> each.word().equals(word))
                .findFirst());
  }

  private static Optional<ReportFormat> format(Section section, ReportKind kind) {
    String word = section.text("format").orElse(kind == ReportKind.EXCHANGES ? "jsonl" : "html");
    Optional<ReportFormat> format =
        kind.formats().stream().filter(each -> each.word().equals(word)).findFirst();
    if (format.isEmpty()) {
      String known =
          kind.formats().stream().map(ReportFormat::word).collect(Collectors.joining(", "));
      section.wrong(
          "format",
          " is no format of " + kind.word().toLowerCase(Locale.ROOT),
          "choose one of " + known);
    }
    return format;
  }

  private static Optional<String> cron(Section section) {
    Optional<String> cron = section.text("cron");
    Optional<String> wrong = cron.flatMap(Crontab::wrong);
    wrong.ifPresent(
        reason -> section.wrong("cron", ": " + reason, "write five fields such as \"0 6 * * *\""));
    return wrong.isPresent() ? Optional.empty() : cron;
  }

  private static Optional<ZoneId> zone(Section section) {
    try {
      return Optional.of(section.text("zone").map(ZoneId::of).orElse(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      section.wrong("zone", " is no time zone", "write one such as Europe/Berlin");
      return Optional.empty();
    }
  }

  private Optional<ExportConfig.Target> target(Section section) {
    if (section.has("folder")) {
      return section.path("folder").map(ExportConfig.Target.Folder::new);
    }
    Optional<URI> url = UrlText.base(section, "url");
    Optional<Secret> secret = references.secret(section, "secret");
    return url.isPresent() && secret.isPresent()
        ? Optional.of(new ExportConfig.Target.Webhook(url.get(), secret.get()))
        : Optional.empty();
  }
}
