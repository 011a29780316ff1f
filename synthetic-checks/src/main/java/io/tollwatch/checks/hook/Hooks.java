package io.tollwatch.checks.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Which runs wait for webhooks, and where each is called. Thread-safe; holds one entry for each
/// run that is under way.
///
/// A run has an address of its own that nobody can guess: a keyed hash of check and planned time,
/// so that a step which is sent again names the same one. Before the run and after it nobody is
/// there.
public final class Hooks {

  /// What every address of a run begins with, after `/hooks/`.
  public static final String PREFIX = "twh";

  private static final String HMAC = "HmacSHA256";
  private static final String LETTERS = "bcdfghjkmnpqrstv";
  private static final int LENGTH = 32;
  private static final Pattern ADDRESS =
      Pattern.compile("%s[%s]{%d}".formatted(PREFIX, LETTERS, LENGTH));

  private final Optional<String> base;
  private final byte[] key;
  private final Map<String, Mailbox> open = new ConcurrentHashMap<>();

  private Hooks(Optional<String> base, byte[] key) {
    this.base = base;
    this.key = key;
  }

  /// Where gateways reach us.
  ///
  /// @param base what stands before `/hooks/`, without a slash at its end
  /// @param key at least 16 bytes, the same for all processes that may run a check; secret
  public static Hooks at(String base, byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    return new Hooks(Optional.of(base), key.clone());
  }

  /// Nobody can call.
  public static Hooks none() {
    return new Hooks(Optional.empty(), new byte[16]);
  }

  /// The address of a run; empty if nobody can call.
  public Optional<String> url(String check, Instant planned) {
    return base.map(before -> before + "/hooks/" + token(check, planned));
  }

  /// Whether that could be the address of a run, of this process or another.
  public static boolean isAddress(String name) {
    return ADDRESS.matcher(name).matches();
  }

  /// Takes what comes for a run from now on, until that is closed.
  public Mailbox open(String check, Instant planned, String provider, Instant now) {
    String token = token(check, planned);
    Mailbox box = new Mailbox(provider, now, () -> open.remove(token));
    open.put(token, box);
    return box;
  }

  /// The provider whose check has that address, while it runs.
  public Optional<String> provider(String token) {
    return Optional.ofNullable(open.get(token)).map(Mailbox::provider);
  }

  /// Somebody called the address of a run.
  public void called(String token, HookCall call) {
    Mailbox box = open.get(token);
    if (box != null) {
      box.put(call);
    }
  }

  /// A provider called its own address, by a signature that is right.
  public void told(String provider, HookCall call) {
    open.values().stream()
        .filter(box -> box.provider().equals(provider))
        .forEach(box -> box.put(call));
  }

  /// The providers whose webhooks runs wait for, each with since when.
  public Map<String, Instant> awaited() {
    return open.values().stream()
        .collect(
            Collectors.toMap(
                Mailbox::provider,
                Mailbox::opened,
                (one, other) -> one.isBefore(other) ? one : other));
  }

  private String token(String check, Instant planned) {
    byte[] hash = hmac(check + "\0" + planned.toEpochMilli());
    StringBuilder text = new StringBuilder(PREFIX);
    for (int i = 0; i < LENGTH; i++) {
      text.append(LETTERS.charAt((hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xF));
    }
    return text.toString();
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(("hook\0" + text).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK can do this", e);
    }
  }
}
