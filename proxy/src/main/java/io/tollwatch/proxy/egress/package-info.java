/// The egress listeners: who may call, which provider is meant, what of a message goes on, and what
/// the caller is told.
@NullMarked
package io.tollwatch.proxy.egress;

import org.jspecify.annotations.NullMarked;
