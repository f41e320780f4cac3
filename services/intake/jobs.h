/* SPDX-License-Identifier: EUPL-1.2
 *
 * Every event that changes the dossier or opens or closes a task goes through one function and two
 * tables, but for the notice that makes the dossier.
 */
#ifndef INTAKE_JOBS_H
#define INTAKE_JOBS_H

#include "app/job.h"

enum status job_dossier(struct req *req, const struct event *ev);
/* DUO's notice: the dossier and its clock from what DUO and the dossier know together. */
enum status job_kennisgeving(struct req *req, const struct event *ev);

/* Does a person say that a task of this kind is done? */
bool taak_is_handmatig(const char *soort);
/* The kinds of tasks as a Markdown table: what opens and closes them, for whom, by when. */
void taken_print(void);

#endif
