package io.tollwatch.proxy.cli;

/// Ends a command that could not do what it was asked for. The message is for the user, one
/// sentence.
final class CommandFailed extends Exception {

  private static final long serialVersionUID = 1;

  CommandFailed(String message) {
    super(message);
  }
}
