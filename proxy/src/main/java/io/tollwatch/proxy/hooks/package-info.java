/// The listener that gateways call: webhooks that settle doubts, and those that checks wait for.
@NullMarked
package io.tollwatch.proxy.hooks;

import org.jspecify.annotations.NullMarked;
