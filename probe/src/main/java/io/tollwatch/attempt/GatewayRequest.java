package io.tollwatch.attempt;

/// A request as it goes to a provider. Immutable but for a streamed body.
///
/// @param method as the caller wrote it
/// @param target origin form, path and query byte for byte, beginning with `/` (RFC 9112, section
///   3.2.1)
/// @param fields the end-to-end fields, `Host` among them; no `Content-Length` and no hop-by-hop
///   field, which follow from the body
public record GatewayRequest(String method, String target, Fields fields, RequestBody body) {

  public GatewayRequest {
    if (!target.startsWith("/") && !target.equals("*")) {
      throw new IllegalArgumentException("not in origin form");
    }
  }
}
