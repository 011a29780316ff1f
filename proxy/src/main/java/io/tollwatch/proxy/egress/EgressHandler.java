package io.tollwatch.proxy.egress;

import io.tollwatch.attempt.AnswerHead;
import io.tollwatch.attempt.Fields;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Members;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.health.Limits;
import io.tollwatch.proxy.http1.AnswerWriter;
import io.tollwatch.proxy.http1.Http1Handler;
import io.tollwatch.proxy.http1.Refused;
import io.tollwatch.proxy.http1.ServerExchange;
import io.tollwatch.wire.CallerWatch;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// Answers the requests of an egress listener: admits, addresses, dispatches, relays the reply.
/// Thread-safe.
public final class EgressHandler implements Http1Handler {

  private final EgressListener listener;
  private final Providers.InForce providers;
  private final Dispatcher dispatcher;
  private final Places places;
  private final Overload overload;
  private final AdviceDesk advice;
  private final RequestIntake intake;

  /// A handler for one listener.
  ///
  /// @param places at the providers that callers name
  /// @param overload what may refuse calls
  /// @param advice for services that make their calls themselves
  /// @param captureLimit in bytes
  public EgressHandler(
      EgressListener listener,
      Providers.InForce providers,
      Dispatcher dispatcher,
      Places places,
      Overload overload,
      AdviceDesk advice,
      int captureLimit) {
    this.listener = listener;
    this.providers = providers;
    this.dispatcher = dispatcher;
    this.places = places;
    this.overload = overload;
    this.advice = advice;
    this.intake = new RequestIntake(captureLimit);
  }

  @Override
  public void handle(ServerExchange exchange) throws IOException {
    try {
      listener.admission().check(exchange);
      String target = exchange.head().target();
      listener.checkTarget(target);
      if (listener.provider().isEmpty() && target.startsWith(AdviceDesk.PREFIX)) {
        advice.answer(exchange, listener, providers.get());
        return;
      }
      Optional<Overload.Place> place = overload.enter();
      if (place.isEmpty()) {
        Relay.overloaded(exchange.answer());
        return;
      }
      try (Overload.Place _ = place.get()) {
        route(exchange, target);
      }
    } catch (Refused e) {
      refuse(e, exchange.answer());
    }
  }

  private void route(ServerExchange exchange, String target) throws IOException, Refused {
    Destination destination =
        listener.provider().isPresent()
            ? Destination.of(listener.provider().get(), target)
            : Destination.prefixed(target);
    Providers inForce = providers.get();
    Optional<Members> channel =
        listener.provider().isPresent()
            ? Optional.empty()
            : inForce.channel(destination.provider());
    if (channel.isPresent()) {
      if (inForce.needsToken(channel.get().channel())) {
        listener.checkToken(exchange.head().fields());
      }
      dispatch(exchange, new Target.Through(channel.get()), destination.target());
      return;
    }
    Optional<Provider> provider = inForce.find(destination.provider());
    if (provider.isEmpty()) {
      Relay.send(exchange.answer(), Problems.unknownProvider(destination, inForce));
      return;
    }
    if (inForce.needToken().contains(provider.get().name())) {
      listener.checkToken(exchange.head().fields());
    }
    dispatchInPlace(exchange, provider.get(), destination.target());
  }

  @Override
  public void refuse(Refused refused, AnswerWriter answer) throws IOException {
    answer.closeAfter();
    Relay.send(answer, Problems.refused(refused));
  }

  /// Before the body is read: a provider that hangs must not take the memory either.
  private void dispatchInPlace(ServerExchange exchange, Provider provider, String target)
      throws IOException {
    Optional<Limits.Place> place = places.enter(provider.name());
    if (place.isEmpty()) {
      Relay.busy(exchange.answer(), provider.name());
      return;
    }
    try (Limits.Place _ = place.get()) {
      dispatch(exchange, new Target.To(provider), target);
    }
  }

  private void dispatch(ServerExchange exchange, Target where, String target) throws IOException {
    Reply reply = call(exchange, where, target);
    new Relay(where.channel(), exchange.answer()).relay(reply);
  }

  private Reply call(ServerExchange exchange, Target where, String target) {
    return switch (intake.take(exchange, target)) {
      case RequestIntake.Taken.Cut cut -> {
        exchange.answer().closeAfter();
        yield where.cut(dispatcher, cut.incoming());
      }
      case RequestIntake.Taken.Ready ready -> {
        CallerWatch gone = new CallerWatch();
        if (!where.finishWithoutCaller()) {
          exchange.whenGone(gone::gone);
        }
        yield where.dispatch(
            dispatcher,
            ready.incoming(),
            (head, id, provider) ->
                stream(exchange.answer(), head, Relay.tags(id, provider, where.channel())),
            gone);
      }
    };
  }

  private static OutputStream stream(AnswerWriter answer, AnswerHead head, Fields tags)
      throws IOException {
    Fields fields = EndToEnd.ofAnswer(head.fields()).plus(tags);
    OptionalLong length =
        head.fields().first("Transfer-Encoding").isPresent()
            ? OptionalLong.empty()
            : length(head.fields());
    return answer.stream(new AnswerHead(head.status(), head.reason(), fields), length);
  }

  private static OptionalLong length(Fields fields) {
    try {
      return fields
          .first("Content-Length")
          .map(Long::parseLong)
          .map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
