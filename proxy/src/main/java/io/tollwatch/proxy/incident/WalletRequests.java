package io.tollwatch.proxy.incident;

import io.tollwatch.proxy.demo.AlipayRequests;
import java.util.Map;

/// Requests to a wallet, signed as Alipay wants them. Immutable.
record WalletRequests(AlipayRequests signing) {

  static final String PATH = "/gateway.do";
  static final Map<String, String> FIELDS =
      Map.of("Content-Type", "application/x-www-form-urlencoded;charset=utf-8");

  String pay(String order) {
    return signing.body(
        "alipay.trade.pay",
        "{\"out_trade_no\":\"%s\",\"total_amount\":\"19.00\",\"subject\":\"replay\",\"scene\":\"bar_code\",\"auth_code\":\"28763443825664394\"}"
            .formatted(order));
  }

  String query(String order) {
    return signing.body("alipay.trade.query", "{\"out_trade_no\":\"%s\"}".formatted(order));
  }

  /// Whether that answer to a query says that the payment was taken.
  static boolean found(Post.Answer answer) {
    return answer.status() == 200 && answer.body().contains("\"TRADE_SUCCESS\"");
  }

  /// Whether that answer says that the payment was taken.
  static boolean paid(Post.Answer answer) {
    return answer.status() == 200 && answer.body().contains("\"code\":\"10000\"");
  }
}
