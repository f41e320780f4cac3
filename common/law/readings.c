/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/readings.h"

#include <stddef.h>

#define FIXED NULL

const struct law_reading law_readings[] = {
#define READING(id, rules, question, choice, articles, parameter, source)                          \
	{ id, rules, question, choice, articles, parameter, source },
#include "readings.def"
#undef READING
};

const int law_reading_count = sizeof(law_readings) / sizeof(*law_readings);
