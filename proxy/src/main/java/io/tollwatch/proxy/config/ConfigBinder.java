package io.tollwatch.proxy.config;

import io.tollwatch.document.Problems;
import io.tollwatch.document.Section;
import io.tollwatch.ledger.DataAccess;
import io.tollwatch.profile.Profiles;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Turns the tree of a file into a [Configuration], reporting what the schema can't see. The result
/// counts only where no problem was found. Confined to one reading.
final class ConfigBinder {

  /// Stands where a wrong url stood; it never becomes part of a valid configuration.
  private static final URI NOWHERE = URI.create("http://invalid.invalid");

  private final Problems problems;
  private final References references;
  private final OwnProfiles ownProfiles;
  private final OwnChecks ownChecks;

  ConfigBinder(
      Problems problems, SecretReader secrets, OwnProfiles ownProfiles, OwnChecks ownChecks) {
    this.problems = problems;
    this.references = new References(secrets);
    this.ownProfiles = ownProfiles;
    this.ownChecks = ownChecks;
  }

  Configuration bind(JsonNode document) {
    Section root = new Section(document, JsonPointer.empty(), problems);
    EgressConfig egress = egress(root.section("egress"));
    SortedMap<String, String> incomplete = new TreeMap<>();
    Profiles profiles = ownProfiles.bind(root);
    ReconcileConfig reconcile =
        ReconcileConfig.bind(root.section("reconcile"), ReconcileConfig.defaults(), List.of());
    BreakerConfig breakers = BreakerConfig.bind(root.section("breakers"), BreakerConfig.defaults());
    ExportBinder exports = new ExportBinder(references);
    LimitConfig limits = LimitConfig.bind(root.section("limits"), LimitConfig.defaults());
    Configuration configuration =
        new Configuration(
            root.path("data").orElse(Configuration.DEFAULT_DATA),
            root.choice("data-access", DataAccess.class, DataAccess.OWNER_ONLY),
            egress,
            admin(root.section("admin")),
            root.duration("drain", Configuration.DEFAULT_DRAIN),
            root.size("capture-limit").orElse(Configuration.DEFAULT_CAPTURE_LIMIT),
            new LogConfig(
                root.section("log").integer("per-minute", LogConfig.defaults().perMinute())),
            new LedgerBinder(references).bind(root.section("ledger")),
            RedactionConfig.bind(root.section("redaction"), references),
            reconcile,
            root.optional("events").flatMap(section -> EventsConfig.bind(section, references)),
            root.optional("webhooks").flatMap(WebhooksConfig::bind),
            exports.bind(root),
            breakers,
            limits,
            profiles,
            providers(
                document,
                new ProviderBinder(
                    references,
                    profileNames(profiles),
                    root.section("egress").has("client-token"),
                    reconcile,
                    breakers,
                    limits),
                incomplete),
            incomplete,
            new ChannelBinder(root.section("ledger").has("url")).bind(root.section("channels")),
            ChecksConfig.defaults());
    exports.check(configuration.providers().keySet());
    new CrossChecks(problems, configuration).run();
    new ChannelChecks(problems, configuration).run();
    return configuration.withChecks(ownChecks.bind(root, configuration));
  }

  /// Where a profile's file is wrong, its name is not known, and any name may be meant.
  private ProfileNames profileNames(Profiles profiles) {
    Set<String> names = new TreeSet<>(BuiltInProviders.profiles());
    names.addAll(profiles.names());
    return new ProfileNames(names, ownProfiles.problems().isEmpty());
  }

  private EgressConfig egress(Section section) {
    EgressConfig defaults = EgressConfig.defaults();
    return new EgressConfig(
        ListenerBinder.address(section),
        section.integer("port", defaults.port()),
        ListenerBinder.hosts(section),
        references.secret(section, "client-token"),
        ListenerBinder.allowFrom(section),
        section.integer("max-header-bytes", defaults.maxHeaderBytes()),
        section.integer("max-target-bytes", defaults.maxTargetBytes()),
        section.integer("max-connections", defaults.maxConnections()),
        section.duration("idle-timeout", defaults.idleTimeout()));
  }

  private static AdminConfig admin(Section section) {
    return new AdminConfig(
        ListenerBinder.address(section),
        section.integer("port", AdminConfig.defaults().port()),
        ListenerBinder.hosts(section),
        ListenerBinder.allowFrom(section));
  }

  private SortedMap<String, ProviderConfig> providers(
      JsonNode document, ProviderBinder binder, SortedMap<String, String> incomplete) {
    JsonNode fromFile = document.path("providers");
    JsonPointer pointer = JsonPointer.compile("/providers");
    Section all = new Section(BuiltInProviders.under(fromFile), pointer, problems);
    SortedMap<String, ProviderConfig> providers = new TreeMap<>();
    for (String name : all.keys()) {
      Section section = all.section(name);
      if (section.has("url") || fromFile.has(name)) {
        providers.put(name, binder.bind(name, section, url(all, name)));
      } else {
        section.text("note").ifPresent(note -> incomplete.put(name, note));
      }
    }
    return providers;
  }

  private static URI url(Section all, String name) {
    Section section = all.section(name);
    if (!section.has("url")) {
      Optional<String> note = section.text("note");
      all.wrongKey(name, " has no url", note.orElse("add url, the base URL of the gateway"));
    }
    return UrlText.base(section, "url").orElse(NOWHERE);
  }
}
