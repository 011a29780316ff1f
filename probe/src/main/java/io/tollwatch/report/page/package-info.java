/// What a report says, apart from how it looks: pages of sections with tables and charts, whose
/// cells know what they are. Each format is one way to write it.
@NullMarked
package io.tollwatch.report.page;

import org.jspecify.annotations.NullMarked;
