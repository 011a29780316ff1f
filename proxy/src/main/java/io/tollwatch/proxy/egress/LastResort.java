package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.Fields;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.proxy.http1.Http1Handler;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.proxy.http1.ServerExchange;
import io.tollwatch.taxonomy.Money;
import java.io.IOException;
import java.lang.System.Logger.Level;

/// Answers where another handler fails by a bug of ours, or the machine's memory ends. The caller
/// must not be left without an answer: many repeat a request by themselves when the connection just
/// drops. Thread-safe if the other one is.
///
/// @param then the other one
public record LastResort(Http1Handler then) implements Http1Handler {

  private static final System.Logger LOG = System.getLogger(LastResort.class.getName());

  @Override
  public void handle(ServerExchange exchange) throws IOException {
    try {
      then.handle(exchange);
    } catch (RuntimeException | Error e) {
      // an error thrown on would be printed with its message, see below
      failed(exchange.answer(), e);
    }
  }

  @Override
  public void refuse(Refused refused, AnswerWriter answer) throws IOException {
    then.refuse(refused, answer);
  }

  private static void failed(AnswerWriter answer, Throwable trouble) throws IOException {
    // its message may quote what must not be written down
    LOG.log(Level.ERROR, "a call failed inside Tollwatch: {0}", trouble.getClass().getName());
    answer.closeAfter();
    if (!answer.begun()) {
      Problem problem = Problems.failed();
      answer.send(
          problem.head(Fields.of("Tollwatch-Money", Money.IN_DOUBT.word())), problem.body());
    }
  }
}
