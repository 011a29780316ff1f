package io.tollwatch.proxy.admin;

import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tollwatch.exchange.MemberState;
import io.tollwatch.routing.Channel;
import io.tollwatch.routing.MemberOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The routes below `/api/channels`: how the providers of channels stand, and orders to them.
/// Thread-safe.
///
/// An order is `POST /api/channels/drain`, `/canary` or `/release` with `{"channel", "provider",
/// "reason", "who", "for"}`.
public final class ChannelsApi {

  private static final Set<String> MEMBERS =
      new TreeSet<>(Set.of("channel", "provider", "reason", "who", "for"));
  private static final Map<String, MemberState> ORDERS =
      Map.of("drain", MemberState.DRAINED, "canary", MemberState.CANARY);

  private final ChannelDesk desk;

  /// The routes to this desk.
  public ChannelsApi(ChannelDesk desk) {
    this.desk = desk;
  }

  void routes(HttpRules rules) {
    rules
        .get("/channels", (_, response) -> AdminApi.send(response, Status.OK_200, all()))
        .get("/channels/{name}", this::one)
        .post("/channels/{action}", this::act);
  }

  private Map<String, Object> all() {
    return Map.of(
        "channels",
        desk.channels().stream()
            .map(each -> ChannelStanding.of(each, desk.standings(each)))
            .toList());
  }

  private void one(ServerRequest request, ServerResponse response) {
    try {
      Channel channel = channel(request.path().pathParameters().get("name"));
      AdminApi.send(response, Status.OK_200, ChannelStanding.of(channel, desk.standings(channel)));
    } catch (Wish.Wrong e) {
      e.tell(response);
    }
  }

  private Channel channel(String name) throws Wish.Wrong {
    return desk.channel(name)
        .orElseThrow(
            () -> new Wish.Wrong(Status.NOT_FOUND_404, "no channel is named '" + name + "'"));
  }

  private void act(ServerRequest request, ServerResponse response) {
    try {
      act(request.path().pathParameters().get("action"), Wish.read(request, MEMBERS));
      AdminApi.send(response, Status.OK_200, all());
    } catch (Wish.Wrong e) {
      e.tell(response);
    }
  }

  private void act(String action, Wish wish) throws Wish.Wrong {
    if (!action.equals("release") && !ORDERS.containsKey(action)) {
      throw new Wish.Wrong(
          Status.NOT_FOUND_404, "a provider of a channel can be told to drain, canary or release");
    }
    Channel channel =
        desk.channel(wish.text("channel"))
            .orElseThrow(() -> Wish.wrong("no channel is named '" + wish.text("channel") + "'"));
    String provider = wish.text("provider");
    if (!channel.providers().contains(provider)) {
      throw Wish.wrong("'" + provider + "' is no provider of the channel " + channel.name());
    }
    if (action.equals("release")) {
      release(channel, provider, wish);
    } else {
      order(channel, provider, ORDERS.getOrDefault(action, MemberState.DRAINED), wish);
    }
  }

  private void order(Channel channel, String provider, MemberState state, Wish wish)
      throws Wish.Wrong {
    switch (MemberOrder.of(
        state, wish.text("reason"), wish.text("who"), wish.time("for"), desk.now())) {
      case MemberOrder.Given.Right(MemberOrder order) -> desk.order(channel, provider, order);
      case MemberOrder.Given.Wrong(String why) -> throw Wish.wrong(why);
    }
  }

  private void release(Channel channel, String provider, Wish wish) throws Wish.Wrong {
    if (wish.text("reason").isBlank() || wish.text("who").isBlank()) {
      throw Wish.wrong("to end an order takes a reason and the name of who ends it");
    }
    if (!desk.release(channel, provider, wish.text("reason"), wish.text("who"))) {
      throw new Wish.Wrong(Status.CONFLICT_409, "it stands by no order");
    }
  }
}
