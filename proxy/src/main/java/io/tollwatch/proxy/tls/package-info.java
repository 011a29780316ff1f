/// The certificates of TLS listeners: a local authority made on first use, whose certificate a
/// service's runtime is told to trust, and the short-lived listener certificates that it issues.
///
/// Two levels, because the JDK ignores the name constraints of a certificate that it trusts
/// directly. The root is what clients trust; it signs exactly one constrained issuer, and then its
/// key is forgotten without ever having been written. Whoever steals the issuer's key can pretend
/// to be a listener, and nobody else.
@NullMarked
package io.tollwatch.proxy.tls;

import org.jspecify.annotations.NullMarked;
