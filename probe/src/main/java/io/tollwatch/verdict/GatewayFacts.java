package io.tollwatch.verdict;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.FactPlaces;
import io.tollwatch.profile.Place;
import io.tollwatch.profile.Profile;
import io.tollwatch.taxonomy.Category;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a request or an answer says of the payment. Immutable; as secret as the text that it was
/// taken from. A text of more than 200 characters is no id and is left out; a message is cut.
///
/// @param reference the merchant's own reference of the payment
/// @param amountMinor the amount in minor units of the currency
/// @param currency as it stands there, else the gateway's only one
/// @param payment the gateway's id of the payment
/// @param error the gateway's own words; of a request empty
public record GatewayFacts(
    Optional<String> reference,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> payment,
    GatewayError error) {

  private static final int MAX_ID = 200;
  private static final int MAX_CODE = 100;
  private static final int MAX_MESSAGE = 300;

  /// Takes the facts from a request.
  ///
  /// @param target path and query
  /// @param contentType the body's, empty if it has none
  /// @param body the body's text, empty if it is not at hand
  public static GatewayFacts ofRequest(
      Profile profile, String target, String contentType, String body) {
    Content content = Content.ofRequest(target, contentType, body);
    return facts(profile, profile.request(), Fields.none(), content, GatewayError.none());
  }

  /// Takes the facts from an answer.
  public static GatewayFacts ofAnswer(Profile profile, Fields fields, String body) {
    Content content = Content.ofAnswer(body);
    GatewayError said = said(profile, fields, content, firstCode(profile, fields, content));
    return facts(profile, profile.answer(), fields, content, said);
  }

  /// The gateway's own words in an answer of which a rule was found.
  static GatewayError said(Profile profile, Fields fields, Content content, Finding finding) {
    return finding.rule().category() == Category.SUCCEEDED
        ? said(profile, fields, content, Optional.empty())
        : said(
            profile, fields, content, finding.code().or(() -> firstCode(profile, fields, content)));
  }

  private static GatewayError said(
      Profile profile, Fields fields, Content content, Optional<String> code) {
    return new GatewayError(
        code.map(text -> cut(text, MAX_CODE)),
        first(profile.answer().message(), fields, content).map(text -> cut(text, MAX_MESSAGE)),
        id(profile.answer().requestId(), fields, content));
  }

  private static GatewayFacts facts(
      Profile profile, FactPlaces places, Fields fields, Content content, GatewayError said) {
    Optional<String> amount = first(places.amount(), fields, content);
    Optional<String> currency =
        id(places.currency(), fields, content)
            .or(() -> amount.flatMap(ignored -> profile.amounts().currency()));
    return new GatewayFacts(
        id(places.reference(), fields, content),
        amount.map(text -> profile.amounts().minor(text, currency)).orElse(OptionalLong.empty()),
        currency,
        id(places.payment(), fields, content),
        said);
  }

  private static Optional<String> firstCode(Profile profile, Fields fields, Content content) {
    for (CodeTable table : profile.errors()) {
      if (table.at() instanceof Place.Path path && path.text(fields, content).isPresent()) {
        return path.text(fields, content);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> id(List<Place> places, Fields fields, Content content) {
    return first(places, fields, content).filter(text -> text.length() <= MAX_ID);
  }

  private static Optional<String> first(List<Place> places, Fields fields, Content content) {
    for (Place place : places) {
      Optional<String> text = place.text(fields, content);
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  /// Cuts without splitting a character of two units.
  private static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
  }
}
