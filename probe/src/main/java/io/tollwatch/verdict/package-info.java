/// What an attempt means for the money: the verdict and the pure function that finds it (P6). Knows
/// attempts and profiles, never an HTTP client's or a server's types.
@NullMarked
package io.tollwatch.verdict;

import org.jspecify.annotations.NullMarked;
