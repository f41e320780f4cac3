/* SPDX-License-Identifier: EUPL-1.2
 *
 * PostgreSQL. All statements stand in the service's queries.sql, are embedded at build time as an
 * enum and a table, and prepared when a worker connects. The only way to the database is a batch:
 * a list of statements sent in one pipeline, one round trip, one transaction of its own. The kit
 * puts tenant and user in front (row-level security), so a batch sees what its reader may see.
 * No transaction stays open across a round trip.
 *
 * queries.sql: each statement begins with `-- name: what it does`; parameters are `:naam`.
 * The build makes `enum query { Q_NAME, … }` in <service>_queries.h.
 */
#ifndef APP_DB_H
#define APP_DB_H

#include <stdbool.h>
#include <stddef.h>
#include "app/field.h"

struct req;
struct db; /* one connection of a worker */

/* One embedded statement. `params` are the names of $1, $2 … in order. */
struct statement {
	const char *name;
	const char *sql;
	const char *const *params;
	int param_count;
};

#define BATCH_MAX 24 /* statements in one batch */

struct batch_op;

struct batch {
	struct req *req;
	struct batch_op *ops; /* BATCH_MAX */
	int count;
	const char *created; /* by batch_creates() */
};

/* Opens a batch for the work of `req` (its tenant, user and trace). */
void batch_init(struct batch *b, struct req *req);
/* Adds a statement; its parameters are taken by name from batch_bind(), else from `obj` (may be
 * NULL; read at once), else, also when `obj` has no value there, from the kit: :gemeente (the only
 * gemeente of the session, or that of the event), :medewerker, :inburgeraar (of a citizen's
 * session), :vandaag, :id (first path parameter), :versie (If-Match; wins over `obj`, so that what
 * the caller saw counts) and :na_1 :na_2 :limiet of a list. A parameter found nowhere is a bug
 * (assert). Returns the op's number. */
int batch_add(struct batch *b, int query, const struct field *fields, const void *obj);
/* Gives parameter `name` of op `op` a value (NULL is SQL null); wins over all other sources.
 * Copied. */
void batch_bind(struct batch *b, int op, const char *name, const char *value);
void batch_bind_int(struct batch *b, int op, const char *name, long long value);
void batch_bind_date(struct batch *b, int op, const char *name, struct date value);
/* This batch makes what the request's Idempotency-Key is for: the key is stored with it and a
 * second request with the key gets the same answer. Nothing happens when the request has no key. */
void batch_creates(struct batch *b, const char *resource_id);
/* Sends all, waits for all. On failure nothing of the batch is stored. Unique violation, foreign
 * key, check and exclusion violations and `raise exception` with SQLSTATE RG4xx become
 * ERR_CONFLICT, ERR_INVALID … with the message of the database's own Dutch text; lost connection:
 * reconnect and retry if nothing was sent, else ERR_UNAVAILABLE. */
enum status batch_run(struct batch *b);
/* Rows returned by, or changed by, op `op`. */
int batch_rows(const struct batch *b, int op);
/* Fills `obj` from row `row` of op `op` by column name; columns without a field are ignored and
 * fields without a column keep what they had (the forms below clear `obj` first). */
void batch_get(const struct batch *b, int op, int row, const struct field *fields, void *obj);
/* One column as text, NULL for SQL null or no such column. Lives as long as the request. */
const char *batch_text(const struct batch *b, int op, int row, const char *column);
long long batch_int(const struct batch *b, int op, int row, const char *column);

/* The everyday forms. db_one: one row or ERR_NOT_FOUND. db_list: all rows as an array in the arena.
 */
enum status db_one(struct req *req, int query, const struct field *in, const void *arg,
	const struct resource *out, void *obj);
enum status db_list(struct req *req, int query, const struct field *in, const void *arg,
	const struct resource *out, struct list *rows);
/* All rows of what the path names, with the filter of the query string; ERR_NOT_FOUND when `exists`
 * has no row, which is about an `owner` ("Inburgeraar"). */
enum status db_list_of(struct req *req, int exists, const char *owner, int query,
	const struct resource *out, struct list *rows);
/* The rows of `op` as an array in the arena. After batch_run. */
void batch_list(const struct batch *b, int op, const struct resource *out, struct list *rows);
/* Row 0 of `op` into `obj`; no row: ERR_NOT_FOUND. After batch_run. */
enum status batch_one(const struct batch *b, int op, const struct resource *out, void *obj);
/* For `… where id = :id and versie = :versie`: row 0 into `obj`; no row: ERR_CHANGED when
 * `exists_op` (a select by id in the same batch) found the row, else ERR_NOT_FOUND. */
enum status batch_changed(
	const struct batch *b, int op, int exists_op, const struct resource *out, void *obj);

/* For the kit. */
enum status db_open(struct db **out, const char *conninfo, const char *role,
	const struct statement *statements, int count);
void db_close(struct db *db);

#endif
