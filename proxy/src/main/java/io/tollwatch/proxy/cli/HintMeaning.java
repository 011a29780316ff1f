package io.tollwatch.proxy.cli;

import io.tollwatch.profile.Hint;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What a word of the gateway, or of the card network through it, on trying again means. It stands
/// beside the code that decides, and changes what to do. Immutable.
///
/// @param code one of the hint's values
record HintMeaning(Profile profile, String code, Hint hint) {

  /// All that a code, alone or behind the last word of its place as in `advice_code/03`, can mean,
  /// in the order in which hints are asked.
  static List<HintMeaning> of(Profile profile, String wanted) {
    List<HintMeaning> found = new ArrayList<>();
    for (Hint hint : profile.hints()) {
      for (String code : hint.values()) {
        String name = hint.at().name() + "/" + code;
        if (code.equals(wanted) || name.equals(wanted)) {
          found.add(new HintMeaning(profile, code, hint));
        }
      }
    }
    return found;
  }

  /// What it is read of.
  String readOf() {
    return hint.declines()
        ? "failures, and declines that may work later"
        : "failures, not declines";
  }

  /// The actions that it takes the place of, in the design's words.
  List<String> beats() {
    return new TreeSet<>(hint.beats()).stream().map(Action::word).toList();
  }

  /// For machines.
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("gateway", profile.name());
    json.put("code", code);
    json.put("known", true);
    json.put("profile", profile.id());
    json.put("place", hint.at().text());
    json.put("hint", true);
    json.put("action", hint.action().word());
    json.put("instead_of", beats());
    json.put("declines", hint.declines());
    json.put("stop", hint.stop());
    json.put("by_user", !hint.origin().shipped());
    json.put("at", hint.origin().text());
    return json;
  }
}
