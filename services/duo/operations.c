/* SPDX-License-Identifier: EUPL-1.2 */
#include "operations.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "address.h"
#include "app/log.h"
#include "app/service.h"

#define DAY (24 * 3600)

/* name, API, path, answer, seconds it may be used again, what sets it off */
#define ASK(name_, api_, path_, out_, list_, fresh_, trigger_)                                     \
	{                                                                                          \
		.name = name_, .api = api_, .method = GET, .path = path_,                          \
		.out = &duo_##out_##_resource, .is_list = list_, .success = 200, .fresh = fresh_,  \
		.trigger = trigger_                                                                \
	}
#define TELL(name_, api_, method_, path_, in_, success_, trigger_)                                 \
	{                                                                                          \
		.name = name_, .api = api_, .method = method_, .path = path_, .in = in_,           \
		.success = success_, .trigger = trigger_                                           \
	}

const struct operation_row operations[OP_COUNT] = {
	[OP_PLICHT] =
		ASK("plicht", "Inburgeringsplicht 1.2.2", "/personen/{bsn}/inburgeringsplicht",
			plicht, false, 0, "gebeurtenis over de plicht; vergelijken"),
	[OP_PLICHT_HISTORIE] = ASK("plicht-historie", "Inburgeringsplicht 1.2.2",
		"/personen/{bsn}/inburgeringsplicht/historie", plicht, true, DAY,
		"dossier bekijken"),
	[OP_DOELGROEP] = ASK("doelgroep", "Inburgeringsplicht 1.2.2", "/personen/{bsn}/doelgroep",
		doelgroep, false, 0, "gebeurtenis over plicht of doelgroep; vergelijken"),
	[OP_DOELGROEP_HISTORIE] = ASK("doelgroep-historie", "Inburgeringsplicht 1.2.2",
		"/personen/{bsn}/doelgroep/historie", doelgroep, true, DAY, "dossier bekijken"),
	[OP_LBT_EXAMENNUMMER] = ASK("lbt-examennummer", "Leerbaarheidstoets 1.2.0",
		"/personen/{bsn}/lbt/examennummer", examennummer, false, 0,
		"leerbaarheidstoets plannen; SS137"),
	[OP_LBT_RESULTATEN] = ASK("lbt-resultaten", "Leerbaarheidstoets 1.2.0",
		"/personen/{bsn}/lbt/resultaten", lbt, true, 0, "SS131"),
	[OP_TERMIJN] =
		ASK("termijn", "Inburgeringstermijn 1.0.0", "/personen/{bsn}/inburgeringstermijn",
			termijn, false, 0, "SS102, SS103, SS104, SS121, SS130; vergelijken"),
	[OP_TERMIJN_HISTORIE] = ASK("termijn-historie", "Inburgeringstermijn 1.0.0",
		"/personen/{bsn}/inburgeringstermijn/historie", termijn, true, DAY,
		"dossier bekijken"),
	[OP_VERLENGINGSGRONDEN] = ASK("verlengingsgronden", "Inburgeringstermijn 1.0.0",
		"/verlengingsgronden", verlengingsgrond, true, 7 * DAY, "codes tonen"),
	[OP_VRIJSTELLINGEN] =
		ASK("vrijstellingen", "Vrijstelling 1.0.0", "/personen/{bsn}/vrijstellingen",
			vrijstelling, true, 0, "SS107, SS109, SS114-SS117, SS129, SS130"),
	[OP_ONTHEFFINGEN] = ASK("ontheffingen", "Ontheffing 1.0.0", "/personen/{bsn}/ontheffingen",
		ontheffing, true, 0, "SS108, SS118, SS119"),
	[OP_PIP] = ASK("pip-lezen", "PIP 1.2.0", "/personen/{bsn}/PIP", pip_van_gemeente, false, 0,
		"SS121, SS130; vergelijken"),
	[OP_INSTELLINGEN] = ASK("instellingen", "Inburgeringsaanbod 1.2.0", "/instellingen",
		instelling, true, DAY, "elke nacht"),
	[OP_MAP] = ASK("map-lezen", "MAP, PVT en Z-route 1.0.0", "/personen/{bsn}/map", map, false,
		0, "vergelijken"),
	[OP_PVT] = ASK("pvt-lezen", "MAP, PVT en Z-route 1.0.0", "/personen/{bsn}/pvt", pvt, false,
		0, "vergelijken"),
	[OP_UREN] = ASK("uren-lezen", "Gevolgde Uren 1.0.0", "/personen/{bsn}/uren",
		uren_van_gemeente, true, 0, "vergelijken"),
	[OP_EXAMENRESULTATEN] =
		ASK("examenresultaten", "Examen 1.0.0", "/personen/{bsn}/examens/resultaten",
			examen, true, 0, "SS199 en gebeurtenissen over de plicht; vergelijken"),
	[OP_GRATIS_POGINGEN] =
		ASK("gratis-pogingen", "Examen 1.0.0", "/personen/{bsn}/examens/gratispogingen",
			gratis_poging, true, DAY, "dossier bekijken"),
	[OP_BOETES] = ASK("boetes-duo", "Boete 1.0.0", "/personen/{bsn}/boetes", boete, true, DAY,
		"dossier bekijken"),
	[OP_VERLENGINGEN] = ASK("verlengingen", "Verlenging 1.0.0", "/personen/{bsn}/verlengingen",
		verlenging, true, 0, "SS104, SS112, SS113"),
	[OP_GEBEURTENISSEN] = ASK("gebeurtenissen", "Gebeurtenis 1.0.0",
		"/personen/{bsn}/gebeurtenissen", gebeurtenis, true, 0, "vergelijken"),

	[OP_LBT_EXAMENNUMMER_INTREKKEN] = TELL("lbt-intrekken", "Leerbaarheidstoets 1.2.0", DELETE,
		"/personen/{bsn}/lbt/examennummer", NULL, 200, "leerbaarheidstoets afgezegd"),
	[OP_PIP_MELDEN] = TELL("pip", "PIP 1.2.0", POST, "/personen/{bsn}/PIP", &duo_pip_resource,
		201, "PIP vastgesteld"),
	[OP_PIP_INTREKKEN] = TELL("pip-intrekken", "PIP 1.2.0", DELETE, "/personen/{bsn}/PIP", NULL,
		200, "PIP ingetrokken"),
	[OP_AANBOD_MELDEN] = TELL("aanbod", "Inburgeringsaanbod 1.2.0", POST,
		"/personen/{bsn}/Inburgeringsaanbod/{nummer}", &duo_aanbod_resource, 201,
		"aanbod vastgelegd"),
	[OP_AANBOD_INTREKKEN] = TELL("aanbod-intrekken", "Inburgeringsaanbod 1.2.0", DELETE,
		"/personen/{bsn}/Inburgeringsaanbod/{nummer}", NULL, 204, "aanbod ingetrokken"),
	[OP_MAP_MELDEN] = TELL("map", "MAP, PVT en Z-route 1.0.0", PUT, "/personen/{bsn}/map",
		&duo_map_resource, 200, "eindgesprek MAP gevoerd of ingetrokken"),
	[OP_PVT_MELDEN] = TELL("pvt", "MAP, PVT en Z-route 1.0.0", PUT, "/personen/{bsn}/pvt",
		&duo_pvt_resource, 200, "PVT ondertekend of ingetrokken"),
	[OP_ZROUTE_MELDEN] =
		TELL("zroute", "MAP, PVT en Z-route 1.0.0", PUT, "/personen/{bsn}/zroute",
			&duo_zroute_resource, 200, "eindgesprek Z-route gevoerd of ingetrokken"),
	[OP_UREN_TAALLES_MELDEN] = TELL("uren-taalles-intake", "Gevolgde Uren 1.0.0", PUT,
		"/personen/{bsn}/uren/bredeintake/taallesknm", &duo_uren_resource, 200,
		"uren van de intake die meetellen"),
	[OP_UREN_PARTICIPATIE_MELDEN] = TELL("uren-participatie-intake", "Gevolgde Uren 1.0.0", PUT,
		"/personen/{bsn}/uren/participatieactiviteiten", &duo_uren_resource, 200,
		"uren participatie"),
	[OP_UREN_PARTICIPATIETAALLES_MELDEN] = TELL("uren-participatietaalles",
		"Gevolgde Uren 1.0.0", PUT, "/personen/{bsn}/uren/participatietaalles",
		&duo_uren_resource, 200, "uren participatie als taalles"),
	[OP_CONTACTPERSOON_MAKEN] = { .name = "contactpersoon-maken",
		.api = "Contactpersoon 1.0.0",
		.method = POST,
		.path = "/contactpersonen",
		.in = &duo_contactpersoon_gegevens_resource,
		.out = &duo_contactpersoon_resource,
		.success = 201,
		.trigger = "medewerker wordt contactpersoon" },
	[OP_CONTACTPERSOON_WIJZIGEN] = TELL("contactpersoon-wijzigen", "Contactpersoon 1.0.0", PUT,
		"/contactpersonen/{nummer}", &duo_contactpersoon_gegevens_resource, 200,
		"gegevens van de medewerker gewijzigd"),
	[OP_CONTACTPERSOON_VERWIJDEREN] = TELL("contactpersoon-verwijderen", "Contactpersoon 1.0.0",
		DELETE, "/contactpersonen/{nummer}", NULL, 200, "medewerker weg"),
	[OP_CONTACTPERSOON_KOPPELEN] = TELL("contactpersoon-koppelen", "Contactpersoon 1.0.0", POST,
		"/contactpersonen/{nummer}/personen/{bsn}", NULL, 201, "regisseur toegewezen"),
	[OP_CONTACTPERSOON_ONTKOPPELEN] = TELL("contactpersoon-ontkoppelen", "Contactpersoon 1.0.0",
		DELETE, "/contactpersonen/{nummer}/personen/{bsn}", NULL, 200,
		"regisseur niet meer toegewezen"),
};

enum operation operation_find(const char *name)
{
	int op = 0;

	while (op < OP_COUNT && strcmp(operations[op].name, name) != 0)
		op++;
	return (enum operation)op;
}

/* Puts `value` in the place of `{name}`; a template that has it needs a value. */
static const char *fill(struct req *req, const char *path, const char *name, const char *value)
{
	const char *at = strstr(path, name);

	if (!at)
		return path;
	assert(value);
	return arena_printf(
		req->arena, "%.*s%s%s", (int)(at - path), path, value, at + strlen(name));
}

struct client_call duo_call(struct req *req, enum operation op, const struct duo_subject *about,
	const char *bericht_id, const char *body)
{
	const struct config *c = &req->app->config;
	const char *path = fill(req, operations[op].path, "{bsn}", about->bsn);
	struct client_call call = { .method = operations[op].method, .ca = c->duo_ca };

	path = fill(req, path, "{nummer}", about->nummer);
	call.url = arena_printf(req->arena, "%s%s", address_of(req, about->gemeente), path);
	call.cert = arena_printf(req->arena, "%s/%s.crt", c->duo_cert_dir, about->gemeente);
	call.key = arena_printf(req->arena, "%s/%s.key", c->duo_cert_dir, about->gemeente);
	call.headers[0] = arena_printf(req->arena, "bron: %s", about->oin);
	call.headers[1] = arena_printf(req->arena, "doel: %s", c->duo_oin);
	call.headers[2] = arena_printf(req->arena, "berichtId: %s", bericht_id);
	/* an FSC outway takes it over; which of our work it is part of says traceparent */
	call.headers[3] = arena_printf(req->arena, "Fsc-Transaction-Id: %s", req_uuid7(req));
	call.body = body;
	call.content_type = body ? "application/json" : NULL;
	return call;
}

void duo_log(struct req *req, enum operation op, const char *bericht_id, long status)
{
	char text[12];

	snprintf(text, sizeof(text), "%ld", status);
	log_line(req, LOG_INFO, "duo", "methode", method_name(operations[op].method), "pad",
		operations[op].path, "berichtId", bericht_id, "status", text, NULL);
}

static enum status does_not_fit(struct req *req, enum operation op, const char *where)
{
	return fail(req, ERR_UPSTREAM, "DUO's antwoord op %s past niet in het contract: %s",
		operations[op].name, where);
}

static enum status answer_list(struct req *req, enum operation op, json_t *body, struct list *out)
{
	const struct resource *r = operations[op].out;
	const char *field, *reason;

	if (!json_is_array(body))
		return does_not_fit(req, op, "geen lijst");
	out->count = json_array_size(body);
	out->items = arena_alloc(req->arena, out->count * r->size);
	for (size_t i = 0; i < out->count; i++)
		if (!fields_read_reply(req->arena, r->fields, json_array_get(body, i),
			    (char *)out->items + i * r->size, &field, &reason))
			return does_not_fit(req, op, field);
	return OK;
}

static enum status read_answer(struct req *req, enum operation op, json_t *body, void *out)
{
	const char *field, *reason;

	if (!body)
		return does_not_fit(req, op, "geen JSON");
	if (operations[op].is_list)
		return answer_list(req, op, body, out);
	if (!fields_read_reply(req->arena, operations[op].out->fields, body, out, &field, &reason))
		return does_not_fit(req, op, field);
	return OK;
}

enum status duo_answer(
	struct req *req, enum operation op, const struct client_call *call, void *out)
{
	return read_answer(req, op, client_json(req, call), out);
}

enum status duo_take(struct req *req, enum operation op, const struct client_call *call,
	const void **out, json_t **json)
{
	size_t size = operations[op].is_list ? sizeof(struct list) : operations[op].out->size;
	json_t *body = NULL;
	void *answer;

	*out = NULL;
	if (call->status == 200) {
		body = client_json(req, call);
		answer = arena_alloc(req->arena, size);
		TRY(read_answer(req, op, body, answer));
		*out = answer;
	} else if (call->status != 404) {
		return fail(req, ERR_UPSTREAM, "DUO gaf geen antwoord op %s", operations[op].name);
	}
	if (json)
		*json = body;
	return OK;
}

const char *duo_fault(struct req *req, const struct client_call *call)
{
	json_t *list = client_json(req, call), *each;
	struct buffer b;
	size_t i;

	buffer_init(&b, req->arena);
	json_array_foreach(list, i, each)
	{
		const char *text = json_string_value(json_object_get(each, "fouttekst"));

		if (text)
			buffer_printf(&b, "%s%s", b.len ? " " : "", text);
	}
	if (b.len == 0)
		buffer_printf(&b, "DUO antwoordde met %ld", call->status);
	return b.data;
}
