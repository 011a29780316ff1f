package io.tollwatch.ledger.store;

import io.tollwatch.attempt.ConnectionFacts;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.attempt.Progress;
import io.tollwatch.exchange.Answer;
import io.tollwatch.exchange.Correlation;
import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Handles;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import io.tollwatch.ledger.store.Batch.Position;
import io.tollwatch.redaction.KeptBody;
import io.tollwatch.taxonomy.Category;
import io.tollwatch.taxonomy.Fault;
import io.tollwatch.taxonomy.Money;
import io.tollwatch.taxonomy.Operation;
import io.tollwatch.timing.Phase;
import io.tollwatch.timing.PhaseSpan;
import io.tollwatch.timing.PhaseTimings;
import io.tollwatch.verdict.GatewayError;
import io.tollwatch.verdict.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/// How fast the store takes exchanges and answers reports. No test: a program, run with the test
/// class path as
///
/// ```
/// taskset -c 1 java -Xmx128m -XX:+UseSerialGC -cp ... io.tollwatch.ledger.store.StoreBenchmark \
///     H2 200000 facts FOLDER
/// ```
///
/// The words are the database (`H2`, `POSTGRES`), the number of exchanges, what they carry (`facts`
/// or `bodies` of about 700 and 1,100 characters as well) and an empty folder. Exchanges are spread
/// over 30 days and five providers, 2 in 100 in trouble; only the time in [Store#feed] counts as
/// ingest. A folder that H2 has filled before is only asked. Then each report is asked for 15
/// random windows of 24 hours.
final class StoreBenchmark {

  private static final int ROUNDS = 15;
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration TIME = Duration.ofDays(30);
  private static final List<String> PROVIDERS =
      List.of("stripe", "stripe-eu", "adyen", "paypal", "alipay");

  private final Random random = new Random(1);
  private final boolean bodies;
  private final long stepNanos;

  private StoreBenchmark(int count, boolean bodies) {
    this.bodies = bodies;
    this.stepNanos = TIME.toNanos() / count;
  }

  public static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    Path folder = Files.createDirectories(Path.of(args[3]));
    StoreBenchmark benchmark = new StoreBenchmark(count, args[2].equals("bodies"));
    try (Store store = StoreKind.valueOf(args[0]).place(folder).store()) {
      boolean filled = Files.exists(H2File.in(folder).file());
      store.open();
      if (!filled) {
        benchmark.load(store, count);
      }
      benchmark.ask(store);
    }
  }

  private void load(Store store, int count) throws SQLException {
    UUID journal = UUID.randomUUID();
    long spent = 0;
    long mark = 0;
    long cpu = 0;
    long cpuMark = 0;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int size = store.batch();
    int part = Math.max(count / 10, size);
    for (int next = 0; next < count; next += size) {
      List<Exchange> exchanges = new ArrayList<>();
      for (int i = next; i < Math.min(next + size, count); i++) {
        exchanges.add(exchange(i));
      }
      Batch batch = new Batch(journal, exchanges, List.of(), new Position(0, next));
      long before = System.nanoTime();
      long cpuBefore = threads.getCurrentThreadCpuTime();
      store.feed(batch);
      spent += System.nanoTime() - before;
      cpu += threads.getCurrentThreadCpuTime() - cpuBefore;
      if ((next + size) % part == 0) {
        say(
            "%,d fed, the last at %,.0f/s, %.1f us CPU each"
                .formatted(
                    next + size, part / ((spent - mark) / 1e9), (cpu - cpuMark) / 1e3 / part));
        mark = spent;
        cpuMark = cpu;
      }
    }
    say("%,d fed at %,.0f/s in all".formatted(count, count / (spent / 1e9)));
    say("%,d MB of rows".formatted(store.retention().bytes() >> 20));
  }

  private void ask(Store store) {
    ReportReader reports = store.reports();
    measure("facts", window -> count(each -> reports.facts(Slice.of(window), _ -> each.run())));
    measure(
        "failures with their documents",
        window ->
            count(each ->
                reports.exchanges(Slice.of(window), ReportReader.Wanted.TROUBLE, _ -> each.run())));
    say("in doubt: %,d".formatted(store.reader().countInDoubt()));
    measure(
        "by reference, any time",
        window ->
            store.reader().find(ExchangeQuery.of(new ExchangeFilter.Reference("no-such"))).size());
  }

  private static int count(Consumer<Runnable> reading) {
    int[] count = {0};
    reading.accept(() -> count[0]++);
    return count[0];
  }

  private void measure(String what, ToIntFunction<TimeWindow> report) {
    double[] millis = new double[ROUNDS];
    int rows = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Instant from = START.plus(Duration.ofMinutes(random.nextInt(29 * 24 * 60)));
      TimeWindow window = TimeWindow.of(from, Duration.ofDays(1));
      long before = System.nanoTime();
      rows = report.applyAsInt(window);
      millis[i] = (System.nanoTime() - before) / 1e6;
    }
    double first = millis[0];
    Arrays.sort(millis);
    say(
        "%s: first %,.0f, min %,.0f, median %,.0f, max %,.0f ms (%d rows)"
            .formatted(what, first, millis[0], millis[ROUNDS / 2], millis[ROUNDS - 1], rows));
  }

  private Exchange exchange(int number) {
    Instant at = START.plusNanos(number * stepNanos);
    String id = id(at);
    String provider = PROVIDERS.get(random.nextInt(PROVIDERS.size()));
    String request =
        bodies ? "amount=1000&currency=eur&order=%d&".formatted(number).repeat(20) : "";
    Intent intent =
        new Intent(
            id,
            at,
            Origin.LIVE,
            provider,
            provider,
            Operation.PAY,
            true,
            "POST",
            "/v1/payment_intents",
            Fields.of("Content-Type", "application/x-www-form-urlencoded", "Accept", "*/*"),
            new KeptBody(request, KeptBody.State.WHOLE, request.length()),
            new Correlation(
                "00-%s%s-%s-01".formatted(hex(), hex(), hex()),
                Optional.of(hex() + hex()),
                Optional.of("order-" + random.nextInt(1 << 30)),
                Optional.of(hex() + hex()),
                Optional.of(hex() + hex()),
                Optional.empty(),
                Handles.none(),
                Optional.empty()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Exchange(intent, Optional.of(outcome(id)));
  }

  private String id(Instant at) {
    StringBuilder id = new StringBuilder();
    for (int bits = 45; bits >= 0; bits -= 5) {
      id.append(ALPHABET.charAt((int) (at.toEpochMilli() >>> bits & 31)));
    }
    for (int i = 0; i < 16; i++) {
      id.append(ALPHABET.charAt(random.nextInt(32)));
    }
    return id.toString();
  }

  private Outcome outcome(String id) {
    Category category = category();
    boolean guilty = category == Category.PROVIDER_ERROR;
    String answer =
        bodies
            ? "{\"id\":\"ch_%s\",\"object\":\"charge\",\"paid\":true} ".formatted(hex()).repeat(20)
            : "";
    return new Outcome(
        id,
        Progress.ANSWERED,
        Optional.empty(),
        Optional.of(
            new Answer(
                category == Category.SUCCEEDED ? 200 : 402,
                Fields.of("Request-Id", "req_" + hex(), "Content-Type", "application/json"),
                new KeptBody(answer, KeptBody.State.WHOLE, answer.length()))),
        timings(),
        new ConnectionFacts(Optional.of("203.0.113.7:443"), true, Optional.empty()),
        new Verdict(
            category,
            guilty ? Fault.PROVIDER : Fault.NONE,
            category == Category.ANSWER_LOST ? Money.IN_DOUBT : Money.SUCCEEDED,
            category.action(),
            new GatewayError(Optional.empty(), Optional.empty(), Optional.of("req_" + hex())),
            guilty,
            guilty,
            "stripe/" + category.word(),
            "stripe@1"),
        200,
        false);
  }

  private Category category() {
    int dice = random.nextInt(1_000);
    if (dice < 15) {
      return Category.PROVIDER_ERROR;
    }
    if (dice < 20) {
      return Category.ANSWER_LOST;
    }
    return dice < 150 ? Category.DECLINE_SOFT : Category.SUCCEEDED;
  }

  private PhaseTimings timings() {
    long send = 20_000L + random.nextInt(50_000);
    long wait = 80_000_000L + random.nextInt(400_000_000);
    long receive = 10_000L + random.nextInt(90_000);
    return new PhaseTimings(
        List.of(
            new PhaseSpan(Phase.BLOCKED, 0, 1_000, 1_000),
            new PhaseSpan(Phase.SEND, 1_000, 1_000 + send, send),
            new PhaseSpan(Phase.WAIT, 1_000 + send, 1_000 + send + wait, wait),
            new PhaseSpan(
                Phase.RECEIVE, 1_000 + send + wait, 1_000 + send + wait + receive, receive)),
        2_000 + send + wait + receive);
  }

  private String hex() {
    return "%016x".formatted(random.nextLong());
  }

  private static void say(String text) {
    System.out.println(text);
  }
}
