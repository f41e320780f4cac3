/* SPDX-License-Identifier: EUPL-1.2
 *
 * Council listens to nobody; its job process hands out what council tells.
 */
#ifndef COUNCIL_JOBS_H
#define COUNCIL_JOBS_H

#include "app/job.h"

extern const struct job council_jobs[];

#endif
