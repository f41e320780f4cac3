/* SPDX-License-Identifier: EUPL-1.2 */
#include <string.h>

#include "fuzz.h"
#include "law/date_rules.h"

static void check(const char *text, struct date d)
{
	char again[DATE_TEXT];
	int year, month, day;

	MUST(strcmp(date_format(d, again), text) == 0);
	date_split(d, &year, &month, &day);
	MUST(date_make(year, month, day).day == d.day);
	MUST(date_is_working_day(term_end(d)) && date_compare(term_end(d), d) >= 0);
	for (int months = -24; months <= 60; months++)
		MUST(date_compare(date_add_months(d, months), date_add_months(d, months + 1)) < 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	struct date d;

	MUST(text);
	memcpy(text, data, size);
	text[size] = '\0';
	if (date_parse(text, &d))
		check(text, d);
	free(text);
	return 0;
}
