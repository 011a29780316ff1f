package io.tollwatch.proxy.demo;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.ledger.store.ExchangeQuery;
import io.tollwatch.proxy.Sidecar;
import io.tollwatch.proxy.SystemTime;
import io.tollwatch.proxy.config.Configuration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// A running demonstration. Confined to one thread.
public final class Demo implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DemoGateways gateways;
  private final Sidecar sidecar;
  private final List<String> log;

  private Demo(DemoGateways gateways, Sidecar sidecar, List<String> log) {
    this.gateways = gateways;
    this.sidecar = sidecar;
    this.log = log;
  }

  /// One call that was made.
  ///
  /// @param number from 1
  /// @param of how many there are
  /// @param status what the service was answered with
  /// @param money as the answer's head says it; empty where it makes no statement
  public record Step(
      int number,
      int of,
      String story,
      String provider,
      int status,
      String category,
      String money) {}

  /// Starts the fake gateways and a sidecar in front of them.
  ///
  /// @param data where the sidecar keeps its ledger
  /// @throws IOException if the sidecar can't start, with one sentence for people
  public static Demo start(Path data, SystemTime time) throws IOException {
    DemoGateways gateways = DemoGateways.start();
    List<String> log = Collections.synchronizedList(new ArrayList<>());
    Configuration configuration = gateways.configuration(data);
    return switch (Sidecar.start(
        configuration, () -> new Sidecar.Reread.Right(configuration), time, log::add)) {
      case Sidecar.Start.Running running -> new Demo(gateways, running.sidecar(), log);
      case Sidecar.Start.Failed failed -> {
        gateways.close();
        throw new IOException(failed.reason());
      }
    };
  }

  /// Makes all calls and tells of each when it is done.
  ///
  /// @throws IOException if the sidecar does not answer, which it always should
  public void run(Consumer<Step> progress) throws IOException, InterruptedException {
    List<DemoCall> calls =
        new DemoCalls(new AlipayRequests(gateways.alipay().appPrivateKey())).all();
    try (DemoClient client = new DemoClient(sidecar.egress())) {
      for (int i = 0; i < calls.size(); i++) {
        DemoCall call = calls.get(i);
        progress.accept(made(call, client.make(call), i + 1, calls.size()));
      }
    }
    if (!sidecar.flush(PATIENCE)) {
      throw new IOException("the ledger did not take what was recorded");
    }
  }

  /// What was recorded, the oldest first.
  public List<Exchange> recorded() {
    List<Exchange> newestFirst =
        sidecar.reader().find(ExchangeQuery.of().limit(ExchangeQuery.MAX_LIMIT));
    return newestFirst.reversed();
  }

  /// Whether the fake gateways' books say that the payment with that reference was taken.
  public boolean took(String reference) {
    return gateways.took(reference);
  }

  /// How many charges the fake gateways booked.
  public long chargesBooked() {
    return gateways.chargesBooked();
  }

  /// How many requests reached the fake gateways.
  public long requestsSeen() {
    return gateways.requestsSeen();
  }

  /// The structured lines that the sidecar logged of calls in trouble.
  public List<String> logLines() {
    return List.copyOf(log);
  }

  /// Where the services would call.
  public URI egress() {
    return sidecar.egress();
  }

  /// Where operators would look.
  public URI admin() {
    return sidecar.admin();
  }

  @Override
  public void close() {
    sidecar.close();
    gateways.close();
  }

  private static Step made(DemoCall call, HttpResponse<Void> answer, int number, int of) {
    return new Step(
        number,
        of,
        call.story(),
        answer.headers().firstValue("Tollwatch-Provider").orElse(""),
        answer.statusCode(),
        answer.headers().firstValue("Tollwatch-Category").orElse(""),
        answer.headers().firstValue("Tollwatch-Money").orElse(""));
  }
}
