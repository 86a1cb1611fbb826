/**
 * The results store: rows, schema, upserts and queries. The only SQL in the system.
 *
 * <p>SQLite by default, PostgreSQL by URL; same tables and views in both. Every row has a
 * deterministic key; writing the same row again changes nothing. Times are whole milliseconds of
 * simulation time (1 tau = 1000); views speak of tau. Unknown numbers are NaN here and NULL there.
 * Only columns named {@code wall_*} depend on when a row was written.
 */
package io.vitrine.results;
