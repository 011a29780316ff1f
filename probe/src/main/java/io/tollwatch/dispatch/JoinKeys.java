package io.tollwatch.dispatch;

import java.util.Optional;

/// The keys of the fingerprints that are kept. Immutable.
///
/// @param payments joins the attempts of one payment
/// @param cards joins the payments of one card; without it no fingerprint of a card is made
public record JoinKeys(JoinKey payments, Optional<JoinKey> cards) {}
