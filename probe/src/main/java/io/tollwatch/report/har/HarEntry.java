package io.tollwatch.report.har;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// One entry of a HAR file, named and shaped as the format wants it. Immutable.
///
/// @param time the sum of the parts that are not -1, in milliseconds
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record HarEntry(
    String startedDateTime,
    BigDecimal time,
    Request request,
    Response response,
    Cache cache,
    Timings timings,
    @JsonProperty("serverIPAddress") Optional<String> serverIpAddress,
    @JsonProperty("_tollwatch") HarFacts facts) {

  /// Sizes that are not known are -1.
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Request(
      String method,
      String url,
      String httpVersion,
      List<Pair> cookies,
      List<Pair> headers,
      List<Pair> queryString,
      Optional<PostData> postData,
      long headersSize,
      long bodySize) {}

  /// Without an answer the status is 0.
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Response(
      int status,
      String statusText,
      String httpVersion,
      List<Pair> cookies,
      List<Pair> headers,
      Content content,
      @JsonProperty("redirectURL") String redirectUrl,
      long headersSize,
      long bodySize,
      @JsonProperty("_error") Optional<String> error) {}

  /// A name and a value.
  record Pair(String name, String value) {}

  /// What was sent, redacted.
  record PostData(String mimeType, String text) {}

  /// What came, decoded and redacted.
  ///
  /// @param size of the decoded body where all of it is known, else of what came
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Content(long size, String mimeType, Optional<String> text, Optional<String> comment) {}

  /// Nothing is ever cached.
  @JsonInclude
  record Cache() {}

  /// In milliseconds; -1 for a phase that did not happen. `ssl` is within `connect`, too.
  record Timings(
      BigDecimal blocked,
      BigDecimal dns,
      BigDecimal connect,
      BigDecimal ssl,
      BigDecimal send,
      @JsonProperty("wait") BigDecimal waiting,
      BigDecimal receive) {}
}
