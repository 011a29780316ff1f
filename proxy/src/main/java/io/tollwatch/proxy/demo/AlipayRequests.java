package io.tollwatch.proxy.demo;

import io.tollwatch.attempt.Fields;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Makes requests of Alipay's open platform, signed with RSA2 over their sorted parameters, as its
/// own libraries do. Immutable.
///
/// @param key the app's private key, Base64 of PKCS#8; of a fake gateway
public record AlipayRequests(String key) {

  DemoCall pay(String story, String order, String yuan, String authCode) {
    return call(
        story,
        "alipay.trade.pay",
        "{\"out_trade_no\":\"%s\",\"total_amount\":\"%s\",\"subject\":\"demo\",\"scene\":\"bar_code\",\"auth_code\":\"%s\"}"
            .formatted(order, yuan, authCode));
  }

  DemoCall query(String story, String order) {
    return call(story, "alipay.trade.query", "{\"out_trade_no\":\"%s\"}".formatted(order));
  }

  private DemoCall call(String story, String method, String content) {
    return new DemoCall(
        story,
        "/alipay/gateway.do",
        Fields.of("Content-Type", "application/x-www-form-urlencoded;charset=utf-8"),
        Optional.of(body(method, content)));
  }

  /// The body of a call, signed.
  ///
  /// @param method what it does, such as `alipay.trade.pay`
  /// @param content what is asked, in JSON
  public String body(String method, String content) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("app_id", "2021000000000001");
    parameters.put("method", method);
    parameters.put("charset", "utf-8");
    parameters.put("format", "json");
    parameters.put("sign_type", "RSA2");
    parameters.put("timestamp", "2026-01-01 09:30:00");
    parameters.put("version", "1.0");
    parameters.put("biz_content", content);
    parameters.put("sign", signed(joined(parameters)));
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + DemoCalls.encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String joined(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("&"));
  }

  private String signed(String text) {
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(privateKey);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the fake gateway's own key", e);
    }
  }

  /// Without the key.
  @Override
  public String toString() {
    return "AlipayRequests";
  }
}
