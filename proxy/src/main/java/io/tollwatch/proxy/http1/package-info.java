/// HTTP/1 for the clients of the egress: a listener, a virtual thread for each connection, and
/// messages that are read over HttpCore's buffers and body streams. Not Helidon's: the wire must
/// stay true (P5), and its HTTP/1 answers HTTP/1.0 with 505, reads fields as ASCII, keeps whole
/// chunks in memory and refuses a 304 that has a length; nor HttpCore's parser, which normalises
/// targets and takes blanks and folded lines as it likes.
///
/// A request whose framing is in any doubt is refused, never guessed at (RFC 9112, section 11.2).
@NullMarked
package io.tollwatch.proxy.http1;

import org.jspecify.annotations.NullMarked;
