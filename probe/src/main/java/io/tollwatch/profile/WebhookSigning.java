package io.tollwatch.profile;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// How a gateway signs its webhooks: by HMAC with SHA-256 under a secret that it shares with the
/// merchant. Immutable.
///
/// @param at where the signature stands
/// @param part its name where several stand there as `t=...,v1=...`
/// @param time the name of the time among these, in seconds since 1970, which is then signed too,
///   before the body and a dot
/// @param tolerance how far that time may be from ours
/// @param of what of an event is signed, joined by colons; empty for the whole body
/// @param encoding how the signature is written
/// @param secret how the secret is written
public record WebhookSigning(
    Place at,
    Optional<String> part,
    Optional<String> time,
    Duration tolerance,
    List<Place> of,
    Encoding encoding,
    SecretForm secret) {

  private static final String HMAC = "HmacSHA256";

  public WebhookSigning {
    of = List.copyOf(of);
  }

  /// How a signature is written.
  public enum Encoding {
    HEX,
    BASE64
  }

  /// How a secret is written.
  public enum SecretForm {
    /// Its characters are the key.
    TEXT,
    /// It is the key in hexadecimal digits.
    HEX
  }

  /// Whether events are signed one by one, rather than the body as a whole.
  public boolean byEvent() {
    return !of.isEmpty();
  }

  /// Whether the signature is right. Compares in the same time wherever the difference is.
  ///
  /// @param message the webhook, or the event
  /// @param body the webhook's body as it came
  public boolean holds(Message message, String body, String key, Instant now) {
    String given = at.text(message).orElse("");
    String signed = byEvent() ? joined(message) : body;
    if (time.isPresent()) {
      String told = named(given, time.get()).stream().findFirst().orElse("");
      if (!isNear(told, now)) {
        return false;
      }
      signed = told + "." + signed;
    }
    Optional<byte[]> right = mac(key, signed);
    List<String> signatures = part.map(name -> named(given, name)).orElse(List.of(given));
    return right
        .filter(mac ->
            signatures.stream()
                .flatMap(text -> decoded(text).stream())
                .anyMatch(shown -> MessageDigest.isEqual(shown, mac)))
        .isPresent();
  }

  private boolean isNear(String seconds, Instant now) {
    if (!seconds.matches("[0-9]{1,12}")) {
      return false;
    }
    Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now).abs();
    return apart.compareTo(tolerance) <= 0;
  }

  private static List<String> named(String given, String name) {
    List<String> values = new ArrayList<>();
    for (String pair : given.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
        values.add(pair.substring(equals + 1).strip());
      }
    }
    return values;
  }

  private String joined(Message event) {
    return of.stream()
        .map(place -> place.text(event).orElse(""))
        .map(text -> text.replace("\\", "\\\\").replace(":", "\\:"))
        .collect(Collectors.joining(":"));
  }

  private Optional<byte[]> mac(String key, String signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(bytes(key), HMAC));
      return Optional.of(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty(); // the secret is none of the form that the gateway gives
    }
  }

  private byte[] bytes(String key) {
    return switch (secret) {
      case TEXT -> key.getBytes(StandardCharsets.UTF_8);
      case HEX -> HexFormat.of().parseHex(key);
    };
  }

  private Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(
          switch (encoding) {
            case HEX -> HexFormat.of().parseHex(text);
            case BASE64 -> Base64.getDecoder().decode(text);
          });
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
