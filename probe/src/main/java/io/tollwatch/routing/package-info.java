/// Where a call may go: channels, the index of payments, the failover gate (P1) and the router that
/// asks the health of providers. Values in, values out; nothing here sends anything.
@NullMarked
package io.tollwatch.routing;

import org.jspecify.annotations.NullMarked;
