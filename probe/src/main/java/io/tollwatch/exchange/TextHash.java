package io.tollwatch.exchange;

/// 64 bits that stand for a text where many are remembered and the texts themselves would fill the
/// heap (FNV-1a). Not for what somebody could choose to make two alike: for keyed fingerprints, and
/// where being taken for another errs on the safe side.
public final class TextHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private TextHash() {}

  /// Of the texts, in that order, kept apart by what no text holds.
  public static long of(String... texts) {
    long hash = OFFSET;
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * PRIME;
      }
      hash = (hash ^ Character.MAX_VALUE) * PRIME;
    }
    return hash;
  }
}
