package io.tollwatch.simulation;

import java.time.Duration;

/// One run of the sidecar, until it is killed.
final class Life {

  private final Stage stage;
  private boolean over;

  Life(Stage stage) {
    this.stage = stage;
  }

  boolean isOver() {
    return over;
  }

  void kill() {
    over = true;
  }

  /// Lets the others go on.
  ///
  /// @throws Killed if that was the end meanwhile
  void breathe() {
    rest(Duration.ZERO);
  }

  /// Lets the others go on for that time.
  ///
  /// @throws Killed if that was the end meanwhile
  void rest(Duration time) {
    stage.pause(time);
    check();
  }

  /// Lets the others go on, even if that is the end: for those who hold what they must give back.
  void pause() {
    stage.pause(Duration.ZERO);
  }

  /// @throws Killed if it is over
  void check() {
    if (over) {
      throw new Killed();
    }
  }
}
