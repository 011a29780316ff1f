package io.tollwatch.proxy.http1;

/// A request that can't be taken as it is. Nothing of it goes to a provider.
public final class Refused extends Exception {

  private static final long serialVersionUID = 1;

  private final int status;

  /// @param status what the client is answered with
  /// @param reason in words, without anything of the request in it
  public Refused(int status, String reason) {
    super(reason);
    this.status = status;
  }

  /// What the client is answered with.
  public int status() {
    return status;
  }

  /// Why, in words that hold nothing of the request.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
