/// What is sent to a gateway and what came of it: the request, the answer or the break, and how far
/// the request got. Facts only; what they mean is judged in `io.tollwatch.verdict`.
@NullMarked
package io.tollwatch.attempt;

import org.jspecify.annotations.NullMarked;
