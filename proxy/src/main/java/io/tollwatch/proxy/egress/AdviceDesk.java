package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import io.tollwatch.attempt.Origin;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Members;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.proxy.http1.ServerExchange;
import io.tollwatch.routing.Adviser;
import io.tollwatch.routing.Router;
import io.tollwatch.taxonomy.Operation;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Answers services that make their calls themselves: where a payment could go, what changes, and
/// what came of a call. Thread-safe.
///
/// | request | what |
/// |---|---|
/// | `GET /channels/NAME` | which provider to use for one payment now, and why |
/// | `GET /channels/NAME/events` | what most payments get, told anew whenever it changes |
/// | `POST /channels/NAME/outcomes` | what came of a call that was made elsewhere |
///
/// The first two take `?operation=` (`pay` if none is said) and `&rail=`.
public final class AdviceDesk implements AutoCloseable {

  /// What all its paths begin with.
  static final String PREFIX = "/channels/";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Adviser adviser;
  private final Dispatcher dispatcher;
  private final AdviceStreams streams = new AdviceStreams();

  /// A desk that asks this adviser, and tells this dispatcher.
  public AdviceDesk(Adviser adviser, Dispatcher dispatcher) {
    this.adviser = adviser;
    this.dispatcher = dispatcher;
  }

  /// Answers one request.
  ///
  /// @param listener checks the client token where the channel wants it
  void answer(ServerExchange exchange, EgressListener listener, Providers inForce)
      throws IOException, Refused {
    AdvicePath path = AdvicePath.of(exchange.head().target());
    Optional<Members> channel = inForce.channel(path.channel());
    if (channel.isEmpty()) {
      Relay.send(exchange.answer(), Problems.unknownChannel(path.channel(), inForce));
      return;
    }
    if (inForce.needsToken(channel.get().channel())) {
      listener.checkToken(exchange.head().fields());
    }
    String method = exchange.head().method();
    switch (method + " " + path.rest()) {
      case "GET " -> advise(exchange.answer(), channel.get(), wish(path));
      case "GET /events" -> stream(exchange, channel.get(), wish(path));
      case "POST /outcomes" -> hear(exchange, channel.get());
      default ->
          throw new Refused(
              404,
              "nothing: GET /channels/NAME, /channels/NAME/events and POST .../outcomes are all");
    }
  }

  private static Router.Wish wish(AdvicePath path) throws Refused {
    return new Router.Wish(operation(path), path.asked("rail"), Origin.LIVE);
  }

  private static Operation operation(AdvicePath path) throws Refused {
    try {
      return path.asked("operation").map(Operation::ofWord).orElse(Operation.PAY);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          400, "an operation that is none (pay, capture, refund, void, query, other)");
    }
  }

  private void advise(AnswerWriter answer, Members members, Router.Wish wish) throws IOException {
    send(
        answer,
        AdviceJson.of(
            members.channel(), wish.operation(), adviser.advise(members.channel(), wish)));
  }

  private void stream(ServerExchange exchange, Members members, Router.Wish wish)
      throws IOException {
    streams.run(
        exchange,
        () ->
            JSON.writeValueAsString(
                AdviceJson.of(
                    members.channel(), wish.operation(), adviser.usual(members.channel(), wish))));
  }

  private void hear(ServerExchange exchange, Members members) throws IOException {
    switch (ReportReading.read(exchange, members.channel())) {
      case ReportReading.Read.Wrong(String reason) ->
          Relay.send(
              exchange.answer(), new Problem(400, "bad-report", "That can't be taken", reason));
      case ReportReading.Read.Right(var reported) ->
          send(exchange.answer(), AdviceJson.of(dispatcher.heard(members, reported)));
    }
  }

  private static void send(AnswerWriter answer, Map<String, Object> body) throws IOException {
    answer.send(
        new AnswerHead(
            200, "OK", Fields.of("Content-Type", "application/json", "Cache-Control", "no-store")),
        JSON.writeValueAsBytes(body));
  }

  /// Ends all streams.
  @Override
  public void close() {
    streams.close();
  }
}
