package io.tollwatch.checks.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollwatch.attempt.Fields;
import io.tollwatch.checks.message.Draft;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// What is signed, line by line as CyberSource's documentation has it.
class CyberSourceSignerTest {

  private static final byte[] KEY = "of this test only".getBytes(StandardCharsets.UTF_8);
  private static final Instant NOW = Instant.parse("2026-11-26T05:06:07Z");

  private final CyberSourceSigner signer =
      new CyberSourceSigner(
          "apitest.cybersource.com",
          "shop",
          "key-1",
          SharedKey.of(Base64.getEncoder().encodeToString(KEY)).orElseThrow());

  private static String mac(String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void signsHostDateTargetDigestAndMerchant() throws GeneralSecurityException {
    Draft signed =
        signer.sign(
            new Draft("POST", "/pts/v2/payments", Fields.none(), new Draft.Payload.Text("{}")),
            NOW,
            "");
    String digest = "SHA-256=RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=";
    assertThat(signed.fields().first("Digest")).contains(digest);
    assertThat(signed.fields().first("Date")).contains("Thu, 26 Nov 2026 05:06:07 GMT");
    assertThat(signed.fields().first("Signature").orElseThrow())
        .isEqualTo(
            "keyid=\"key-1\", algorithm=\"HmacSHA256\","
                + " headers=\"host date (request-target) digest v-c-merchant-id\", signature=\""
                + mac(
                    "host: apitest.cybersource.com\ndate: Thu, 26 Nov 2026 05:06:07 GMT\n"
                        + "(request-target): post /pts/v2/payments\ndigest: "
                        + digest
                        + "\nv-c-merchant-id: shop")
                + "\"");
  }

  @Test
  void signsNoDigestWhereThereIsNoBody() {
    Draft signed =
        signer.sign(
            new Draft("GET", "/tss/v2/transactions/1?a=b", Fields.none(), new Draft.Payload.None()),
            NOW,
            "");
    assertThat(signed.fields().first("Digest")).isEmpty();
    assertThat(signed.fields().first("Signature").orElseThrow())
        .contains("headers=\"host date (request-target) v-c-merchant-id\"");
  }
}
