/* SPDX-License-Identifier: EUPL-1.2
 *
 * What progress hears from duo, learning-routes and itself.
 */
#ifndef PROGRESS_JOBS_H
#define PROGRESS_JOBS_H

#include "app/job.h"

extern const struct job progress_jobs[];

#endif
