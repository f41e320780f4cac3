/* SPDX-License-Identifier: EUPL-1.2
 *
 * Routes are rows. dispatch() finds the row by method and path, checks scope, reads and checks path
 * parameters, query and body by their field tables, and only then calls the handler. The
 * OpenAPI document and `--routes` are printed from the same rows.
 */
#ifndef APP_ROUTE_H
#define APP_ROUTE_H

#include "app/http.h"

enum route_flag {
	R_CREATES =
		1
		<< 0, /* 201 with Location; takes Idempotency-Key. <path>/{id} must exist as GET */
	R_IF_MATCH = 1 << 1, /* If-Match is demanded (428), :versie is bound, a lost race is 412 */
	R_LIST = 1 << 2, /* answers a list of `out`; adds query parameters limit and cursor */
	R_NO_BODY = 1 << 3, /* POST without a body */
	R_CONFLICT = 1 << 4, /* may answer 409 */
	R_RAW = 1 << 5, /* body and reply are the handler's own (portal pages, DUO) */
	R_NO_CONTENT = 1 << 6, /* 204 */
	R_SLOW =
		1 << 8, /* its statements may take long: not on the connection of the quick reads */
	R_HIDDEN = 1 << 7, /* not in the OpenAPI document (portal pages, redirects) */
};

struct route {
	enum method method;
	const char *path; /* "/inburgeraars/{id}/oproepen" */
	unsigned scope; /* roles that may; SCOPE_OPEN: no session needed */
	unsigned flags;
	const struct resource *in; /* request body, NULL: none */
	const struct resource *query; /* query parameters, NULL: none (besides paging) */
	const struct resource *out; /* reply, NULL: none */
	enum status (*handler)(struct req *req);
	const char *summary; /* Dutch, OpenAPI summary */
	/* R_LIST: the one or two fields of `out` that order the list; the last must be unique. The
	 * SQL gets :na_1 and :na_2 (text or null) and :limiet (one more than asked). */
	const char *order[2];
};

#define ROUTE_END                                                                                  \
	{                                                                                          \
		.path = NULL                                                                       \
	}

#endif
