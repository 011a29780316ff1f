/// The simulation that proves that nothing is charged twice (P1): the real dispatcher, index, gate,
/// breakers, register and reconciler, between clients and gateways that are made up, in made-up
/// time. The gateways' books are the witness.
@NullMarked
package io.tollwatch.simulation;

import org.jspecify.annotations.NullMarked;
