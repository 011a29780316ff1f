package io.tollwatch.proxy.egress;

import io.tollwatch.proxy.http1.Refused;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The target of a request for advice. Immutable.
///
/// @param channel the channel's name
/// @param rest what follows it, without the query
/// @param words of the query
record AdvicePath(String channel, String rest, Map<String, String> words) {

  private static final Pattern WORD = Pattern.compile("[a-z0-9_-]{1,63}");

  /// @param target beginning with [AdviceDesk#PREFIX]
  static AdvicePath of(String target) throws Refused {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    String named = path.substring(AdviceDesk.PREFIX.length());
    int slash = named.indexOf('/');
    return new AdvicePath(
        word(slash < 0 ? named : named.substring(0, slash)),
        slash < 0 ? "" : named.substring(slash),
        question < 0 ? Map.of() : words(target.substring(question + 1)));
  }

  private static Map<String, String> words(String query) throws Refused {
    Map<String, String> words = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      if ((!name.equals("operation") && !name.equals("rail"))
          || words.put(name, word(pair.substring(name.length() + Math.min(1, equals + 1))))
              != null) {
        throw new Refused(400, "a query that is not operation=WORD and rail=WORD");
      }
    }
    return words;
  }

  private static String word(String text) throws Refused {
    if (!WORD.matcher(text).matches()) {
      throw new Refused(400, "what is no name: lower-case letters, digits, hyphens");
    }
    return text;
  }

  /// A word of the query.
  Optional<String> asked(String name) {
    return Optional.ofNullable(words.get(name));
  }
}
