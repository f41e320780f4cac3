/* SPDX-License-Identifier: EUPL-1.2
 *
 * What the connection to DUO needs every night: certificates that come to an end are told of in
 * time, and messages are kept no longer than is needed.
 */
#ifndef DUO_UPKEEP_H
#define DUO_UPKEEP_H

#include "app/job.h"

#define CERTIFICATE_DAYS 60 /* so long before its end we begin to warn */

/* Reads the last day of every certificate and revocation list into duo.certificaat, and logs those
 * that end within CERTIFICATE_DAYS, have ended, or cannot be read. */
enum status job_certificaten(struct req *req);
/* Deletes the sealed text of notifications that were worked off and are older than
 * REGIE_DUO_RAW_DAYS. */
enum status job_opruimen(struct req *req);

#endif
