package io.tollwatch.redaction;

import static io.tollwatch.redaction.Gateway.shows;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// P3: put anywhere in any message, written in any way, a card number is never kept beyond BIN and
/// last four.
class CardNumbersNeverSurviveTest {

  private final Redactor redactor = Gateway.redactor();

  /// A body that shows a card number once it is formatted with one.
  record Message(String type, String body) {

    Message with(String card) {
      return new Message(type, body.replace("CARD", card));
    }

    Fields fields() {
      return Gateway.type(type);
    }

    byte[] bytes() {
      return body.getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final List<Message> BODIES =
      List.of(
          new Message("application/json", "{\"id\":\"pi_1\",\"memo\":\"CARD\",\"amount\":100}"),
          new Message(
              "application/json", "{\"id\":\"pi_1\",\"card\":{\"number\":\"CARD\"},\"a\":1}"),
          new Message("application/json", "{\"a\":[{\"b\":{\"c\":[[\"x\",\"CARD\"]]}}],\"z\":1}"),
          new Message("application/json", "{\"CARD\":{\"CARD\":true},\"z\":\"x\"}"),
          new Message("application/problem+json", "{\"detail\":\"paid with CARD, not ok\"}"),
          new Message("application/json", "{\"raw\":\"{\\\"cardNumber\\\":\\\"CARD\\\"}\"}"),
          new Message("text/plain", "{\"pan\":\"CARD\",\"cvc\":\"7\"}"),
          new Message("text/html", "<html><body>card CARD was declined</body></html>"),
          new Message("", "card=CARD;"),
          new Message("text/xml", "<p xmlns:s=\"u\"><s:Pan>CARD</s:Pan><note>CARD</note></p>"),
          new Message("application/xml", "<?xml version=\"1.0\"?><p><c no=\"CARD\" x=\"1\"/></p>"),
          new Message("application/xml", "<p><![CDATA[ CARD ]]></p>"),
          new Message("application/x-www-form-urlencoded", "amount=1&card[number]=CARD&x=y"),
          new Message("application/x-www-form-urlencoded", "biz={\"a\":\"CARD\"}&memo=CARD"),
          new Message(
              "multipart/form-data; boundary=xx",
              "--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nCARD\r\n--xx--\r\n"),
          new Message("application/json", "{broken: 'CARD', "),
          new Message("application/json", "oops CARD"),
          new Message("text/xml", "<a><b>CARD</a>"));

  @Provide
  Arbitrary<String> cards() {
    return Arbitraries.of(Gateway.CARDS);
  }

  @Provide
  Arbitrary<Message> bodies() {
    return Arbitraries.of(BODIES);
  }

  @Provide
  Arbitrary<UnaryOperator<String>> writings() {
    return Arbitraries.of(
        List.of(
            card -> card,
            card -> grouped(card, " "),
            card -> grouped(card, "-"),
            card -> grouped(card, "."),
            card -> grouped(card, "\u00a0"),
            card -> grouped(card, " - "),
            card -> String.join(" ", card.split("")),
            card -> shifted(card, 0xff10),
            card -> shifted(card, 0x0660),
            card -> card + " 12/30 123",
            card -> "%B" + card + "^DOE/JOHN^30121019876?",
            card -> ";" + card + "=30121019876?"));
  }

  @Property(tries = 2000)
  void inBodies(
      @ForAll("bodies") Message body,
      @ForAll("cards") String card,
      @ForAll("writings") UnaryOperator<String> writing) {
    Message message = body.with(writing.apply(card));
    String text = redactor.body(Gateway.whole(message.bytes()), message.fields()).text();
    assertThat(shows(ascii(text), card)).as("%s of %s", text, message).isFalse();
  }

  @Property(tries = 4000)
  void inBodiesCutAnywhere(
      @ForAll("bodies") Message body,
      @ForAll("cards") String card,
      @ForAll("writings") UnaryOperator<String> writing,
      @ForAll int place) {
    Message message = body.with(writing.apply(card));
    byte[] bytes = message.bytes();
    CapturedBody cut = Gateway.cut(bytes, Math.floorMod(place, bytes.length));
    KeptBody kept = redactor.body(cut, message.fields());
    assertThat(shows(ascii(kept.text()), card)).as("%s of %s", kept, message).isFalse();
    assertThat(kept.state()).isNotEqualTo(KeptBody.State.WHOLE);
  }

  @Property(tries = 500)
  void inGzippedBodiesWholeAndCut(
      @ForAll("bodies") Message body, @ForAll("cards") String card, @ForAll int place) {
    Message message = body.with(card);
    byte[] zipped = gzip(message.bytes());
    Fields fields = message.fields().plus("Content-Encoding", "gzip");
    KeptBody whole = redactor.body(Gateway.whole(zipped), fields);
    KeptBody cut = redactor.body(Gateway.cut(zipped, Math.floorMod(place, zipped.length)), fields);
    assertThat(whole).isEqualTo(redacted(message, zipped.length));
    assertThat(shows(whole.text(), card)).isFalse();
    assertThat(shows(cut.text(), card)).isFalse();
  }

  @Property(tries = 500)
  void asJsonNumbers(@ForAll("cards") String card) {
    BigDecimal number = new BigDecimal(card);
    double binary = number.doubleValue();
    List<String> literals =
        List.of(card, card + ".0", "-" + card, binary + "", number.movePointLeft(15) + "e15");
    for (String literal : literals) {
      String text = Gateway.kept("application/json", "{\"a\":[1,%s],\"b\":2}".formatted(literal));
      assertThat(shows(text, card)).as(text).isFalse();
      assertThat(text).startsWith("{\"a\":[1,\"").endsWith("\"],\"b\":2}");
    }
  }

  @Property(tries = 1000)
  void inTargetsHeadersAndText(
      @ForAll("cards") String card, @ForAll("writings") UnaryOperator<String> writing) {
    String written = writing.apply(card);
    String encoded = URLEncoder.encode(written, StandardCharsets.UTF_8);
    for (String form : List.of(encoded, encoded.replace("+", "%20"), everyByteEncoded(written))) {
      String target = redactor.target("/v1/" + form + "/x?a=1&b=" + form + "&" + form + "#" + form);
      assertThat(shows(ascii(target), card)).as(target).isFalse();
      assertThat(target).startsWith("/v1/").contains("/x?a=1&b=");
    }
    Fields kept = redactor.fields(Fields.of("User-Agent", written, "X-Else", written));
    assertThat(shows(ascii(kept.toString()), card)).as(kept.toString()).isFalse();
    String text = redactor.text("read timed out after " + written + " was sent");
    assertThat(shows(ascii(text), card)).as(text).isFalse();
  }

  private KeptBody redacted(Message message, long totalBytes) {
    KeptBody plain = redactor.body(Gateway.whole(message.bytes()), message.fields());
    return new KeptBody(plain.text(), plain.state(), totalBytes);
  }

  private static String grouped(String card, String separator) {
    return card.replaceAll("(.{4})(?=.)", "$1" + separator);
  }

  private static String shifted(String card, int zero) {
    StringBuilder out = new StringBuilder();
    card.chars().forEach(c -> out.appendCodePoint(c - '0' + zero));
    return out.toString();
  }

  /// Digits of any script as ASCII, percent-encoding undone: what a reader could make of it.
  private static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    Percent.decode(text, false)
        .codePoints()
        .forEach(c ->
            out.append(Character.isDigit(c) ? "" + Character.digit(c, 10) : Character.toString(c)));
    return out.toString();
  }

  private static String everyByteEncoded(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      out.append(String.format(Locale.ROOT, "%%%02X", b));
    }
    return out.toString();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
