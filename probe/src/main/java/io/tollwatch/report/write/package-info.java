/// The formats of a report: pages as HTML and Markdown, tables and exchanges as CSV and JSON Lines.
/// Text from outside is made harmless here, for each format in its own way; nothing that is written
/// runs or loads anything.
@NullMarked
package io.tollwatch.report.write;

import org.jspecify.annotations.NullMarked;
