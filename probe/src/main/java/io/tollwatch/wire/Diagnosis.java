package io.tollwatch.wire;

import io.tollwatch.attempt.Breakage;
import io.tollwatch.timing.Phase;
import java.io.EOFException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;

/// Names the kind of break from the phase that broke and the trouble in it. It describes for people
/// and metrics; nothing here says whether a request was sent.
final class Diagnosis {

  private Diagnosis() {}

  static Breakage of(Phase phase, Throwable trouble, boolean reused) {
    return switch (phase) {
      case BLOCKED -> Breakage.POOL_WAIT_TIMEOUT;
      case DNS -> Breakage.DNS_FAILURE;
      case CONNECT -> connect(trouble);
      case TLS -> tls(trouble);
      case SEND ->
          malformed(trouble)
              ? Breakage.PROTOCOL_ERROR
              : clientCertificateRefused(trouble).orElse(Breakage.WRITE_RESET);
      case WAIT, RECEIVE -> answer(phase, trouble, reused);
      case CLIENT -> Breakage.CLIENT_ABORT;
    };
  }

  private static Breakage connect(Throwable trouble) {
    return switch (trouble) {
      // only the upstream proxy answers while connecting
      case TunnelRefused ignored -> Breakage.EGRESS_PROXY;
      case NoHttpResponseException ignored -> Breakage.EGRESS_PROXY;
      case HttpException ignored -> Breakage.EGRESS_PROXY;
      case SocketTimeoutException ignored -> Breakage.CONNECT_TIMEOUT;
      case NoRouteToHostException ignored -> Breakage.NO_ROUTE;
      case BindException ignored -> Breakage.LOCAL_RESOURCE;
      case ConnectException ignored when says(trouble, "unreachable") -> Breakage.NO_ROUTE;
      case ConnectException ignored -> Breakage.CONNECT_REFUSED;
      default ->
          says(trouble, "unreachable")
              ? Breakage.NO_ROUTE
              : says(trouble, "too many open files")
                  ? Breakage.LOCAL_RESOURCE
                  : Breakage.CONNECT_REFUSED;
    };
  }

  private static Breakage tls(Throwable trouble) {
    if (caused(trouble, CertificateExpiredException.class)) {
      return Breakage.TLS_CERT_EXPIRED;
    }
    if (caused(trouble, CertPathBuilderException.class)
        || caused(trouble, CertPathValidatorException.class)) {
      return Breakage.TLS_UNTRUSTED_CHAIN;
    }
    if (caused(trouble, CertificateException.class)) {
      // the chain was trusted: what is left is the name (RFC 9110, section 4.3.4)
      return Breakage.TLS_NAME_MISMATCH;
    }
    if (caused(trouble, SocketException.class) || caused(trouble, EOFException.class)) {
      // it did not even say what it does not like: no better than a refused connection
      return Breakage.CONNECT_REFUSED;
    }
    return clientCertificateRefused(trouble).orElse(Breakage.TLS_HANDSHAKE);
  }

  private static Breakage answer(Phase phase, Throwable trouble, boolean reused) {
    if (malformed(trouble)) {
      return Breakage.PROTOCOL_ERROR;
    }
    return clientCertificateRefused(trouble)
        .orElseGet(() ->
            phase == Phase.RECEIVE
                ? Breakage.TRUNCATED_BODY
                : reused ? Breakage.IDLE_CLOSE_RACE : Breakage.RESPONSE_RESET);
  }

  /// With TLS 1.3 the provider refuses our certificate after our side of the handshake is done: the
  /// alert is found by the first read or write of plain text (RFC 8446, section 4.4.2.4). The JDK
  /// names the alert in the text only.
  private static Optional<Breakage> clientCertificateRefused(Throwable trouble) {
    return trouble instanceof SSLException
            && says(trouble, "received fatal alert")
            && (says(trouble, "certificate") || says(trouble, "unknown_ca"))
        ? Optional.of(Breakage.TLS_CLIENT_CERTIFICATE)
        : Optional.empty();
  }

  /// Whether what came is not HTTP, rather than too little of it.
  private static boolean malformed(Throwable trouble) {
    boolean cut =
        caused(trouble, AnswerCut.class) || caused(trouble, TruncatedChunkException.class);
    return !cut
        && (caused(trouble, HttpException.class)
            || caused(trouble, MessageConstraintException.class)
            || caused(trouble, MalformedChunkCodingException.class));
  }

  private static boolean caused(Throwable trouble, Class<? extends Throwable> kind) {
    for (Throwable t = trouble; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(Throwable trouble, String words) {
    String message = trouble.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains(words);
  }
}
