/// Events for the payment service: what payments in doubt came to, signed, at least once.
@NullMarked
package io.tollwatch.proxy.events;

import org.jspecify.annotations.NullMarked;
