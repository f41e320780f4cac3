/* SPDX-License-Identifier: EUPL-1.2
 *
 * What enforcement hears from intake and progress.
 */
#ifndef ENFORCEMENT_JOBS_H
#define ENFORCEMENT_JOBS_H

#include "app/job.h"

extern const struct job enforcement_jobs[];

#endif
