package io.tollwatch.ledger.store;

import io.tollwatch.exchange.Exchange;
import io.tollwatch.exchange.Intent;
import io.tollwatch.exchange.Outcome;
import java.util.List;
import java.util.Optional;

/// What joins exchanges to what is known elsewhere, in the order of the hashes of a [Lookup].
enum Join {
  TRACE,
  REFERENCE,
  REQUEST,
  /// The gateway's own id of the request, which only the answer tells.
  GATEWAY;

  /// The exchange's text of this kind.
  Optional<String> of(Exchange exchange) {
    return exchange.outcome().flatMap(this::of).or(() -> of(exchange.intent()));
  }

  Optional<String> of(Intent intent) {
    return switch (this) {
      case TRACE -> Optional.of(DetailRow.traceId(intent.correlation().traceparent()));
      case REFERENCE -> intent.correlation().reference();
      case REQUEST -> intent.correlation().requestId();
      case GATEWAY -> Optional.empty();
    };
  }

  Optional<String> of(Outcome outcome) {
    return this == GATEWAY ? outcome.verdict().gateway().requestId() : Optional.empty();
  }

  /// One condition: the text is that of the exchange in one of these kinds. Immutable.
  record Wanted(List<Join> kinds, String text) {

    boolean meets(Exchange exchange) {
      return kinds.stream().anyMatch(kind -> kind.of(exchange).filter(text::equals).isPresent());
    }
  }
}
