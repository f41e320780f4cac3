/* SPDX-License-Identifier: EUPL-1.2
 *
 * What is no plain page: the choice of language, the end of the session, and the shape that some
 * pages give to the API's answers.
 */
#ifndef PORTAL_HANDLERS_H
#define PORTAL_HANDLERS_H

#include <jansson.h>
#include "app/http.h"

enum status taal_kiezen(struct req *req);
enum status uitloggen(struct req *req);

/* `fout` of the query as a message of the login page. */
void inloggen_prepare(struct req *req, json_t *data);
/* The five steps of the road, the next appointment, the date that matters now. */
void mijn_prepare(struct req *req, json_t *data);
/* Marks the tasks whose day has passed. */
void taken_prepare(struct req *req, json_t *data);
/* `naam`, for title and heading. */
void inburgeraar_prepare(struct req *req, json_t *data);

#endif
