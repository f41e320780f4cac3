/* SPDX-License-Identifier: EUPL-1.2 */
#include "jobs.h"

const struct job council_jobs[] = {
	JOB_END,
};
