/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef LEARNING_ROUTES_JOBS_H
#define LEARNING_ROUTES_JOBS_H

#include "app/job.h"

/* melding-geaccepteerd, melding-geweigerd: DUO's answer shown with the PIP or the offer;
 * melding-overgetypt: DUO has it from its portal. */
enum status job_melding(struct req *req, const struct event *ev);

#endif
