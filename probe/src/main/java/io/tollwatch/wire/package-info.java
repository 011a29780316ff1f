/// One attempt at one provider over Apache HttpClient 5, and nothing more: no retry, no redirect,
/// no cookie, no decompression, because only its connection management is used, not its request
/// execution chain. Trouble comes back as `Attempt.Broken`, never as an exception.
///
/// An attempt is straight-line code in [Exchanger]; its [Trip] knows which phase is open and
/// whether a write was tried, and one [Watchdog] closes the connections of overdue attempts.
@NullMarked
package io.tollwatch.wire;

import org.jspecify.annotations.NullMarked;
