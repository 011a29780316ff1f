package io.tollwatch.checks.script;

import io.tollwatch.document.Section;
import java.util.List;

/// The rules for checks that go to a channel: they have nothing that is made for one provider.
/// Confined to one reading.
final class ThroughChannel {

  private static final String NAME_PROVIDER = "name a provider instead of the channel";

  private final Section section;
  private final Check check;

  ThroughChannel(Section section, Check check) {
    this.section = section;
    this.check = check;
  }

  void check() {
    if (check.signer().isPresent()) {
      section.wrongKey("signed", ": a signature is one account's, so it can't move", NAME_PROVIDER);
    }
    if (!check.probes().isEmpty()) {
      section.wrongKey("probes", " look at the way to one provider", NAME_PROVIDER);
    }
    hooks(section.sections("steps"), check.steps());
    hooks(section.sections("always"), check.always().stream().map(Step.CleanUp::step).toList());
  }

  private void hooks(List<Section> sections, List<Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Section at = sections.get(i);
      if (steps.get(i).webhook().isPresent()) {
        at.wrongKey("webhook", ": it comes from one provider", NAME_PROVIDER);
      } else if (steps.get(i).request().names().contains(BuiltIn.HOOK.word())
          && !at.has("repeats")) {
        UseOf.at(at, BuiltIn.HOOK.word(), "path").wrong(NAME_PROVIDER);
      }
    }
  }
}
