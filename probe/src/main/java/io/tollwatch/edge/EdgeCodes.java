package io.tollwatch.edge;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.verdict.Observation;
import io.tollwatch.verdict.Verdict;
import java.util.Optional;

/// One attempt in the words of other worlds. Immutable. The number names the layer first:
///
/// | number | layer | | number | layer |
/// |---|---|---|---|---|
/// | 0 | went well, or goes on | | 16xx | waiting for the answer |
/// | 11xx | DNS | | 17xx | the answer |
/// | 12xx | connect | | 18xx | our own caller, or we stopped |
/// | 13xx | TLS | | 2xxx | the provider, and what it says of us |
/// | 14xx | pool | | 3xxx | decline: an answer, no error |
/// | 15xx | request | | 9000 | unknown |
///
/// @param errorType OpenTelemetry's `error.type`, of few values; empty where nothing went wrong: a
///   decline is a correct answer
/// @param flag Envoy's response flag, `-` for a complete answer
/// @param number by layer
public record EdgeCodes(Optional<String> errorType, String flag, int number) {

  private static final String NO_FLAG = "-";

  /// What an attempt is called.
  public static EdgeCodes of(Observation seen, Verdict verdict) {
    return seen.breakage()
        .map(EdgeCodes::of)
        .orElseGet(() -> of(verdict.category(), seen.status().orElse(0)));
  }

  /// What a break is called.
  public static EdgeCodes of(Breakage breakage) {
    return switch (breakage) {
      case DNS_FAILURE -> broken("java.net.UnknownHostException", "DF", 1101);
      case CONNECT_REFUSED -> broken("java.net.ConnectException", "UF", 1201);
      case CONNECT_TIMEOUT -> broken("connect_timeout", "UF", 1202);
      case NO_ROUTE -> broken("java.net.NoRouteToHostException", "UF", 1203);
      case LOCAL_RESOURCE -> broken("local_resource", "UF,OM", 1204);
      case EGRESS_PROXY -> broken("egress_proxy", "UF", 1205);
      case TLS_CERT_EXPIRED -> broken("server_certificate_invalid", "UF", 1301);
      case TLS_UNTRUSTED_CHAIN -> broken("server_certificate_invalid", "UF", 1302);
      case TLS_NAME_MISMATCH -> broken("server_certificate_invalid", "UF", 1303);
      case TLS_CLIENT_CERTIFICATE -> broken("tls_client_certificate", "UF", 1304);
      case TLS_HANDSHAKE -> broken("tls_handshake_failure", "UF", 1305);
      case TLS_TIMEOUT -> broken("tls_timeout", "UF", 1306);
      case POOL_WAIT_TIMEOUT -> broken("pool_wait_timeout", "UO", 1401);
      case WRITE_RESET -> broken("connection_reset", "UC", 1501);
      case WRITE_TIMEOUT -> broken("write_timeout", "UT", 1502);
      case IDLE_CLOSE_RACE -> broken("connection_closed", "UC", 1601);
      case RESPONSE_TIMEOUT -> broken("timeout", "UT", 1602);
      case RESPONSE_RESET -> broken("connection_reset", "UR,UC", 1603);
      case DEADLINE -> broken("deadline_exceeded", "DT,SI", 1604);
      case TRUNCATED_BODY -> broken("truncated_body", "UC", 1701);
      case BODY_TIMEOUT -> broken("body_timeout", "UT", 1702);
      case PROTOCOL_ERROR -> broken("protocol_error", "UPE", 1703);
      case CLIENT_ABORT -> broken("client_abort", "DC", 1801);
      case SHUTDOWN -> broken("shutdown", "UC", 1802);
    };
  }

  /// What a complete answer is called.
  public static EdgeCodes of(Category category, int status) {
    return switch (category) {
      case SUCCEEDED, PENDING -> new EdgeCodes(Optional.empty(), NO_FLAG, 0);
      case ANSWER_LOST -> failed(status >= 400 ? status(status) : "unexpected_content", 1704);
      case NOT_SENT -> failed(status(status), 2001);
      case PROVIDER_ERROR -> failed(status >= 400 ? status(status) : category.word(), 2002);
      case DOWNSTREAM_UNAVAILABLE -> failed(category.word(), 2003);
      case RATE_LIMITED -> failed(category.word(), 2004);
      case IN_PROGRESS_CONFLICT -> failed(category.word(), 2005);
      case STATE_CONFLICT -> failed(category.word(), 2006);
      case REQUEST_INVALID -> failed(category.word(), 2007);
      case CONFIG_OR_AUTH -> failed(category.word(), 2008);
      case DECLINE_SOFT -> declined(3001);
      case DECLINE_HARD -> declined(3002);
      case FRAUD_BLOCK -> declined(3003);
      case CUSTOMER_INPUT -> declined(3004);
      case CUSTOMER_ACTION_REQUIRED -> declined(3005);
      case AUTHENTICATION_FAILED -> declined(3006);
      case CUSTOMER_CANCELLED -> declined(3007);
      case UNKNOWN -> failed("_OTHER", 9000);
    };
  }

  /// Of few values: a status that HTTP does not have is `_OTHER`.
  private static String status(int status) {
    return status >= 100 && status <= 599 ? Integer.toString(status) : "_OTHER";
  }

  private static EdgeCodes broken(String errorType, String flag, int number) {
    return new EdgeCodes(Optional.of(errorType), flag, number);
  }

  private static EdgeCodes failed(String errorType, int number) {
    return new EdgeCodes(Optional.of(errorType), NO_FLAG, number);
  }

  private static EdgeCodes declined(int number) {
    return new EdgeCodes(Optional.empty(), NO_FLAG, number);
  }
}
