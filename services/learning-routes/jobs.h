/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef LEARNING_ROUTES_JOBS_H
#define LEARNING_ROUTES_JOBS_H

#include "app/job.h"

/* melding-geaccepteerd, melding-geweigerd: DUO's answer shown with the PIP or the offer;
 * melding-overgetypt: DUO has it from its portal. */
enum status job_melding(struct req *req, const struct event *ev);
/* pip-elders: the PIP of the gemeente before, as DUO tells it. */
enum status job_pip_elders(struct req *req, const struct event *ev);
/* overdracht-geaccepteerd: copies the PIPs. */
enum status job_overdracht(struct req *req, const struct event *ev);

#endif
