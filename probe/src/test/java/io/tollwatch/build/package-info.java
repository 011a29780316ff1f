/// Tests of the build itself: that the compiler's checks really run, and that the code keeps the
/// order, the borders and the names of the design.
@NullMarked
package io.tollwatch.build;

import org.jspecify.annotations.NullMarked;
