/// The demonstration: fake gateways, a sidecar in front of them, and a morning of payments with all
/// that can go wrong with them.
@NullMarked
package io.tollwatch.proxy.demo;

import org.jspecify.annotations.NullMarked;
