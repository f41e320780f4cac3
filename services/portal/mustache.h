/* SPDX-License-Identifier: EUPL-1.2
 *
 * Mustache templates over JSON, for C. {{naam}} is escaped for HTML. A name is looked up in the
 * nearest object and then in the root, nowhere in between, so that a member that an API left out
 * never shows somebody else's. Empty text and null count as false.
 * `{{t.sleutel}}` is a message; `{{#_naam}}…{{/_naam}}` gives the (escaped) text between to a
 * filter.
 */
#ifndef PORTAL_MUSTACHE_H
#define PORTAL_MUSTACHE_H

#include <jansson.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

#include "app/arena.h"

struct mustache;

struct mustache_view {
	json_t *data;
	/* Message of `key`, NULL when there is none. */
	const char *(*message)(void *ctx, const char *key);
	/* Result of filter `name` over `text`: both and the answer are HTML. */
	const char *(*filter)(void *ctx, const char *name, const char *text);
	const char *const *filters; /* names, NULL-terminated */
	void *ctx;
};

/* Reads <dir>/<name>.mustache of every name (NULL-terminated). NULL on failure, with one line in
 * `error` (static). */
struct mustache *mustache_load(const char *dir, const char *const *names, const char **error);
/* Renders template `layout`, in which {{> inhoud}} is template `content`. */
bool mustache_render(const struct mustache *m, const char *layout, const char *content,
	const struct mustache_view *view, struct buffer *out);

#ifdef __cplusplus
}
#endif

#endif
