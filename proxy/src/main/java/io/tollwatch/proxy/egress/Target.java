package io.tollwatch.proxy.egress;

import io.tollwatch.dispatch.Caller;
import io.tollwatch.dispatch.Dispatcher;
import io.tollwatch.dispatch.Incoming;
import io.tollwatch.dispatch.Members;
import io.tollwatch.dispatch.Provider;
import io.tollwatch.dispatch.Reply;
import io.tollwatch.wire.CallerWatch;
import java.util.Optional;

/// Whom a request is for. Immutable.
sealed interface Target {

  /// The channel's name, if it is one.
  Optional<String> channel();

  /// Whether a call goes on when its caller went away.
  boolean finishWithoutCaller();

  Reply dispatch(Dispatcher dispatcher, Incoming incoming, Caller caller, CallerWatch gone);

  Reply cut(Dispatcher dispatcher, Incoming incoming);

  /// One provider, by its name.
  record To(Provider provider) implements Target {

    @Override
    public Optional<String> channel() {
      return Optional.empty();
    }

    @Override
    public boolean finishWithoutCaller() {
      return provider.finishWithoutCaller();
    }

    @Override
    public Reply dispatch(
        Dispatcher dispatcher, Incoming incoming, Caller caller, CallerWatch gone) {
      return dispatcher.dispatch(provider, incoming, caller, gone);
    }

    @Override
    public Reply cut(Dispatcher dispatcher, Incoming incoming) {
      return dispatcher.cut(provider, incoming);
    }
  }

  /// A channel: whichever of its providers can take it.
  record Through(Members members) implements Target {

    @Override
    public Optional<String> channel() {
      return Optional.of(members.channel().name());
    }

    /// Money is better finished and recorded, whatever one of the providers is told.
    @Override
    public boolean finishWithoutCaller() {
      return true;
    }

    @Override
    public Reply dispatch(
        Dispatcher dispatcher, Incoming incoming, Caller caller, CallerWatch gone) {
      return dispatcher.dispatch(members, incoming, caller, gone);
    }

    @Override
    public Reply cut(Dispatcher dispatcher, Incoming incoming) {
      return dispatcher.cut(members, incoming);
    }
  }
}
