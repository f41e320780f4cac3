/* SPDX-License-Identifier: EUPL-1.2
 *
 * Notifications in: fetch, again when DUO was away, and hand on as events. Messages out: queue,
 * send, take the answer.
 */
#ifndef DUO_JOBS_H
#define DUO_JOBS_H

#include "app/job.h"

enum status job_notificatie(struct req *req, const struct event *ev);
enum status job_ophalen(struct req *req);
enum status job_pip(struct req *req, const struct event *ev);
enum status job_aanbod(struct req *req, const struct event *ev);
/* pvt-ondertekend, map-afgerond, z-eindgesprek. */
enum status job_afronding(struct req *req, const struct event *ev);
enum status job_verzenden(struct req *req);

#endif
