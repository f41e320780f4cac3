/* SPDX-License-Identifier: EUPL-1.2
 *
 * Notifications in: fetch, again when DUO was away, and hand on as events.
 */
#ifndef DUO_JOBS_H
#define DUO_JOBS_H

#include "app/job.h"

enum status job_notificatie(struct req *req, const struct event *ev);
enum status job_dossier_er(struct req *req, const struct event *ev);
enum status job_ophalen(struct req *req);

#endif
