/// Events for the payment service: which payments are in doubt, what they came to, and which were
/// taken twice, signed, at least once.
@NullMarked
package io.tollwatch.proxy.events;

import org.jspecify.annotations.NullMarked;
