/* SPDX-License-Identifier: EUPL-1.2
 *
 * Where the law stands: the texts by the short names that articles have here, and how sure we are
 * of what we took from them.
 */
#ifndef LAW_SOURCE_H
#define LAW_SOURCE_H

/* "Wi art. 14 lid 1" stands in the text whose short name is Wi. */
struct law_text {
	const char *short_name, *name; /* Dutch */
};

/* The mark of a figure or a reading. Whatever is not 'P' is a dated policy value: a gemeente checks
 * it against the law before it relies on it. */
struct law_mark {
	char mark;
	const char *meaning; /* Dutch */
};

extern const struct law_text law_texts[]; /* ends with a NULL short_name */
extern const struct law_mark law_marks[]; /* ends with mark 0 */

#endif
