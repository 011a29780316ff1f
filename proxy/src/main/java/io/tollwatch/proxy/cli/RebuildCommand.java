package io.tollwatch.proxy.cli;

import io.tollwatch.ledger.DataFolder;
import io.tollwatch.ledger.LeftLedger;
import io.tollwatch.ledger.journal.Damage;
import io.tollwatch.ledger.store.OldFile;
import io.tollwatch.ledger.store.Store;
import io.tollwatch.proxy.LedgerSetup;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.Configuration;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Makes the store anew from the journal.
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    header = "Make the store anew from the journal.",
    description = {
      "",
      "For a store that was lost or damaged. The sidecar must be stopped. The embedded database's"
          + " file is set aside, never deleted, and what only it has (because the journal does not"
          + " reach that far back) is taken over as far as it can be read. A PostgreSQL database is"
          + " fed again with all that the journal has; what is there already stays as it is.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tollwatch ledger rebuild --data /var/lib/tollwatch",
      "  tollwatch ledger rebuild --config tollwatch.yaml",
      "",
      "Exit codes: 0 it is done, 1 it failed or a sidecar runs, 2 wrong usage or configuration."
    })
final class RebuildCommand implements Callable<Integer> {

  @Mixin private DataOptions options = new DataOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws UsageException, CommandFailed {
    Configuration configuration =
        switch (options.read()) {
          case Sidecar.Reread.Wrong(String problems) -> throw new UsageException(problems);
          case Sidecar.Reread.Right(Configuration right) -> right;
        };
    switch (DataFolder.open(configuration.data())) {
      case DataFolder.Opening.Unusable(String reason) -> throw new CommandFailed(reason);
      case DataFolder.Opening.OwnedByAnother other ->
          throw new CommandFailed(
              "a sidecar runs with the data folder " + other.path() + ": stop it first");
      case DataFolder.Opening.Opened(DataFolder folder) -> {
        try (folder) {
          rebuild(folder, configuration, spec.commandLine().getOut());
        }
      }
    }
    return 0;
  }

  private static void rebuild(DataFolder folder, Configuration configuration, PrintWriter out)
      throws CommandFailed {
    SystemTime time = SystemTime.real();
    boolean embedded = configuration.ledger().url().isEmpty();
    Optional<OldFile> old =
        embedded ? OldFile.setAside(folder.path(), time.wall().instant()) : Optional.empty();
    old.ifPresent(file -> out.println("the old file is kept as " + file.file()));
    Store store = LedgerSetup.store(folder, configuration.ledger());
    Progress progress = new Progress(out);
    LeftLedger.Watch watch = new LeftLedger.Watch(damage -> tell(damage, out), progress::fed);
    switch (LeftLedger.refill(folder, store, time.wall(), time.nanos(), watch)) {
      case LeftLedger.Opened.Refused(String reason) -> throw new CommandFailed(reason);
      case LeftLedger.Opened.Ready ready -> {
        try (LeftLedger ledger = ready.ledger()) {
          progress.done(ready.fed());
          if (ready.unfinished() > 0) {
            out.println("without an outcome, so they may have been sent: " + ready.unfinished());
          }
          old.ifPresent(file -> takeOver(file, store, out));
          out.println("in doubt: " + Count.of(ledger.reader().countInDoubt(), "exchange"));
        }
      }
    }
  }

  private static void takeOver(OldFile old, Store store, PrintWriter out) {
    OldFile.Copied copied = old.copyTo(store);
    out.println("looked at for what only the old file has: " + Count.of(copied.read(), "exchange"));
    copied
        .trouble()
        .ifPresent(
            why -> out.println("the old file can't be read any further: " + Printable.line(why)));
  }

  private static void tell(Damage damage, PrintWriter out) {
    out.println(
        "%s at %s, bytes %d to %d: %s"
            .formatted(
                damage.cause() == Damage.Cause.TORN ? "unfinished" : "damaged",
                damage.file(),
                damage.from(),
                damage.to(),
                Printable.line(damage.reason())));
  }

  /// Says now and then how far it is.
  private static final class Progress {
    private static final long EVERY = 50_000;
    private final PrintWriter out;
    private long told;

    Progress(PrintWriter out) {
      this.out = out;
    }

    void fed(long count) {
      if (count - told >= EVERY) {
        told = count;
        out.println(count + " exchanges so far ...");
        out.flush();
      }
    }

    void done(long count) {
      out.println("fed from the journal: " + Count.of(count, "exchange"));
    }
  }
}
