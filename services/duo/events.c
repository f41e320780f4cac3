/* SPDX-License-Identifier: EUPL-1.2 */
#include "events.h"

#include <string.h>

#include "duo_queries.h"

bool notice_is_told(const struct gebeurtenis_row *row, const struct notice *n)
{
	int op = 0;

	if (!row->ask)
		return true;
	while (!(row->ask & ASKS(op)))
		op++;
	return operations[op].is_list ? json_array_size(n->answer[op]) > 0 : n->answer[op] != NULL;
}

static const char *text(json_t *o, const char *name)
{
	return json_string_value(json_object_get(o, name));
}

static void copy(json_t *to, const char *name, json_t *from, const char *theirs)
{
	if (text(from, theirs))
		json_object_set_new(to, name, json_string(text(from, theirs)));
}

const char *notice_doelgroep(const struct notice *n)
{
	const char *theirs = text(n->answer[OP_DOELGROEP], "indeling");

	if (!theirs)
		return n->doelgroep;
	return strcmp(theirs, "Asielstatushouder") == 0 ? "asielstatushouder"
							: "gezinsmigrant-overig";
}

static void emit(struct batch *b, const struct notice *n, const char *type, json_t *data)
{
	event_add(b, type, n->gemeente, n->inburgeraar, n->id, data);
}

/* ---- what an event becomes ---- */

/* The person as DUO sees him or her, stored; intake takes it from duo.v_persoon. */
static void emit_kennisgeving(struct batch *b, const struct notice *n)
{
	json_t *plicht = n->answer[OP_PLICHT];
	json_t *data = json_pack(
		"{ss ss}", "gebeurtenisId", n->gebeurtenis_id, "doelgroep", notice_doelgroep(n));
	char *dumped;
	int op = batch_add(b, Q_PERSOON_BIJWERKEN, NULL, NULL);

	batch_bind(b, op, "persoon", req_uuid(b->req));
	batch_bind(b, op, "dossier", n->inburgeraar);
	batch_bind(b, op, "bsn_enc", n->bsn_enc);
	batch_bind(b, op, "bsn_hash", n->bsn_hash);
	batch_bind(b, op, "v_nummer", n->v_nummer);
	batch_bind(b, op, "doelgroep", notice_doelgroep(n));
	batch_bind(
		b, op, "datum_kennisgeving", text(plicht, "datumKennisgevingInburgeringsplicht"));
	batch_bind(b, op, "begin_plicht", text(plicht, "begindatum"));
	copy(data, "datumKennisgeving", plicht, "datumKennisgevingInburgeringsplicht");
	dumped = json_dumps(data, JSON_COMPACT);
	op = batch_add(b, Q_PERSOON_MELDEN, NULL, NULL);
	batch_bind(b, op, "data", dumped);
	batch_bind(b, op, "bsn_hash", n->bsn_hash);
	batch_bind(b, op, "trace", b->req->trace_id);
	free(dumped);
	json_decref(data);
}

static void emit_termijn(struct batch *b, const struct notice *n)
{
	json_t *data = json_object();

	copy(data, "begin", n->answer[OP_TERMIJN], "startdatum");
	copy(data, "einde", n->answer[OP_TERMIJN], "einddatum");
	emit(b, n, "termijn-vastgesteld", data);
}

/* One event for each of DUO's rows; their order says nothing, and each is stored once. */
static void emit_each(struct batch *b, const struct notice *n, const char *type, json_t *list)
{
	char *dumped = json_dumps(list, JSON_COMPACT);
	int op = batch_add(b, Q_UITSLAGEN_MELDEN, NULL, NULL);

	batch_bind(b, op, "type", type);
	batch_bind(b, op, "dossier", n->inburgeraar);
	batch_bind(b, op, "notificatie", n->id);
	batch_bind(b, op, "lijst", dumped);
	batch_bind(b, op, "trace", b->req->trace_id);
	free(dumped);
	json_decref(list);
}

static void emit_examens(struct batch *b, const struct notice *n)
{
	json_t *list = json_array(), *each;
	size_t i;

	json_array_foreach(n->answer[OP_EXAMENRESULTATEN], i, each)
	{
		json_t *data = json_object();

		copy(data, "onderdeel", each, "onderdeel");
		copy(data, "niveau", each, "niveau");
		copy(data, "resultaat", each, "resultaat");
		copy(data, "datum", each, "examendatum");
		json_array_append_new(list, data);
	}
	emit_each(b, n, "examenresultaat", list);
}

static void emit_lbt(struct batch *b, const struct notice *n)
{
	json_t *list = json_array(), *each;
	size_t i;

	json_array_foreach(n->answer[OP_LBT_RESULTATEN], i, each)
	{
		json_t *data = json_object();

		copy(data, "uitslag", each, "resultaat");
		copy(data, "behaaldeScore", each, "behaaldeScore");
		copy(data, "benodigdeScore", each, "benodigdeScore");
		copy(data, "datumAfname", each, "datumAfname");
		json_array_append_new(list, data);
	}
	emit_each(b, n, "lbt-uitslag", list);
}

static void emit_einde(struct batch *b, const struct notice *n)
{
	json_t *plicht = n->answer[OP_PLICHT];
	json_t *data = json_pack("{ss}", "gebeurtenisId", n->gebeurtenis_id);

	copy(data, "reden", plicht, "redenGeenInburgeringsplicht");
	copy(data, "datum", plicht, "einddatum");
	emit(b, n, "plicht-beeindigd", data);
}

void emit_signaal(struct batch *b, const struct notice *n)
{
	const struct gebeurtenis_row *row = gebeurtenis_find(n->gebeurtenis_id);

	emit(b, n, "duo-signaal",
		json_pack("{ss ss}", "gebeurtenisId", n->gebeurtenis_id, "omschrijving",
			row ? row->doc
			    : arena_printf(b->req->arena, "Onbekende gebeurtenis %s",
				      n->gebeurtenis_id)));
}

/* ---- the table ---- */

#define PERSON (ASKS(OP_PLICHT) | ASKS(OP_DOELGROEP))
#define TERM ASKS(OP_TERMIJN)

static const struct gebeurtenis_row rows[] = {
	{ "SS101", PERSON, false, emit_kennisgeving, "Inburgeringsplichtig" },
	{ "SS128", PERSON, false, emit_kennisgeving,
		"Inburgeringsplichtig, binnen zes maanden AOW" },
	{ "SS139", PERSON, false, emit_kennisgeving, "Inburgeringsplichtig, de tien weken lopen" },
	{ "SS129", PERSON, false, emit_kennisgeving,
		"Tijdelijke vrijstelling ingetrokken, nog geen route" },
	{ "SS130", PERSON, false, emit_kennisgeving,
		"Tijdelijke vrijstelling ingetrokken, PIP bekend" },
	{ "SS120", PERSON, false, emit_kennisgeving, "Gevestigd zonder PIP" },
	{ "SS121", PERSON, false, emit_kennisgeving, "Gevestigd met PIP van de vorige gemeente" },
	{ "SS124", PERSON, false, emit_kennisgeving, "Doelgroep is nu gezinsmigrant of overig" },
	{ "SS125", PERSON, false, emit_kennisgeving, "Doelgroep is nu asielstatushouder" },
	{ "SS102", TERM, true, emit_termijn, "Inburgeringstermijn begonnen" },
	{ "SS103", TERM, true, emit_termijn, "Termijn ambtshalve verlengd" },
	{ "SS104", TERM, true, emit_termijn, "Termijn op verzoek verlengd" },
	{ "SS131", ASKS(OP_LBT_RESULTATEN), true, emit_lbt, "Uitslag leerbaarheidstoets bekend" },
	{ "SS199", ASKS(OP_EXAMENRESULTATEN), true, emit_examens, "Examenresultaat bekend" },
	{ "SS106", ASKS(OP_PLICHT), true, emit_einde, "Voldaan aan de plicht met een diploma" },
	{ "SS107", ASKS(OP_PLICHT), true, emit_einde, "Volledige vrijstelling" },
	{ "SS108", ASKS(OP_PLICHT), true, emit_einde, "Volledige ontheffing" },
	{ "SS110", ASKS(OP_PLICHT), true, emit_einde, "Inburgeringsplicht ingetrokken" },
	{ "SS111", ASKS(OP_PLICHT), true, emit_einde, "Overleden" },
	{ "SS109", ASKS(OP_PLICHT), true, emit_signaal, "Tijdelijke vrijstelling verleend" },
	{ "SS137", 0, true, emit_signaal, "Aangemeld voor de leerbaarheidstoets" },
	{ "SS113", 0, true, emit_signaal, "Verlenging afgewezen" },
	{ "SS114", 0, true, emit_signaal, "Volledige vrijstelling afgewezen" },
	{ "SS115", 0, true, emit_signaal, "Tijdelijke vrijstelling afgewezen" },
	{ "SS116", 0, true, emit_signaal, "Gedeeltelijke vrijstelling afgewezen" },
	{ "SS117", 0, true, emit_signaal, "Gedeeltelijke vrijstelling verleend" },
	{ "SS118", 0, true, emit_signaal, "Ontheffing afgewezen" },
	{ "SS119", 0, true, emit_signaal, "Gedeeltelijke ontheffing verleend" },
	{ "SS112", 0, true, emit_signaal, "Verlenging aangevraagd" },
	{ "SS122", 0, true, emit_signaal, "Vertrokken naar een andere gemeente" },
	{ "SS123", 0, true, emit_signaal, "Vertrokken naar het buitenland" },
	{ "SS126", 0, true, emit_signaal, "Tien weken voorbij zonder leerroute" },
	{ "SS127", 0, true, emit_signaal, "Asielstatushouder met leerroute, nog geen aanbod" },
	{ "SS132", 0, true, emit_signaal, "Cursuscontract past niet bij het PIP" },
	{ "SS133", 0, true, emit_signaal, "Cursuscontract past niet bij het PIP" },
	{ "SS135", 0, true, emit_signaal, "Cursuscontract past niet bij het PIP" },
	{ "SS136", 0, true, emit_signaal, "Cursuscontract past niet bij het PIP" },
	{ "SS140", 0, true, emit_signaal, "Advies gevraagd over bijzondere omstandigheden" },
	{ "SS141", 0, true, emit_signaal, "Tekst van het certificaat Z-route klaar" },
	{ "SS142", 0, true, emit_signaal, "Niet-vrijstellende opleiding beeindigd" },
};

const struct gebeurtenis_row *gebeurtenis_find(const char *id)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(rows[i].id, id) == 0)
			return &rows[i];
	return NULL;
}

const struct gebeurtenis_row *gebeurtenis_at(size_t i)
{
	return i < sizeof(rows) / sizeof(*rows) ? &rows[i] : NULL;
}
