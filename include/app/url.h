/* SPDX-License-Identifier: EUPL-1.2
 *
 * Percent-encoding (RFC 3986) and form bodies (application/x-www-form-urlencoded).
 */
#ifndef APP_URL_H
#define APP_URL_H

#include <stdbool.h>
#include "app/arena.h"

/* Appends `s` with all but unreserved characters encoded. */
void url_encode(struct buffer *out, const char *s);
/* Decodes %xx and '+' of `len` bytes; NULL when an escape is broken or encodes '\0'. */
char *url_decode(struct arena *a, const char *s, size_t len);
/* Value of the first pair `name` in a query string or form body, decoded; NULL when absent or
 * broken. */
const char *form_value(struct arena *a, const char *form, const char *name);
/* A path of this site, as a browser reads it: "/mijn", never "//elsewhere" or "/<tab>/elsewhere".
 * What comes from outside and says where to go is asked this first; NULL is none. */
bool url_is_local(const char *s);

#endif
