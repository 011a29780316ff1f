package io.tollwatch.proxy.admin;

/// A word of a question that can't be understood. The message is for people, one sentence: what is
/// wrong and what would be right.
final class WrongWord extends Exception {

  private static final long serialVersionUID = 1;

  WrongWord(String message) {
    super(message);
  }
}
