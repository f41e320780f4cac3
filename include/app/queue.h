/* SPDX-License-Identifier: EUPL-1.2
 *
 * Redis: sessions and the streams that wake job consumers. Only queue.c and auth.c know hiredis.
 * Every call is one round trip; a lost connection is made again once.
 */
#ifndef APP_QUEUE_H
#define APP_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include "app/error.h"

struct req;
struct queue; /* one Redis connection */

/* `where`: path of a Unix socket, or host:port. */
enum status queue_open(struct queue **out, const char *where);
void queue_close(struct queue *q);

/* Plain values with a life in seconds (login state, one-time codes). queue_take gets and deletes.
 * Missing: ERR_NOT_FOUND. Redis gone: ERR_UNAVAILABLE. */
enum status queue_put(struct req *req, const char *key, const char *value, long seconds);
enum status queue_get(struct req *req, const char *key, const char **value);
enum status queue_take(struct req *req, const char *key, const char **value);
enum status queue_del(struct req *req, const char *key);

#endif
