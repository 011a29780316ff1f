package io.tollwatch.profile;

import io.tollwatch.redaction.CardBrand;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How a profile reads by which rail a payment goes: the card brand, the wallet or the bank, one of
/// a closed set of words. Immutable, thread-safe.
///
/// @param request where requests say it, the best place first
/// @param answer where answers say it, which counts where the request does not
public record Rails(List<Sign> request, List<Sign> answer) {

  /// Nothing is known of rails.
  static final Rails NONE = new Rails(List.of(), List.of());

  public Rails {
    request = List.copyOf(request);
    answer = List.copyOf(answer);
  }

  /// One place that tells the rail. Immutable.
  ///
  /// @param unless not read where something stands there: of several choices none was made yet
  /// @param words the rails by what stands at the place, in lower case
  /// @param standing the rail if anything stands there
  /// @param cardNumber whether a card number stands there, whose first digits tell the brand
  public record Sign(
      Place at,
      Optional<Place> unless,
      Map<String, String> words,
      Optional<String> standing,
      boolean cardNumber) {

    public Sign {
      words = Map.copyOf(words);
    }

    Optional<String> rail(Message message) {
      if (!at.present(message) || unless.filter(place -> place.present(message)).isPresent()) {
        return Optional.empty();
      }
      if (standing.isPresent()) {
        return standing;
      }
      return at.text(message)
          .flatMap(text ->
              cardNumber
                  ? CardBrand.of(text)
                  : Optional.ofNullable(words.get(text.toLowerCase(Locale.ROOT))));
    }

    Stream<String> rails() {
      return Stream.of(
              words.values().stream(),
              standing.stream(),
              cardNumber ? CardBrand.ALL.stream() : Stream.<String>empty())
          .flatMap(each -> each);
    }
  }

  /// The rail that a request names.
  public Optional<String> ofRequest(Message message) {
    return first(request, message);
  }

  /// The rail that an answer names.
  public Optional<String> ofAnswer(Message message) {
    return first(answer, message);
  }

  /// All words that can come, in order.
  public Set<String> words() {
    Set<String> words = new TreeSet<>();
    Stream.concat(request.stream(), answer.stream()).flatMap(Sign::rails).forEach(words::add);
    return words;
  }

  /// These, and then those of another profile.
  Rails before(Rails other) {
    return new Rails(
        Stream.concat(request.stream(), other.request.stream()).toList(),
        Stream.concat(answer.stream(), other.answer.stream()).toList());
  }

  private static Optional<String> first(List<Sign> signs, Message message) {
    for (Sign sign : signs) {
      Optional<String> rail = sign.rail(message);
      if (rail.isPresent()) {
        return rail;
      }
    }
    return Optional.empty();
  }
}
