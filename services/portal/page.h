/* SPDX-License-Identifier: EUPL-1.2
 *
 * A page is a row: path, who may see it, the API calls it makes, template, title. A form is a row:
 * where it is posted, the API call that it becomes, where to go then. The portal holds no data and
 * no rules; it only asks the public API, with the visitor's own session.
 *
 * Words in a call's URL: {id} the first parameter of the page's path, {mij} the citizen's dossier,
 * {?a,b} the page's own query parameters of those names, as far as given.
 */
#ifndef PORTAL_PAGE_H
#define PORTAL_PAGE_H

#include <jansson.h>
#include "app/client.h"
#include "app/http.h"

#define PAGE_CALLS 16
#define FORM_FIELDS 10

struct api_call {
	const char *name; /* the reply's name in the template */
	const char *url;
	bool optional; /* no answer, or 403 or 404: the page shows without it */
};

struct page {
	const char *path;
	unsigned scope;
	const char *template;
	const char *title; /* message; {1} is `naam` of the data */
	struct api_call calls[PAGE_CALLS];
	void (*prepare)(
		struct req *req, json_t *data); /* puts it in the shape of the screen, or NULL */
};

struct form {
	const char
		*path; /* where it is posted; the page of the same path shows it again when wrong */
	unsigned scope;
	enum method method;
	const char *url;
	const char *fields[FORM_FIELDS]; /* JSON names, all text; empty ones are left out */
	const char *done; /* go there (URL words as above) … */
	const char *message; /* … and say this (message status.<message>) */
	const char *result; /* or show the page with the reply under this name */
};

extern const struct page pages[]; /* main.c; path NULL ends */
extern const struct form forms[];

#define PAGE_END                                                                                   \
	{                                                                                          \
		.path = NULL                                                                       \
	}

/* Languages of the screens, in the order of the language menu. */
extern const char *const languages[];

/* Reads templates and messages; in every worker. */
enum status portal_start(struct app *app);
/* Shows the page of the route. */
enum status page_show(struct req *req);
/* Posts the form of the route. */
enum status page_post(struct req *req);
/* The error page; for struct service. No session: to the login. */
enum status page_error(struct req *req);

/* Fails unless the form carries the session's csrf value. */
enum status page_check_csrf(struct req *req);
/* One call to the API as the visitor: method, URL as above, body (JSON text or NULL). */
enum status page_call(struct req *req, enum method method, const char *url, const char *body,
	struct client_call *out);

#endif
