/* SPDX-License-Identifier: EUPL-1.2
 *
 * Where the law leaves a question open: the question, and the reading that the rules follow. The
 * rows stand in common/law/readings.def; `regie-law document` prints them.
 */
#ifndef LAW_READINGS_H
#define LAW_READINGS_H

struct law_reading {
	const char *id; /* for reference, never changes */
	const char *rules; /* names in regie-law, with a comma in between */
	const char *question, *choice; /* Dutch */
	const char *articles;
	const char *parameter; /* fact by which a gemeente chooses otherwise; NULL: fixed */
	char source; /* law/source.h */
};

extern const struct law_reading law_readings[];
extern const int law_reading_count;

#endif
