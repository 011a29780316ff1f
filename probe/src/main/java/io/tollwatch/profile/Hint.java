package io.tollwatch.profile;

import io.tollwatch.taxonomy.Action;
import io.tollwatch.taxonomy.Category;
import java.util.Optional;
import java.util.Set;

/// What a gateway itself, or the card network through it, says about trying again; it beats the
/// tables. It changes what to do, never what became of the money but to doubt it. Immutable.
///
/// @param at where it stands
/// @param values what may stand there: the text, or its first word, as in `03 : Do not try again`;
///   empty for anything
/// @param beats the actions that it replaces; empty for any
/// @param action what to do instead
/// @param inDoubt whether it also means that a refusal is not the last word
/// @param declines whether it is also read of a decline that may work later. No other answer has a
///   hint: what an issuer refused for good is not softened
/// @param stop whether the payment must not be tried again, wherever: that shuts the gate
/// @param origin where it was read
public record Hint(
    Place at,
    Set<String> values,
    Set<Action> beats,
    Action action,
    boolean inDoubt,
    boolean declines,
    boolean stop,
    Origin origin) {

  public Hint {
    values = Set.copyOf(values);
    beats = Set.copyOf(beats);
  }

  /// Whether it has a say where that rule matched.
  public boolean speaksOf(Rule rule) {
    return (!rule.isAnswer() || (declines && rule.category() == Category.DECLINE_SOFT))
        && (beats.isEmpty() || beats.contains(rule.action()));
  }

  /// Whether the answer has this hint.
  public boolean given(Message answer) {
    return said(answer).isPresent();
  }

  /// The hint's value, as the answer says it.
  public Optional<String> said(Message answer) {
    return at.text(answer)
        .map(text -> values.isEmpty() || values.contains(text) ? text : word(text))
        .filter(said -> values.isEmpty() || values.contains(said));
  }

  /// Adyen says a network's code and what it means in one text.
  private static String word(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ':') {
      end++;
    }
    return text.substring(0, end);
  }
}
