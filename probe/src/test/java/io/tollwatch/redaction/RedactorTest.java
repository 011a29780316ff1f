package io.tollwatch.redaction;

import static io.tollwatch.redaction.Gateway.kept;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.CapturedBody;
import io.tollwatch.attempt.Fields;
import io.tollwatch.redaction.KeptBody.State;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RedactorTest {

  private final Redactor redactor = Gateway.redactor();

  @Test
  void keepsWhatSaysSomethingAboutThePayment() {
    List<String> benign =
        List.of(
            "{\"id\":\"pi_3OaBc2eZvKYlo2C0n7xQ1\",\"amount\":120000,\"currency\":\"usd\"}",
            "{\"error\":{\"code\":\"card_declined\",\"decline_code\":\"insufficient_funds\","
                + "\"message\":\"Your card's security code is incorrect.\","
                + "\"param\":\"payment_method\",\"request_log_url\":\"https://x/y?a=1\"}}",
            "{\"pspReference\":\"GK9KB4FV6S5FMR75\",\"resultCode\":\"Refused\","
                + "\"refusalReason\":\"CVC Declined\",\"refusalReasonCode\":\"24\"}",
            "{\"checks\":{\"cvc_check\":\"pass\",\"cvcResult\":\"1 Matches\"},\"last4\":\"4242\"}",
            "{\"request_id\":\"req_Xy1\",\"trade_no\":\"2024112222001400000000000001\","
                + "\"sub_code\":\"ACQ.TRADE_HAS_SUCCESS\",\"total_amount\":\"88.88\"}",
            "{\"created\":1732316401,\"at\":\"2026-11-22T23:04:45.123Z\",\"ok\":true,\"n\":null}",
            "{\"u\":\"8a7f1d62-3b4c-4d5e-8f90-a1b2c3d4e5f6\",\"ip\":\"203.0.113.7\",\"x\":1.5e3}",
            "{\"authorization\":{\"id\":\"7\"},\"sign_type\":\"RSA2\",\"tracking_number\":\"Z9\"}");
    for (String body : benign) {
      assertThat(kept("application/json", body)).isEqualTo(body);
    }
    String form = "amount=1200&currency=usd&metadata[order]=%E6%B5%8B+%2B1&empty=&flag&x=a%2Fb";
    assertThat(kept("application/x-www-form-urlencoded", form)).isEqualTo(form);
    String target = "/v1//payment_intents/pi_3OaBc/;x=1?expand[0]=a%5Bb%5D&limit=10&&e=";
    assertThat(redactor.target(target)).isEqualTo(target);
    String detail = "Read timed out: api.example.com/203.0.113.7:443 after 90000 ms";
    assertThat(redactor.text(detail)).isEqualTo(detail);
  }

  @Test
  void masksInPlaceAndStaysParseable() {
    String card = "{\"number\":\"4242 4242 4242 4242\",\"cvc\":\"123\",\"exp_year\":2030}";
    assertThat(kept("application/json", "{\"card\":" + card + "}"))
        .isEqualTo(
            "{\"card\":{\"number\":\"424242******4242\",\"cvc\":\"***\",\"exp_year\":2030}}");
    assertThat(kept("application/json", "{\"n\":4242424242424242,\"e\":4.242424242424242E15}"))
        .isEqualTo("{\"n\":\"424242******4242\",\"e\":\"424242******4242\"}");
    assertThat(kept("application/json", "{\"card\":{\"number\":\"4242424242424241\"}}"))
        .isEqualTo("{\"card\":{\"number\":\"***\"}}");
    assertThat(kept("application/x-www-form-urlencoded", "card[number]=4242424242424242&a=1"))
        .isEqualTo("card[number]=424242******4242&a=1");
    assertThat(kept("text/xml", "<a><CardNumber>378282246310005</CardNumber><b c='1'/></a>"))
        .isEqualTo("<a><CardNumber>378282******0005</CardNumber><b c=\"1\"></b></a>");
    assertThat(redactor.target("/c/4242%2D4242-4242%204242/x?pan=1&sign=ab%3D"))
        .isEqualTo("/c/424242******4242/x?pan=***&sign=***");
  }

  @Test
  void ofSeveralPossibleCardNumbersNothingStays() {
    // the sum holds with and without the last group: it may be a security code
    assertThat(redactor.text("no 4242-4242-4242-4242-139.")).isEqualTo("no ***.");
  }

  @Test
  void redactingTwiceChangesNothing() {
    String body = "{\"card\":{\"number\":\"4242424242424242\",\"cvc\":\"1\"},\"k\":\"Bearer xyz\"}";
    String once = kept("application/json", body);
    assertThat(kept("application/json", once)).isEqualTo(once);
    assertThat(redactor.text(redactor.text(body))).isEqualTo(redactor.text(body));
  }

  @Test
  void aLongRunOfDigitsIsNoCardNumberButLeadingZerosAreSeenThrough() {
    assertThat(redactor.text("no 42424242424242424242")).isEqualTo("no 42424242424242424242");
    assertThat(redactor.text("no 00000000004242424242424242")).doesNotContain("4242424");
    assertThat(redactor.text("at 1732316400000 ms")).matches("at (1732316400000|\\*{6}0000) ms");
  }

  @Test
  void readsTheCharsetThatTheMessageNames() {
    byte[] gbk = "{\"sub_msg\":\"余额不足\"}".getBytes(Charset.forName("GBK"));
    byte[] marked = "\uFEFF{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(redactor.body(Gateway.whole(gbk), Gateway.type("text/html;charset=GBK")).text())
        .isEqualTo("{\"sub_msg\":\"余额不足\"}");
    assertThat(redactor.body(Gateway.whole(marked), Gateway.type("application/json")).text())
        .isEqualTo("{\"a\":\"é\"}");
  }

  @Test
  void saysHowMuchIsKept() {
    Fields json = Gateway.type("application/json");
    byte[] body = "{\"a\":\"b\",\"c\":{\"d\":12345}}".getBytes(StandardCharsets.UTF_8);
    assertThat(redactor.body(CapturedBody.empty(), json)).isEqualTo(KeptBody.empty());
    assertThat(redactor.body(Gateway.cut(body, body.length - 3), json))
        .isEqualTo(new KeptBody("{\"a\":\"b\",\"c\":{}}", State.CUT, body.length));
    assertThat(redactor.body(Gateway.whole(body), Gateway.type("image/png")))
        .isEqualTo(new KeptBody("", State.UNREAD, body.length));
    assertThat(redactor.body(Gateway.whole(body), json.plus("Content-Encoding", "x")))
        .isEqualTo(new KeptBody("", State.UNREAD, body.length));
    assertThat(redactor.body(Gateway.whole("a\0b"), Gateway.type("text/plain")).state())
        .isEqualTo(State.UNREAD);
    Redactor small = new Redactor(Secrets.common(), 8);
    assertThat(small.body(Gateway.whole("one two three"), Gateway.type("text/plain")))
        .isEqualTo(new KeptBody("one two", State.CUT, 13));
  }

  @Test
  void resolvesNoEntity() {
    String xml = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>x&e;y</a>";
    assertThat(kept("text/xml", xml)).doesNotContain("ENTITY").startsWith("<a>");
  }

  @Property
  void anyTextIsTakenAndJsonStaysJson(@ForAll String any, @ForAll int number) {
    String quoted = JsonMapper.shared().writeValueAsString(any);
    String kept =
        kept("application/json", "{\"a\":[%s,%d,{\"cvc\":%s}]}".formatted(quoted, number, quoted));
    assertThat(JsonMapper.shared().readTree(kept).at("/a/2/cvc").asString()).isEqualTo("***");
    for (String type : List.of("application/json", "text/xml", "text/plain", "a/b+json", "")) {
      assertThat(redactor.body(Gateway.whole(any), Gateway.type(type)).totalBytes())
          .isEqualTo(any.getBytes(StandardCharsets.UTF_8).length);
    }
    assertThat(redactor.target("/" + any)).startsWith("/");
  }
}
