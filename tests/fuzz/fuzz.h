/* SPDX-License-Identifier: EUPL-1.2
 *
 * A fuzz target is one function; replay.c calls it with every file of a folder, libFuzzer with what
 * it makes up (cmake -DREGIE_FUZZ=ON with clang).
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() that names itself in every build. */
#define MUST(claim)                                                                                \
	do {                                                                                       \
		if (!(claim)) {                                                                    \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #claim);        \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

#endif
