package io.tollwatch.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Shows the main job.
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 1;
  }
}
