package io.tollwatch.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Knows which fields are secret by name: those of every gateway and those that a profile adds.
/// Thread-safe. Remembers up to [#MAX_KNOWN] names, since messages repeat theirs.
final class SecretNames {

  private static final String HEADER = "header ";
  private static final int MAX_KNOWN = 2048;
  private static final int MAX_KNOWN_LENGTH = 48;

  private static final Set<String> CARD_NUMBERS =
      Set.of(
          "pan",
          "dpan",
          "fpan",
          "cardpan",
          "tokenpan",
          "primaryaccountnumber",
          "accountnumber",
          "ccnumber",
          "ccnum",
          "ccno",
          "creditcard",
          "acctnum",
          "acctno");

  private static final List<String> CARD_NUMBER_PARTS =
      List.of("cardnumber", "cardnum", "cardno", "bankcard");

  private static final Set<String> SECRETS =
      Set.of(
          "cid",
          "csc",
          "cvd",
          "cvdvalue",
          "cvnumber",
          "cv2",
          "cav",
          "cardcode",
          "cardverification",
          "verificationcode",
          "pin",
          "pinblock",
          "pincode",
          "pindata",
          "pinvalue",
          "track",
          "trackdata",
          "magstripe",
          "magneticstripe",
          "magneticstripedata",
          "emvdata",
          "iccdata",
          "sign",
          "paysign",
          "signmsg",
          "signvalue",
          "signstring",
          "sig",
          "hmac",
          "hmacsignature",
          "cookie",
          "setcookie",
          "cookies",
          "session",
          "sessionid",
          "jwt",
          "otp",
          "smscode",
          "credential",
          "credentials",
          "bearer",
          "cryptogram",
          "xid",
          "ucaf",
          "datavalue");

  private static final List<String> SECURITY_CODE_PARTS =
      List.of(
          "cvc",
          "cvv",
          "cvn",
          "securitycode",
          "verificationvalue",
          "cardverificationcode",
          "cardvalidationcode");

  /// What a gateway says about a security code is none.
  private static final List<String> ABOUT_A_SECURITY_CODE =
      List.of(
          "check",
          "checks",
          "result",
          "resultcode",
          "resultraw",
          "status",
          "response",
          "responsecode",
          "required",
          "match",
          "present",
          "presence",
          "provided",
          "type",
          "error");

  private static final List<String> SECRET_ENDINGS =
      List.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "pwd",
          "secret",
          "secretkey",
          "apikey",
          "accesskey",
          "privatekey",
          "encryptionkey",
          "transactionkey",
          "sharedkey",
          "signingkey",
          "merchantkey",
          "token",
          "tokendata",
          "signature",
          "nonce",
          "pinblock",
          "cavv",
          "cryptogram");

  private static final Set<String> CARDS =
      Set.of(
          "paymentmethod",
          "paymentmethoddata",
          "paymentsource",
          "source",
          "instrument",
          "paymentinstrument",
          "fundinginstrument");

  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Set<String> added;
  private final List<List<String>> paths;
  private final List<List<String>> exempt;
  private final Set<String> exemptHeaders;

  /// @param plain the name as names are compared
  /// @param rule what it says by itself
  private record Known(String plain, Rule rule) {}

  SecretNames(Secrets secrets) {
    this.added =
        secrets.names().stream().map(SecretNames::plain).collect(Collectors.toUnmodifiableSet());
    this.paths = secrets.jsonPaths().stream().map(SecretNames::steps).toList();
    this.exempt =
        secrets.exempt().stream()
            .filter(place -> !place.startsWith(HEADER))
            .map(SecretNames::steps)
            .toList();
    this.exemptHeaders =
        secrets.exempt().stream()
            .filter(place -> place.startsWith(HEADER))
            .map(place -> plain(place.substring(HEADER.length())))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static List<String> steps(String path) {
    String bare = path.replace("[*]", "");
    String[] names = (bare.startsWith("$.") ? bare.substring(2) : bare).split("\\.", -1);
    return Stream.of(names).map(SecretNames::plain).toList();
  }

  /// What the names from the outside in say of the value there; the last one is its own.
  Rule rule(List<String> path) {
    if (path.isEmpty()) {
      return Rule.OPEN;
    }
    Rule rule = rule(path.getLast());
    if (rule == Rule.NUMBER_OF_A_CARD) {
      rule =
          path.size() > 1 && card(known(path.get(path.size() - 2)).plain())
              ? Rule.CARD_NUMBER
              : Rule.OPEN;
    }
    if (rule != Rule.OPEN) {
      return rule;
    }
    return listed(paths, path) ? Rule.SECRET : listed(exempt, path) ? Rule.EXEMPT : Rule.OPEN;
  }

  /// What a header field's name says of its value.
  Rule header(String name) {
    Known header = known(name);
    boolean exempts = header.rule() == Rule.OPEN && exemptHeaders.contains(header.plain());
    return exempts ? Rule.EXEMPT : header.rule();
  }

  /// What a name says by itself.
  Rule rule(String name) {
    return known(name).rule();
  }

  private Known known(String name) {
    Known found = known.get(name);
    if (found == null) {
      String plain = plain(name);
      found = new Known(plain, judgeDotted(plain));
      if (name.length() <= MAX_KNOWN_LENGTH && known.size() < MAX_KNOWN) {
        known.put(name, found);
      }
    }
    return found;
  }

  /// Names such as `card.number`, which Adyen has in JSON, carry their parent with them.
  private Rule judgeDotted(String name) {
    Rule rule = judge(name);
    int dot = name.lastIndexOf('.');
    if (rule != Rule.OPEN || dot < 0) {
      return rule;
    }
    Rule last = judge(name.substring(dot + 1));
    return last == Rule.NUMBER_OF_A_CARD && card(name.substring(0, dot)) ? Rule.CARD_NUMBER : last;
  }

  private Rule judge(String name) {
    if (added.contains(name) || SECRETS.contains(name) || securityCode(name) || track(name)) {
      return Rule.SECRET;
    }
    if (name.endsWith("authorization")) {
      return Rule.SECRET_IF_PLAIN; // PayPal calls a held payment so
    }
    if (name.startsWith("encrypted") || SECRET_ENDINGS.stream().anyMatch(name::endsWith)) {
      return Rule.SECRET;
    }
    if (CARD_NUMBERS.contains(name) || CARD_NUMBER_PARTS.stream().anyMatch(name::contains)) {
      return Rule.CARD_NUMBER;
    }
    return name.equals("number") ? Rule.NUMBER_OF_A_CARD : Rule.OPEN;
  }

  private static boolean securityCode(String name) {
    return SECURITY_CODE_PARTS.stream().anyMatch(name::contains)
        && ABOUT_A_SECURITY_CODE.stream().noneMatch(name::endsWith);
  }

  private static boolean track(String name) {
    return name.startsWith("track")
        && name.length() > 5
        && (name.charAt(5) >= '1' && name.charAt(5) <= '3');
  }

  private static boolean card(String parent) {
    return parent.contains("card") || CARDS.contains(parent);
  }

  private boolean listed(List<List<String>> paths, List<String> path) {
    for (List<String> each : paths) {
      boolean same = each.size() == path.size();
      for (int i = 0; same && i < each.size(); i++) {
        same = each.get(i).equals("*") || each.get(i).equals(known(path.get(i)).plain());
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  /// A name as names are compared: without case, `-`, `_`, blanks and XML prefix.
  static String plain(String name) {
    String local = name.substring(name.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
    StringBuilder plain = new StringBuilder(local.length());
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c != '-' && c != '_' && c != ' ') {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
