package io.tollwatch.checks.signing;

import io.tollwatch.checks.message.Draft;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Signs as Alipay's open platform wants it (version 2, RSA2): the common parameters are added, and
/// the signature over all parameters that are not empty, sorted by name. Immutable.
///
/// @param appId the application
/// @param key the application's private key
public record AlipaySigner(String appId, RsaKey key) implements Signer {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));

  @Override
  public Draft sign(Draft draft, Instant now, String nonce) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (draft.payload() instanceof Draft.Payload.Form(Map<String, String> given)) {
      parameters.putAll(given);
    }
    parameters.put("app_id", appId);
    parameters.putIfAbsent("format", "JSON");
    parameters.put("charset", "utf-8");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", TIME.format(now));
    parameters.put("version", "1.0");
    parameters.remove("sign");
    parameters.put("sign", key.sign(text(parameters)));
    return draft.withForm(parameters);
  }

  private static String text(Map<String, String> parameters) {
    return new TreeMap<>(parameters)
        .entrySet().stream()
            .filter(each -> !each.getValue().isEmpty())
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
  }
}
