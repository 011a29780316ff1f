package io.tollwatch.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import org.junit.jupiter.api.Test;

/// P3: security codes leave no trace, credentials are masked by name and by shape.
class SecretsNeverSurviveTest {

  private static final String CODE = "9407";

  private final Redactor redactor = Gateway.redactor();

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(Gateway.SECURITY_CODE_NAMES);
  }

  @Provide
  Arbitrary<List<String>> messages() {
    return Arbitraries.of(
        List.of(
            List.of("application/json", "{\"card\":{\"NAME\":\"CODE\",\"exp\":\"x\"}}"),
            List.of("application/json", "{\"NAME\":CODE,\"b\":[1]}"),
            List.of("application/json", "{\"NAME\":[\"CODE\",{\"x\":CODE}],\"b\":[1]}"),
            List.of("application/json", "{\"a\":\"{\\\"NAME\\\":\\\"CODE\\\"}\"}"),
            List.of("application/json", "[{\"name\":\"NAME\",\"value\":\"CODE\"}]"),
            List.of("application/json", "{\"card.NAME\":\"CODE\"}"),
            List.of("text/plain", "{\"NAME\" : \"CODE\"}"),
            List.of("application/json", "{NAME: 'CODE', b: 1}"),
            List.of("application/json", "{'NAME': 'CODE', b: 1}"),
            List.of("text/plain", "failed for NAME=CODE, retry"),
            List.of("text/plain", "failed: {\\\"NAME\\\":\\\"CODE\\\"}"),
            List.of("text/html", "<form><input name=\"NAME\" value=\"CODE\"></form>"),
            List.of("text/html", "<p><NAME type=\"x\">CODE</NAME></p>"),
            List.of("text/xml", "<p><s:NAME>CODE</s:NAME><b>x</b></p>"),
            List.of("text/xml", "<p><NAME><v>CODE</v></NAME><c NAME=\"CODE\"/></p>"),
            List.of("text/xml", "<p><f name=\"NAME\">CODE</f><NAME value=\"CODE\"/></p>"),
            List.of("application/x-www-form-urlencoded", "a=b&card[NAME]=CODE&c=d"),
            List.of("application/x-www-form-urlencoded", "a=b&card%5BNAME%5D=CODE"),
            List.of("application/x-www-form-urlencoded", "a={\"NAME\":\"CODE\"}"),
            List.of(
                "multipart/form-data; boundary=\"xx\"",
                "--xx\r\nContent-Disposition: form-data; name=\"NAME\"\r\n\r\nCODE\r\n--xx--")));
  }

  @Property(tries = 2000)
  void securityCodesUnderAnyKnownName(
      @ForAll("messages") List<String> message, @ForAll("names") String name, @ForAll int place) {
    String body = message.get(1).replace("NAME", name).replace("CODE", CODE);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    int at = Math.floorMod(place, bytes.length);
    Fields type = Gateway.type(message.getFirst());
    KeptBody whole = redactor.body(Gateway.whole(bytes), type);
    KeptBody cut = redactor.body(Gateway.cut(bytes, at), type);
    assertThat(whole.text()).as(body).doesNotContain(CODE);
    assertThat(cut.text()).as("%s, cut at %d", body, at).doesNotContain(CODE.substring(0, 2));
    assertThat(redactor.target("/pay?" + name + "=" + CODE)).isEqualTo("/pay?" + name + "=***");
  }

  @Property
  void masksTellNothingOfTheLength(
      @ForAll("names") String name, @ForAll @AlphaChars @NumericChars String code) {
    String body = "{\"" + name + "\":\"" + code + "\"}";
    assertThat(Gateway.kept("application/json", body)).isEqualTo("{\"" + name + "\":\"***\"}");
  }

  @Test
  void credentialsByShape() {
    List<String> secrets =
        List.of(
            "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
            "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
            "rk_live_4eC39HqLyjWDarjtT1zdp7dc",
            "whsec_bWVzc2FnZQ==",
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
            "AQEyhmfxLI3MaBFLw0m/n3Q5qf3VaY9UCJ14XWZE03G/k2NFikzVGEiYj+4vtN01BchqAcwQwV1bDb7kfNy1",
            "AKIAIOSFODNN7EXAMPLE",
            "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM",
            "Basic dXNlcjpwYXNzd29yZA==",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBg");
    for (String secret : secrets) {
      String text = redactor.text("refused with " + secret);
      assertThat(text).isEqualTo("refused with ***");
    }
    assertThat(redactor.text("sent Bearer xyz to it")).isEqualTo("sent Bearer *** to it");
    assertThat(redactor.text("pi_3Oa_secret_x7 wrong")).isEqualTo("pi_3Oa_secret_*** wrong");
    assertThat(redactor.text("pk_test_TYooMQauvdEDq54NiTphI7jx"))
        .isEqualTo("pk_test_TYooMQauvdEDq54NiTphI7jx");
  }

  @Test
  void headersAreKeptByAllowList() {
    Fields raw =
        Fields.of(
            "Authorization",
            "Bearer sk_test_1",
            "Cookie",
            "a=b",
            "X-API-Key",
            "k",
            "Wechatpay-Signature",
            "s",
            "X-Unknown",
            "u",
            "Tollwatch-Token",
            "t",
            "Request-Id",
            "req_123",
            "Content-Type",
            "application/json",
            "WWW-Authenticate",
            "Bearer realm=\"x\", nonce=\"y\"",
            "Location",
            "https://u:p@h/x?token=1&a=2",
            "Tollwatch-Money",
            "in_doubt",
            "Set-Cookie",
            "a",
            "Set-Cookie",
            "b");
    assertThat(redactor.fields(raw))
        .isEqualTo(
            Fields.of(
                "Authorization",
                "***",
                "Cookie",
                "***",
                "X-API-Key",
                "***",
                "Wechatpay-Signature",
                "***",
                "X-Unknown",
                "***",
                "Tollwatch-Token",
                "***",
                "Request-Id",
                "req_123",
                "Content-Type",
                "application/json",
                "WWW-Authenticate",
                "Bearer",
                "Location",
                "https://***@h/x?token=***&a=2",
                "Tollwatch-Money",
                "in_doubt",
                "Set-Cookie",
                "***",
                "Set-Cookie",
                "***"));
  }

  @Test
  void profilesAddNamesPathsAndHeadersButOpenNoCredential() {
    Secrets secrets =
        new Secrets(
            Set.of("buyer_mark"),
            Set.of("$.a.*.c"),
            Set.of(),
            Set.of("X-Merchant", "Authorization"));
    Redactor own = new Redactor(secrets, 1024);
    Fields json = Gateway.type("application/json");
    String body = "{\"buyerMark\":\"1\",\"a\":[{\"b\":{\"c\":\"2\",\"d\":\"3\"}}],\"c\":\"4\"}";
    assertThat(own.body(Gateway.whole(body), json).text())
        .isEqualTo(
            "{\"buyerMark\":\"***\",\"a\":[{\"b\":{\"c\":\"***\",\"d\":\"3\"}}],\"c\":\"4\"}");
    assertThat(own.fields(Fields.of("x-merchant", "m", "Authorization", "Bearer x")))
        .isEqualTo(Fields.of("x-merchant", "m", "Authorization", "***"));
    assertThat(own.target("/x?a[b][c]=2&a[b][d]=3")).isEqualTo("/x?a[b][c]=***&a[b][d]=3");
  }
}
