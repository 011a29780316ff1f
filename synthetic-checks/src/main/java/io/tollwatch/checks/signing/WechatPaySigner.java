package io.tollwatch.checks.signing;

import io.tollwatch.checks.message.Draft;
import java.time.Instant;

/// Signs as WeChat Pay's API v3 wants it: method, target, time, nonce and body, a line each, in an
/// `Authorization` field. Immutable.
///
/// @param merchant the merchant's number
/// @param serial the serial number of the merchant's certificate
/// @param key the merchant's private key
public record WechatPaySigner(String merchant, String serial, RsaKey key) implements Signer {

  @Override
  public Draft sign(Draft draft, Instant now, String nonce) {
    // not by %d, whose digits are the locale's
    String seconds = Long.toString(now.getEpochSecond());
    String text =
        "%s\n%s\n%s\n%s\n%s\n"
            .formatted(draft.method(), draft.target(), seconds, nonce, draft.content().orElse(""));
    return draft.with(
        "Authorization",
        "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%s\",serial_no=\"%s\",signature=\"%s\""
            .formatted(merchant, nonce, seconds, serial, key.sign(text)));
  }
}
