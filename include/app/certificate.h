/* SPDX-License-Identifier: EUPL-1.2
 *
 * When certificates come to an end (OpenSSL).
 */
#ifndef APP_CERTIFICATE_H
#define APP_CERTIFICATE_H

#include <stdbool.h>
#include "app/date.h"

/* The last day (UTC) on which all that stands in the PEM file is valid: certificates by their end,
 * revocation lists by the day on which a next one is due. False when the file has neither, or
 * cannot be read. */
bool certificate_last_day(const char *file, struct date *out);

#endif
