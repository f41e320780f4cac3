/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef COUNCIL_HANDLERS_H
#define COUNCIL_HANDLERS_H

#include "app/http.h"

/* A new concept. Refused (400) with every objection of the law: place in the document, article. */
enum status beleidsdocument_maken(struct req *req);
/* Changes a concept as a whole. */
enum status beleidsdocument_wijzigen(struct req *req);
enum status beleidsdocument_tonen(struct req *req);
enum status beleidsdocumenten_tonen(struct req *req);
/* Whether the document would be taken; stores nothing. */
enum status beleidsdocument_toetsen(struct req *req);
/* The concept becomes policy; what held until then ends the day before. */
enum status beleidsdocument_vaststellen(struct req *req);
/* The policy in force on a day, complete; the default when the gemeente has none. */
enum status geldend_beleid(struct req *req);

#endif
