/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp.h"

#include <stdio.h>
#include <string.h>

#include "app/crypto.h"
#include "app/log.h"
#include "app/service.h"

#define TIMEOUT_MS 5000
#define ACTIVITEIT "urn:regie:verwerkingsactiviteit:brp-"

/* ---- purposes ---- */

/* BSN: the answer is found by it, and it is the person's own. */
#define BSN "burgerservicenummer"
#define NAAM(van) van "naam.voornamen", van "naam.voorvoegsel", van "naam.geslachtsnaam"

static const char *const persoon_velden[] = { BSN, NAAM(""), "geboorte.datum",
	"gemeenteVanInschrijving", "datumInschrijvingInGemeente", NULL };
static const char *const adres_velden[] = { BSN, "adressering.adresregel1",
	"adressering.adresregel2", "adressering.adresregel3", "adressering.land",
	"adressering.indicatieVastgesteldVerblijftNietOpAdres", "adressering.aanhef",
	"adressering.aanschrijfwijze.naam", "verblijfplaats.datumVan", NULL };
static const char *const verblijf_velden[] = { BSN, "verblijfstitel.aanduiding",
	"verblijfstitel.datumIngang", "verblijfstitel.datumEinde", NULL };
static const char *const gezin_velden[] = { BSN, "partners." BSN, NAAM("partners."),
	"partners.geboorte.datum", "partners.soortVerbintenis",
	"partners.aangaanHuwelijkPartnerschap.datum",
	"partners.ontbindingHuwelijkPartnerschap.datum", "kinderen." BSN, NAAM("kinderen."),
	"kinderen.geboorte.datum", "ouders." BSN, NAAM("ouders."), "ouders.geboorte.datum", NULL };
static const char *const overlijden_velden[] = { BSN, "overlijden.datum", NULL };

static const struct brp_doel doelen[] = {
	[DOEL_DOSSIER_AANLEGGEN] = { "Weten wie de persoon is en of die hier staat ingeschreven",
		ACTIVITEIT "dossier-aanleggen:1",
		"Taak van het college voor de brede intake en het PIP (Wi art. 14 en 15), met het "
		"BSN "
		"(Wi art. 36); AVG art. 6 lid 1 onder e",
		DEEL_PERSOON, persoon_velden },
	[DOEL_DOSSIER_BIJHOUDEN] = { "Naam, geboorte en inschrijving in een lopend dossier juist "
				     "houden",
		ACTIVITEIT "dossier-bijhouden:1",
		"Juiste gegevens (AVG art. 5 lid 1 onder d) voor de taak van het college (Wi art. "
		"14 "
		"en 15), met het BSN (Wi art. 36); AVG art. 6 lid 1 onder e",
		DEEL_PERSOON, persoon_velden },
	[DOEL_ADRES_VOOR_BRIEF] = { "Een oproep, besluit of andere brief bezorgen",
		ACTIVITEIT "adres-voor-brief:1",
		"Oproepen en besluiten bekendmaken (Wi art. 14, Awb art. 3:41), met het BSN (Wi "
		"art. "
		"36); AVG art. 6 lid 1 onder e",
		DEEL_ADRES, adres_velden },
	[DOEL_VERBLIJF] = { "Nagaan met welke verblijfstitel de persoon hier is",
		ACTIVITEIT "verblijf:1",
		"Doelgroep en begeleiding bepalen (Wi art. 13 en 14), met het BSN (Wi art. 36); "
		"AVG "
		"art. 6 lid 1 onder e",
		DEEL_VERBLIJF, verblijf_velden },
	[DOEL_GEZIN] = { "Weten met wie de persoon een gezin vormt", ACTIVITEIT "gezin:1",
		"Persoonlijke omstandigheden in de brede intake (Wi art. 14), met het BSN (Wi art. "
		"36); AVG art. 6 lid 1 onder e",
		DEEL_GEZIN, gezin_velden },
	[DOEL_OVERLIJDEN] = { "Het dossier van wie is overleden afsluiten",
		ACTIVITEIT "overlijden:1",
		"Het dossier sluiten en de bewaartermijn bepalen (Bi art. 9.9), met het BSN (Wi "
		"art. "
		"36); AVG art. 6 lid 1 onder e",
		DEEL_OVERLIJDEN, overlijden_velden },
};

const struct brp_doel *brp_doel_get(enum brp_doel_nr nr)
{
	return &doelen[nr];
}

const struct brp_doel *brp_doel_find(const char *naam)
{
	return &doelen[enum_index(brp_doel_values, naam)];
}

const char *brp_velden_sql(struct arena *a, const struct brp_doel *doel)
{
	struct buffer b;

	buffer_init(&b, a);
	for (int i = 0; doel->velden[i]; i++)
		buffer_printf(&b, "%c%s", i ? ',' : '{', doel->velden[i]);
	buffer_putc(&b, '}');
	return b.data;
}

/* ---- the question ---- */

struct list brp_velden(struct arena *a, const struct brp_doel *doel)
{
	struct list list = { NULL, 0 };

	while (doel->velden[list.count])
		list.count++;
	list.items = arena_take(a, list.count * sizeof(*doel->velden));
	memcpy(list.items, doel->velden, list.count * sizeof(*doel->velden));
	return list;
}

static const char *question(struct req *req, const struct brp_beurt *turn)
{
	const struct brp_doel *doel = brp_doel_find(turn->doel);
	struct brp_vraag vraag = { .type = BRP_VRAAG_TYPE };
	const char *bsns[BRP_PERSONEN_MAX];
	struct buffer b;

	for (int i = 0; i < turn->count; i++)
		if (turn->rijen[i].bsn)
			bsns[vraag.burgerservicenummer.count++] = turn->rijen[i].bsn;
	vraag.burgerservicenummer.items = bsns;
	vraag.fields = brp_velden(req->arena, doel);
	buffer_init(&b, req->arena);
	fields_write_json(&b, brp_vraag_resource.fields, &vraag);
	return b.data;
}

/* A gateway may want to know more; a header without a name is not sent. */
static int add_header(
	struct req *req, struct client_call *call, int n, const char *name, const char *value)
{
	if (!*name || !*value)
		return n;
	call->headers[n] = arena_printf(req->arena, "%s: %s", name, value);
	return n + 1;
}

struct client_call brp_call(struct req *req, const struct brp_beurt *turn)
{
	const struct config *c = &req->app->config;
	struct client_call call = { .method = POST,
		.url = arena_printf(req->arena, "%s/personen", c->brp_url),
		.body = question(req, turn),
		.content_type = "application/json; charset=utf-8",
		.ca = c->brp_ca,
		.cert = arena_printf(req->arena, "%s/%s.crt", c->brp_cert_dir, turn->gemeente),
		.key = arena_printf(req->arena, "%s/%s.key", c->brp_cert_dir, turn->gemeente),
		.timeout_ms = TIMEOUT_MS };
	int n = 0;

	n = add_header(req, &call, n, "Accept", "application/json");
	n = add_header(req, &call, n, "X-API-KEY", c->brp_api_key);
	n = add_header(req, &call, n, c->brp_header_doel, turn->doel);
	n = add_header(
		req, &call, n, c->brp_header_activiteit, brp_doel_find(turn->doel)->activiteit);
	add_header(req, &call, n, c->brp_header_gebruiker, turn->gebruiker);
	return call;
}

void brp_log(struct req *req, const struct brp_beurt *turn, long status)
{
	char text[12], count[12];

	snprintf(text, sizeof(text), "%ld", status);
	snprintf(count, sizeof(count), "%d", turn->count);
	log_line(req, LOG_INFO, "brp", "methode", "POST", "pad", "/personen", "doel", turn->doel,
		"gemeente", turn->gemeente, "personen", count, "status", text, NULL);
}

/* ---- the answer ---- */

static enum brp_uitkomst does_not_fit(struct req *req, const char *where, const char **why)
{
	*why = arena_printf(
		req->arena, "Het antwoord van de BRP past niet in het contract: %s", where);
	return BRP_LATER;
}

/* 401 is about our certificate or key: it may be put right without asking anew. */
static bool is_refused(long status)
{
	return status == 400 || status == 403 || status == 406 || status == 415;
}

enum brp_uitkomst brp_read(
	struct req *req, const struct client_call *call, struct brp_antwoord *out, const char **why)
{
	const char *field, *reason;
	json_t *body;

	*why = NULL;
	if (call->status != 200) {
		*why = call->status ? arena_printf(req->arena, "De BRP antwoordt met status %ld",
					      call->status)
				    : "De BRP gaf geen antwoord";
		return is_refused(call->status) ? BRP_GEWEIGERD : BRP_LATER;
	}
	body = client_json(req, call);
	if (!body)
		return does_not_fit(req, "geen JSON", why);
	if (!fields_read_reply(
		    req->arena, brp_antwoord_resource.fields, body, out, &field, &reason))
		return does_not_fit(req, field, why);
	if (strcmp(out->type, BRP_VRAAG_TYPE) != 0)
		return does_not_fit(req, "type", why);
	return BRP_GOED;
}

const struct brp_persoon *brp_find(const struct brp_antwoord *answer, const char *bsn)
{
	const struct brp_persoon *people = answer->personen.items;

	for (size_t i = 0; i < answer->personen.count; i++)
		if (strcmp(people[i].burgerservicenummer, bsn) == 0)
			return &people[i];
	return NULL;
}

/* ---- what is kept of it ---- */

static struct dag day_of(struct req *req, const struct brp_datum *d)
{
	struct dag out = { 0 };
	char words[PARTIAL_WORDS];

	switch (d->type) {
	case BRP_DATUM:
		partial_date_parse(d->datum, &out.waarde);
		break;
	case BRP_DATUM_ONBEKEND:
		out.waarde.known = DATE_UNKNOWN;
		break;
	case BRP_JAAR:
		out.waarde = (struct partial_date){ DATE_YEAR, (int)d->jaar, 0, 0 };
		break;
	case BRP_JAAR_MAAND:
		out.waarde = (struct partial_date){ DATE_MONTH, (int)d->jaar, (int)d->maand, 0 };
		break;
	}
	if (out.waarde.known != DATE_ABSENT)
		out.in_woorden = arena_strdup(req->arena, partial_date_words(out.waarde, words));
	return out;
}

static const char *words_of(const struct brp_waarde *v)
{
	return v->omschrijving ? v->omschrijving : v->code;
}

/* JA when anything of it is being looked into. */
static int looked_into(json_t *a, json_t *b)
{
	return a || b ? 1 : BOOL_NONE;
}

static const char *json_of(struct req *req, const struct field *fields, const void *part)
{
	struct buffer b;

	buffer_init(&b, req->arena);
	fields_write_json(&b, fields, part);
	return b.data;
}

static const struct field *part_fields(enum brp_deel deel)
{
	static const char *const names[] = { [DEEL_PERSOON] = "persoon",
		[DEEL_ADRES] = "adres",
		[DEEL_VERBLIJF] = "verblijf",
		[DEEL_GEZIN] = "gezin",
		[DEEL_OVERLIJDEN] = "overlijden" };

	return field_find(persoonsgegevens_resource.fields, names[deel])->items;
}

static const char *joined(struct req *req, const char *first, const char *second)
{
	return first && second ? arena_printf(req->arena, "%s %s", first, second)
	       : first         ? first
			       : second;
}

static void take_person(struct req *req, const struct brp_persoon *p, struct brp_stand *out)
{
	struct gegevens_persoon part;

	fields_clear(part_fields(DEEL_PERSOON), &part);
	part.voornamen = p->naam.voornamen;
	part.voorvoegsel = p->naam.voorvoegsel;
	part.geslachtsnaam = p->naam.geslachtsnaam;
	part.geboorte = day_of(req, &p->geboorte.datum);
	part.gemeentecode = p->gemeente_van_inschrijving.code;
	part.gemeentenaam = p->gemeente_van_inschrijving.omschrijving;
	part.ingeschreven = day_of(req, &p->datum_inschrijving_in_gemeente);
	part.in_onderzoek = looked_into(p->naam.in_onderzoek, p->geboorte.in_onderzoek);
	out->inhoud = json_of(req, part_fields(DEEL_PERSOON), &part);
	out->gemeentecode = part.gemeentecode;
	out->voornamen = part.voornamen;
	out->achternaam = joined(req, part.voorvoegsel, part.geslachtsnaam);
	out->geboortedatum = partial_date_whole(part.geboorte.waarde);
}

static void take_address(struct req *req, const struct brp_persoon *p, struct brp_stand *out)
{
	const struct brp_adressering *a = &p->adressering;
	struct gegevens_adres part;

	fields_clear(part_fields(DEEL_ADRES), &part);
	part.soort = p->verblijfplaats.type;
	part.regel1 = a->adresregel1;
	part.regel2 = a->adresregel2;
	part.regel3 = a->adresregel3;
	part.land = words_of(&a->land);
	part.aanhef = a->aanhef;
	part.naam_op_brief = a->aanschrijfwijze.naam;
	part.sinds = day_of(req, &p->verblijfplaats.datum_van);
	part.woont_er_niet = a->indicatie_vastgesteld_verblijft_niet_op_adres;
	part.in_onderzoek = looked_into(a->in_onderzoek, p->verblijfplaats.in_onderzoek);
	out->inhoud = json_of(req, part_fields(DEEL_ADRES), &part);
}

static void take_permit(struct req *req, const struct brp_persoon *p, struct brp_stand *out)
{
	struct gegevens_verblijf part;

	fields_clear(part_fields(DEEL_VERBLIJF), &part);
	part.verblijfstitel = words_of(&p->verblijfstitel.aanduiding);
	part.ingang = day_of(req, &p->verblijfstitel.datum_ingang);
	part.einde = day_of(req, &p->verblijfstitel.datum_einde);
	part.in_onderzoek = looked_into(p->verblijfstitel.in_onderzoek, NULL);
	out->inhoud = json_of(req, part_fields(DEEL_VERBLIJF), &part);
}

static void take_death(struct req *req, const struct brp_persoon *p, struct brp_stand *out)
{
	struct gegevens_overlijden part;

	fields_clear(part_fields(DEEL_OVERLIJDEN), &part);
	part.overleden = day_of(req, &p->overlijden.datum);
	out->inhoud = json_of(req, part_fields(DEEL_OVERLIJDEN), &part);
}

/* ---- relatives ---- */

static struct relatie_rij relative(
	struct req *req, const char *soort, const struct brp_gerelateerde *g)
{
	const char *bsn = g->burgerservicenummer;
	struct relatie name = { .voornamen = g->naam.voornamen,
		.voorvoegsel = g->naam.voorvoegsel,
		.geslachtsnaam = g->naam.geslachtsnaam };

	return (struct relatie_rij){ .soort = soort,
		.bsn_enc = bsn ? text_seal(req->arena, bsn) : NULL,
		.bsn_hash = bsn ? bsn_hash(req->arena, bsn) : NULL,
		.naam_enc = text_seal(req->arena, json_of(req, relatie_naam_fields, &name)),
		.verbintenis = words_of(&g->soort_verbintenis),
		.geboortedatum = day_of(req, &g->geboorte.datum).waarde,
		.sinds = day_of(req, &g->aangaan_huwelijk_partnerschap.datum).waarde,
		.tot = day_of(req, &g->ontbinding_huwelijk_partnerschap.datum).waarde };
}

static void add_relatives(
	struct req *req, struct list *rows, const char *soort, const struct list *people)
{
	const struct brp_gerelateerde *g = people->items;
	struct relatie_rij *to = rows->items;

	for (size_t i = 0; i < people->count; i++)
		to[rows->count++] = relative(req, soort, &g[i]);
}

static void take_family(struct req *req, const struct brp_persoon *p, struct brp_stand *out)
{
	size_t count = p->partners.count + p->kinderen.count + p->ouders.count;

	out->relaties.items = arena_alloc(req->arena, (count + 1) * sizeof(struct relatie_rij));
	add_relatives(req, &out->relaties, "partner", &p->partners);
	add_relatives(req, &out->relaties, "kind", &p->kinderen);
	add_relatives(req, &out->relaties, "ouder", &p->ouders);
	out->inhoud = "{}";
}

/* Codes of the BRP's table of reasons. */
static int suspension_of(const struct brp_waarde *reason)
{
	static const struct {
		const char *code;
		int meaning;
	} codes[] = { { "O", OPSCHORTING_OVERLIJDEN }, { "E", OPSCHORTING_EMIGRATIE },
		{ "M", OPSCHORTING_MINISTERIEEL }, { "R", OPSCHORTING_NIET_INGEZETENE },
		{ "F", OPSCHORTING_FOUT } };

	for (size_t i = 0; reason->code && i < sizeof(codes) / sizeof(*codes); i++)
		if (strcmp(codes[i].code, reason->code) == 0)
			return codes[i].meaning;
	return words_of(reason) ? OPSCHORTING_ANDERS : 0;
}

void brp_take(struct req *req, const struct brp_doel *doel, const struct brp_persoon *p,
	struct brp_stand *out)
{
	static void (*const takers[])(
		struct req *, const struct brp_persoon *, struct brp_stand *) = {
		[DEEL_PERSOON] = take_person,
		[DEEL_ADRES] = take_address,
		[DEEL_VERBLIJF] = take_permit,
		[DEEL_GEZIN] = take_family,
		[DEEL_OVERLIJDEN] = take_death,
	};

	*out = (struct brp_stand){ .geheimhouding = p->geheimhouding_persoonsgegevens == 1,
		.opschorting = suspension_of(&p->opschorting_bijhouding.reden),
		.geboortedatum = DATE_NONE };
	takers[doel->deel](req, p, out);
}
