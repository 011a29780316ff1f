package io.tollwatch.proxy.cli;

/// Ends a command because of what its user asked for. The message is for the user, one sentence.
final class UsageException extends Exception {

  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
