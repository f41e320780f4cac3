/* SPDX-License-Identifier: EUPL-1.2
 *
 * The questions that wait are asked; nobody waits for the BRP but they.
 */
#ifndef INTAKE_BRP_JOBS_H
#define INTAKE_BRP_JOBS_H

#include "app/http.h"

/* Asks the BRP what is due; ends at the first question that it does not answer. */
enum status job_brp_vragen(struct req *req);
/* What is old is wanted anew: the interface has no way to be told of a change. */
enum status job_brp_bijhouden(struct req *req);

#endif
