package io.tollwatch.dispatch;

import io.tollwatch.routing.Channel;
import java.util.function.Function;

/// A channel in force, and its providers. Immutable.
///
/// @param providers the provider of each name in the channel
public record Members(Channel channel, Function<String, Provider> providers) {

  Provider provider(String name) {
    return providers.apply(name);
  }

  Provider first() {
    return provider(channel.first());
  }
}
