/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef SIMULATOR_JOBS_H
#define SIMULATOR_JOBS_H

#include "app/job.h"

/* Sends what is due to the gemeente's POST /notificaties, side by side, of each person the oldest
 * first. What is not answered with 201 goes again later, with the same berichtId. */
enum status job_notificeren(struct req *req);

#endif
