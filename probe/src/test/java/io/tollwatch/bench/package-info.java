/// Programs that put load on something, for the scripts in the folders `bench`.
@NullMarked
package io.tollwatch.bench;

import org.jspecify.annotations.NullMarked;
