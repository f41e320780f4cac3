/* SPDX-License-Identifier: EUPL-1.2 */
#include "handlers.h"

#include <string.h>

#include "store.h"

/* Is it one of the session's (codes with commas between them)? */
static bool works_for(const struct req *req, const char *gemeente)
{
	for (const char *p = req->session.gemeenten; p && *p;) {
		size_t n = strcspn(p, ",");

		if (strlen(gemeente) == n && strncmp(p, gemeente, n) == 0)
			return true;
		p += n + (p[n] == ',');
	}
	return false;
}

/* The gemeente that was asked for, or the session's only one. */
static enum status choose_gemeente(struct req *req, const char *asked, const char **out)
{
	if (!asked)
		return req_gemeente(req, out);
	if (!works_for(req, asked))
		return fail_param(req, "gemeente", "niet-van-u", "Voor deze gemeente werkt u niet");
	*out = asked;
	return OK;
}

/* All objections of the law at once, each with its place in the document and its article. */
static enum status check_law(struct req *req, struct beleid_io *document)
{
	enum status s = OK;

	rule_decide(&rule_beleid_toets, req->arena, document);
	for (int i = 0; i < document->out.bezwaar_count; i++) {
		const struct beleid_bezwaar *b = &document->out.bezwaren[i];

		s = fail_param(req, arena_printf(req->arena, "document.%s", b->veld), b->code,
			"%s (%s)", b->uitleg, b->grondslag);
	}
	return s;
}

/* A document to keep: within the law, with a first day, and complete, so that what is adopted does
 * not change with the default. */
static enum status complete_document(struct req *req, struct beleidsdocument *in)
{
	struct beleid_io *d = &in->document;
	enum status s = check_law(req, d);

	if (!date_is_set(d->in.geldig_van))
		s = fail_param(
			req, "document.geldigVan", "verplicht", "Vanaf welke dag geldt dit beleid");
	if (s != OK)
		return s;
	beleid_fill(d);
	in->geldig_van = d->in.geldig_van;
	in->geldig_tot = d->in.geldig_tot;
	return OK;
}

enum status beleidsdocument_maken(struct req *req)
{
	struct beleidsdocument *in = req->in, out;
	const char *gemeente = NULL;

	TRY(choose_gemeente(req, in->gemeente, &gemeente));
	TRY(complete_document(req, in));
	TRY(store_document_toevoegen(req, in, gemeente, &out));
	return reply_created(req, &beleidsdocument_resource, &out);
}

enum status beleidsdocument_wijzigen(struct req *req)
{
	struct beleidsdocument *in = req->in, now, out;

	TRY(store_document_lezen(req, &now));
	if (now.status != DOCUMENT_CONCEPT)
		return fail(req, ERR_CONFLICT,
			"Vastgesteld beleid verandert niet meer; maak een nieuw document");
	if (in->gemeente && strcmp(in->gemeente, now.gemeente) != 0)
		return fail_param(
			req, "gemeente", "ligt-vast", "Een document blijft bij zijn gemeente");
	TRY(complete_document(req, in));
	TRY(store_document_wijzigen(req, in, &out));
	return reply_one(req, &beleidsdocument_resource, &out);
}

enum status beleidsdocument_tonen(struct req *req)
{
	struct beleidsdocument out;

	TRY(store_document_lezen(req, &out));
	return reply_one(req, &beleidsdocument_resource, &out);
}

enum status beleidsdocumenten_tonen(struct req *req)
{
	struct list rows;

	TRY(store_documenten(req, &rows));
	return reply_list(req, &beleidsdocument_resource, &rows);
}

enum status beleidsdocument_toetsen(struct req *req)
{
	struct beleidsdocument *in = req->in;

	TRY(check_law(req, &in->document));
	return reply_one(req, &toets_resource, &in->document);
}

enum status beleidsdocument_vaststellen(struct req *req)
{
	const struct vaststelling *in = req->in;
	struct beleidsdocument now, out;

	TRY(store_document_lezen(req, &now));
	if (now.status != DOCUMENT_CONCEPT)
		return fail(req, ERR_CONFLICT, "Dit beleid is al vastgesteld");
	if (date_compare(in->vastgesteld_op, req->today) > 0)
		return fail_param(req, "vastgesteldOp", "toekomst", "Deze dag is nog niet geweest");
	/* a figure of the law, or the rule, may have changed since the concept was written */
	TRY(check_law(req, &now.document));
	TRY(store_document_vaststellen(req, in->vastgesteld_op, &out));
	return reply_one(req, &beleidsdocument_resource, &out);
}

enum status geldend_beleid(struct req *req)
{
	const struct geldend_vraag *query = req->query;
	struct geldend out;
	const char *gemeente = NULL;

	out.datum = date_is_set(query->datum) ? query->datum : req->today;
	TRY(choose_gemeente(req, query->gemeente, &gemeente));
	TRY(store_geldend(req, gemeente, &out));
	return reply_one(req, &geldend_resource, &out);
}
