/// The closed vocabulary of verdicts: categories, fault, money, action and operations. Words only:
/// how they are found is in `io.tollwatch.profile` and `io.tollwatch.verdict`.
@NullMarked
package io.tollwatch.taxonomy;

import org.jspecify.annotations.NullMarked;
