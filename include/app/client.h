/* SPDX-License-Identifier: EUPL-1.2
 *
 * Outgoing HTTP (libcurl): to DUO with mutual TLS, to the OpenID provider, and from the portal to
 * our own API over nginx' Unix socket. Several calls of one page run side by side.
 */
#ifndef APP_CLIENT_H
#define APP_CLIENT_H

#include <jansson.h>
#include "app/http.h"

struct client_call {
	enum method method;
	const char *url;
	const char *unix_socket; /* NULL: TCP */
	const char *headers[12]; /* "Name: value", NULL-terminated */
	const char *body; /* NULL: none */
	const char *content_type; /* of the body */
	const char *ca, *cert, *key; /* files; NULL: the system's, none. `ca` alone is trusted */
	long timeout_ms; /* 0: 10 s */

	/* filled in by client_run */
	long status; /* 0: no answer */
	const char *reply; /* '\0'-terminated, in the arena */
	size_t reply_len;
	const char *reply_type;
	const char *location, *etag, *link; /* headers of the answer, or NULL */
	bool sent; /* false: certain that nothing was sent */
};

/* Runs `count` calls side by side; adds traceparent. OK also when a call has status 0. */
enum status client_run(struct req *req, struct client_call *calls, int count);
/* The reply as JSON, NULL when it is not JSON; released with the request. */
json_t *client_json(struct req *req, const struct client_call *call);

/* Closes the connections that client_run() kept. For the kit. */
void client_close(struct app *app);

#endif
