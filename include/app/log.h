/* SPDX-License-Identifier: EUPL-1.2
 *
 * One JSON object per line on stderr: tijdstip (UTC, ms), niveau, dienst, traceId, melding and
 * named values. Never personal data: no BSN, no name, no path with a person in it (log route
 * templates).
 */
#ifndef APP_LOG_H
#define APP_LOG_H

struct req;

enum log_level { LOG_FOUT, LOG_LET_OP, LOG_INFO };

/* Names the service once, at start. */
void log_open(const char *service);
/* `fields`: pairs of name and text value, NULL-terminated. req may be NULL. */
void log_line(const struct req *req, enum log_level level, const char *message, ...)
	__attribute__((sentinel));

#endif
