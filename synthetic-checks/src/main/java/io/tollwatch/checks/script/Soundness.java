package io.tollwatch.checks.script;

import io.tollwatch.checks.message.Draft;
import io.tollwatch.document.Section;
import io.tollwatch.document.Shown;
import io.tollwatch.profile.Route;
import io.tollwatch.taxonomy.Operation;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The rules between the parts of a check: names that something sets, steps that exist, money that
/// something gives back, secrets that stand elsewhere. Confined to one reading.
final class Soundness {

  private static final String NO_HOOKS = "add webhooks: {public-url: ...} to the configuration";

  private final Section section;
  private final Check check;
  private final Map<String, Entry> reached;

  /// Of a channel the first choice: its providers speak the same API.
  private final Entry entry;

  /// @param reached the providers that it can reach, at least one, the first choice first
  Soundness(Section section, Check check, Map<String, Entry> reached) {
    this.section = section;
    this.check = check;
    this.reached = reached;
    this.entry = reached.values().iterator().next();
  }

  void check() {
    Set<String> known = new LinkedHashSet<>(check.values().keySet());
    known.addAll(BuiltIn.words());
    check
        .values()
        .forEach((name, value) -> {
          if (BuiltIn.words().contains(name)) {
            section.wrongKey(
                value.secret() ? "secrets" : "variables",
                " has " + name + ", which is built in",
                "give it another name");
          }
        });
    Set<String> names = new HashSet<>();
    probes(names);
    steps(known, names);
    cleanUps(known);
    money();
    new ClearSecrets(section, check).check();
    new LiveGuard(section, check, reached, takesMoney()).check();
    if (check.to() instanceof Destination.OfChannel) {
      new ThroughChannel(section, check).check();
    }
  }

  private void probes(Set<String> names) {
    List<Section> sections = section.sections("probes");
    for (int i = 0; i < check.probes().size(); i++) {
      PlainProbe probe = check.probes().get(i);
      unique(sections.get(i), probe.name(), names);
      if (probe instanceof PlainProbe.Names asked
          && Entry.isAddress(asked.host().orElse(entry.host()))) {
        sections
            .get(i)
            .wrongKey("dns", ": there is no name to ask for", "add name, or leave the probe out");
      }
    }
    if (check.probes().isEmpty() && check.steps().isEmpty()) {
      section.wrongKey(check.to().key(), ": nothing is checked there", "add steps, or probes");
    }
  }

  private void steps(Set<String> known, Set<String> names) {
    List<Section> sections = section.sections("steps");
    for (int i = 0; i < check.steps().size(); i++) {
      Step step = check.steps().get(i);
      unique(sections.get(i), step.name(), names);
      used(sections.get(i), step, known, "expect");
      step.captures().forEach(capture -> known.add(capture.name()));
      references(sections.get(i), step.undoes(), List.copyOf(names));
      Section at = sections.get(i);
      step.webhook().ifPresent(awaited -> awaited(at, awaited, known));
    }
  }

  private void cleanUps(Set<String> known) {
    List<Section> sections = section.sections("always");
    Set<String> names = new HashSet<>(stepNames());
    check.probes().forEach(probe -> names.add(probe.name()));
    for (int i = 0; i < check.always().size(); i++) {
      Step.CleanUp cleanUp = check.always().get(i);
      Section at = sections.get(i);
      unique(at, cleanUp.name(), names);
      used(at, cleanUp.step(), known, "done");
      cleanUp.step().captures().forEach(capture -> known.add(capture.name()));
      references(at, cleanUp.step().undoes(), stepNames());
      cleanUp.repeats().ifPresent(repeated -> repeats(at, repeated));
    }
  }

  private void awaited(Section at, Awaited awaited, Set<String> known) {
    missing(at, expected(awaited.says()), known, "webhook");
    if (check.timeout().compareTo(awaited.within()) <= 0) {
      at.wrong(
          "webhook",
          " may come later than the check's timeout of " + check.timeout().toSeconds() + " s",
          "give the check a longer timeout, or the webhook a shorter within");
    }
    if (!entry.callable()) {
      at.wrongKey("webhook", " is awaited, but nobody can call here", NO_HOOKS);
    }
  }

  private static void unique(Section at, String name, Set<String> names) {
    if (!names.add(name)) {
      at.wrong("name", ": there is a step of this name already", "give it another one");
    }
  }

  private void used(Section at, Step step, Set<String> known, String expect) {
    Set<String> names = new LinkedHashSet<>(step.request().names());
    missing(at, names, known, at.has("repeats") ? "repeats" : "path");
    if (names.contains(BuiltIn.HOOK.word()) && !at.has("repeats") && !entry.callable()) {
      UseOf.at(at, BuiltIn.HOOK.word(), "path").wrong(NO_HOOKS);
    }
    Set<String> own = new HashSet<>(known);
    step.captures().forEach(capture -> own.add(capture.name()));
    missing(at, expected(step.expected()), own, expect);
  }

  private static Set<String> expected(List<Assertion> assertions) {
    Set<String> expected = new LinkedHashSet<>();
    for (Assertion assertion : assertions) {
      switch (assertion) {
        case Assertion.Says says -> says.texts().forEach(text -> expected.addAll(text.names()));
        case Assertion.Amount amount -> expected.addAll(amount.minor().names());
        default -> {}
      }
    }
    return expected;
  }

  private static void missing(Section at, Set<String> names, Set<String> known, String key) {
    for (String name : names) {
      if (!known.contains(name)) {
        UseOf.at(at, name, key)
            .wrong(
                Shown.nearest(name, known)
                    .map(nearest -> "did you mean {{" + nearest + "}}?")
                    .orElse("capture it in an earlier step, or add a variable or a secret"));
      }
    }
  }

  private static void references(Section at, List<String> names, List<String> known) {
    for (String name : names) {
      if (!known.contains(name)) {
        at.wrong(
            "undoes",
            " names no step before it: " + Shown.key(name),
            Shown.nearest(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("the steps are " + String.join(", ", new TreeSet<>(known))));
      }
    }
  }

  private void repeats(Section at, String name) {
    if (check.step(name).isEmpty()) {
      at.wrong(
          "repeats",
          " names no step: " + Shown.key(name),
          "the steps are " + String.join(", ", stepNames()));
      return;
    }
    Step step = check.step(name).get();
    if (step.request().names().stream()
        .flatMap(each -> BuiltIn.ofWord(each).stream())
        .anyMatch(each -> !each.lasts())) {
      at.wrong(
          "repeats", ": the step is not the same when sent again", "use {{planned}} instead there");
    }
    Operation operation = route(step).operation();
    var idempotency = entry.profile().idempotency();
    boolean provenHarmless =
        idempotency.proven()
            && idempotency.lives().isPresent()
            && idempotency.key(operation).isPresent()
            && step.request().names().contains(BuiltIn.KEY.word());
    if (takesMoney(step) && !provenHarmless) {
      at.wrong(
          "repeats",
          ": the profile " + entry.profile().id() + " does not prove that a repeat is harmless",
          "send {{key}} where the profile has its idempotency key, or look the payment up instead");
    }
  }

  private void money() {
    List<Section> sections = section.sections("steps");
    for (int i = 0; i < check.steps().size(); i++) {
      Step step = check.steps().get(i);
      if (takesMoney(step) && check.undoing(step.name()).findAny().isEmpty()) {
        sections
            .get(i)
            .wrong(
                "name",
                " moves money ("
                    + route(step).operation().word()
                    + ") and nothing under always gives it back",
                "add a step under always with undoes: [" + Shown.key(step.name()) + "]");
      }
    }
  }

  private boolean takesMoney() {
    return check.steps().stream().anyMatch(this::takesMoney);
  }

  /// Whether it may take money: what gives it back needs no clean-up itself.
  private boolean takesMoney(Step step) {
    return Takings.takes(route(step));
  }

  private Route route(Step step) {
    return Takings.route(entry.profile(), step.request(), stand(step.request()));
  }

  /// The request with stand-ins for what is not known yet.
  private Draft stand(RequestScript request) {
    return request.fill(name ->
        check.values().containsKey(name) && !check.values().get(name).secret()
            ? check.values().get(name)
            : Value.of("x"));
  }

  private List<String> stepNames() {
    return check.steps().stream().map(Step::name).toList();
  }
}
