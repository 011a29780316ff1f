package io.tollwatch.verdict;

import io.tollwatch.attempt.Fields;
import io.tollwatch.profile.CodeTable;
import io.tollwatch.profile.Content;
import io.tollwatch.profile.FactPlaces;
import io.tollwatch.profile.Message;
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
/// @param rail the card brand, the wallet or the bank: a word of the profile's
/// @param error the gateway's own words; of a request empty
public record GatewayFacts(
    Optional<String> reference,
    OptionalLong amountMinor,
    Optional<String> currency,
    Optional<String> payment,
    Optional<String> rail,
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
    return ofRequest(profile, target, Content.ofRequest(target, contentType, body));
  }

  /// Takes the facts from a request that was read already.
  ///
  /// @param target path and query
  public static GatewayFacts ofRequest(Profile profile, String target, Content content) {
    Message request = new Message(target, 0, Fields.none(), content);
    return facts(
        profile,
        profile.request(),
        request,
        profile.rails().ofRequest(request),
        GatewayError.none());
  }

  /// Takes the facts from an answer.
  public static GatewayFacts ofAnswer(Profile profile, Fields fields, String body) {
    return ofAnswer(profile, Message.answer(0, fields, profile.content(body)));
  }

  /// Of an answer the gateway's id of the payment alone, as [#ofAnswer] finds it.
  public static Optional<String> paymentOf(Profile profile, Fields fields, Content content) {
    return id(profile.answer().payment(), Message.answer(0, fields, content));
  }

  static GatewayFacts ofAnswer(Profile profile, Message answer) {
    return facts(
        profile,
        profile.answer(),
        answer,
        profile.rails().ofAnswer(answer),
        said(profile, answer, firstCode(profile, answer)));
  }

  /// The gateway's own words in an answer of which a rule was found.
  static GatewayError said(Profile profile, Message answer, Finding finding) {
    return finding.rule().category() == Category.SUCCEEDED
        ? said(profile, answer, Optional.empty())
        : said(profile, answer, finding.code().or(() -> firstCode(profile, answer)));
  }

  private static GatewayError said(Profile profile, Message answer, Optional<String> code) {
    return new GatewayError(
        code.map(GatewayFacts::code),
        first(profile.answer().message(), answer).map(text -> cut(text, MAX_MESSAGE)),
        id(profile.answer().requestId(), answer));
  }

  private static GatewayFacts facts(
      Profile profile,
      FactPlaces places,
      Message message,
      Optional<String> rail,
      GatewayError said) {
    Optional<String> amount = first(places.amount(), message);
    Optional<String> currency =
        id(places.currency(), message)
            .or(() -> amount.flatMap(ignored -> profile.amounts().currency()));
    return new GatewayFacts(
        id(places.reference(), message),
        amount.map(text -> profile.amounts().minor(text, currency)).orElse(OptionalLong.empty()),
        currency,
        id(places.payment(), message),
        rail,
        said);
  }

  private static Optional<String> firstCode(Profile profile, Message answer) {
    for (CodeTable table : profile.errors()) {
      if (!(table.at() instanceof Place.Header || table.at() instanceof Place.Status)) {
        Optional<String> code = table.at().text(answer);
        if (code.isPresent()) {
          return code;
        }
      }
    }
    return Optional.empty();
  }

  /// A code, bounded.
  static String code(String text) {
    return cut(text, MAX_CODE);
  }

  private static Optional<String> id(List<Place> places, Message message) {
    return first(places, message).filter(text -> text.length() <= MAX_ID);
  }

  private static Optional<String> first(List<Place> places, Message message) {
    for (Place place : places) {
      Optional<String> text = place.text(message);
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
