/// The queryable index of everything recorded, in an embedded H2 file or in PostgreSQL: one schema,
/// one SQL. It is fed in batches ([io.tollwatch.ledger.store.Store#feed]) and may lag behind what
/// was recorded; feeding it the same again changes nothing, so it can be made anew from its source.
/// Facts lie narrow in a table of their own, documents and bodies beside them, keyed by the row's
/// number, so that reports scan only what they count. JDBC, the pool and the migrations stay in
/// here.
@NullMarked
package io.tollwatch.ledger.store;

import org.jspecify.annotations.NullMarked;
