package io.tollwatch.proxy.config;

/// What happens to a call when its caller goes away.
public enum OnClientGone {
  /// It is finished and recorded, because money may move.
  FINISH,
  /// It is cut, and what was sent is recorded.
  CANCEL
}
