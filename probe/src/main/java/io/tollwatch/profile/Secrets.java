package io.tollwatch.profile;

import java.util.Set;

/// What may not and what may be kept of a gateway's messages. Immutable.
///
/// @param fields names of secret fields, anywhere in a JSON body, a form or a query, compared
///   without case; or paths such as `$.source.number`
/// @param headers names of header fields that may be kept besides the common ones
/// @param exempt fields, named likewise, that look like secrets and are made by the gateway: its
///   ids and codes
public record Secrets(Set<String> fields, Set<String> headers, Set<String> exempt) {

  public Secrets {
    fields = Set.copyOf(fields);
    headers = Set.copyOf(headers);
    exempt = Set.copyOf(exempt);
  }
}
