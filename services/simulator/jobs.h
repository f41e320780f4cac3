/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef SIMULATOR_JOBS_H
#define SIMULATOR_JOBS_H

#include "app/job.h"

/* Sends what is waiting to the gemeente's POST /notificaties. */
enum status job_notificeren(struct req *req);

#endif
