/// HTTP/1 on the connections that Helidon's listeners accept. Helidon gives the listener, TLS and a
/// virtual thread for each connection; messages are read here, over HttpCore's buffers and body
/// streams, because the wire must stay true (P5) and Helidon's own HTTP/1 answers HTTP/1.0 with
/// 505, reads fields as ASCII, keeps whole chunks in memory and refuses a 304 that has a length,
/// and HttpCore's parser normalises targets and takes blanks and folded lines as it likes.
///
/// A request whose framing is in any doubt is refused, never guessed at (RFC 9112, section 11.2).
@NullMarked
package io.tollwatch.proxy.http1;

import org.jspecify.annotations.NullMarked;
