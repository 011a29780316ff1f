/// Reports that are made by the clock, and brought to a folder or to a webhook.
@NullMarked
package io.tollwatch.proxy.export;

import org.jspecify.annotations.NullMarked;
