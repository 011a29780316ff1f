package io.tollwatch.checks.script;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.tollwatch.profile.Message;
import io.tollwatch.profile.Place;
import java.util.Optional;

/// A value that a step takes from its answer. Immutable; reading one takes time linear in the
/// answer.
///
/// @param from where it stands; empty for the whole body
/// @param matching what is found there: its first group, else all of it
/// @param secret whether it must never be shown or kept
public record Capture(
    String name, Optional<Place> from, Optional<Pattern> matching, boolean secret) {

  private static final int MAX_LENGTH = 4096;

  /// The value in an answer; a longer one than 4096 characters is none.
  ///
  /// @param body the body's text
  public Optional<String> in(Message answer, String body) {
    Optional<String> text = from.isPresent() ? from.get().text(answer) : Optional.of(body);
    return text.flatMap(this::matched)
        .filter(value -> !value.isEmpty() && value.length() <= MAX_LENGTH);
  }

  private Optional<String> matched(String text) {
    if (matching.isEmpty()) {
      return Optional.of(text);
    }
    Matcher matcher = matching.get().matcher(text);
    return matcher.find()
        ? Optional.ofNullable(matcher.group(matcher.groupCount() > 0 ? 1 : 0))
        : Optional.empty();
  }
}
