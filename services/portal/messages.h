/* SPDX-License-Identifier: EUPL-1.2
 *
 * What the screens say, in the languages of locale/<language>.json, and dates, amounts and plurals
 * as that language writes them (ICU). A message is plain text with ICU's MessageFormat: {0} is a
 * number (plurals), {1} is text. Digits are Latin in every language: they must match the letters.
 */
#ifndef PORTAL_MESSAGES_H
#define PORTAL_MESSAGES_H

#include <stdbool.h>
#include "app/arena.h"

struct messages; /* of one language */

/* NULL on failure, with one line in `error` (static). */
struct messages *messages_load(const char *dir, const char *language, const char **error);
/* Message of `key` as it stands, NULL when there is none. */
const char *messages_text(const struct messages *m, const char *key);
/* The message with its number and text filled in; a message that is not there gives NULL. */
const char *messages_format(const struct messages *m, struct arena *a, const char *key,
	double number, const char *text);
/* YYYY-MM-DD as "5 januari 2026", or "maandag 5 januari 2026"; YYYY-MM as "januari 2026", YYYY as
 * it is and "onbekend" in words; NULL when it is no date. */
const char *messages_date(
	const struct messages *m, struct arena *a, const char *date, bool weekday);
/* Euros: "€ 12,50". */
const char *messages_euro(const struct messages *m, struct arena *a, double euros);

#endif
