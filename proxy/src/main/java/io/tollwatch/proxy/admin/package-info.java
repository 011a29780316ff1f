/// The admin listener: health, metrics, and the API that commands ask while a sidecar runs. It has
/// no page that a browser could be lured to: JSON only, no CORS, known Host names only, a token for
/// all that reads the ledger or changes anything.
@NullMarked
package io.tollwatch.proxy.admin;

import org.jspecify.annotations.NullMarked;
