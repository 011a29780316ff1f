/// Exchanges as HTTP Archive 1.2, for browsers' network views and whoever else reads HAR. What the
/// format has no place for stands in `_tollwatch` fields.
///
/// The specification: [HAR 1.2](http://www.softwareishard.com/blog/har-12-spec/).
@NullMarked
package io.tollwatch.report.har;

import org.jspecify.annotations.NullMarked;
