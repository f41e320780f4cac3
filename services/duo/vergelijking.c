/* SPDX-License-Identifier: EUPL-1.2 */
#include "vergelijking.h"

#include <stdlib.h>
#include <string.h>

#include "app/crypto.h"
#include "app/service.h"
#include "duo_queries.h"

#define SIDE_BY_SIDE 48 /* requests at DUO at once */
#define GEEN_ANTWOORD "DUO geeft nu geen antwoord; probeer het later opnieuw"
#define ROUNDS 6 /* times that a request is made when DUO answers others */

const char *const voorstel_namen[] = { "ons-naar-duo", "duo-naar-ons", "mens-beslist", NULL };

/* ---- one person ---- */

struct persoon {
	const struct batch *feiten;
	int op, row; /* where in it */
	const char *id, *gemeente, *bsn;
	struct duo_subject about;
	json_t *duo[OP_ASK_COUNT]; /* what DUO answered; NULL: nothing is known */
	bool voorbij; /* the dossier is closed: only whether the plicht is over matters */
	bool mislukt;
};

static const char *feit(const struct persoon *p, const char *kolom)
{
	return batch_text(p->feiten, p->op, p->row, kolom);
}

static bool is_waar(const struct persoon *p, const char *kolom)
{
	return batch_int(p->feiten, p->op, p->row, kolom) == 1;
}

/* ---- values as both sides write them ---- */

/* DUO leaves out what we call no, none and nought. */
static const char *waarde(const char *text)
{
	static const char *const niets[] = { "", "f", "false", "NVT", "0", NULL };

	if (!text || enum_index(niets, text))
		return NULL;
	return strcmp(text, "t") == 0 || strcmp(text, "true") == 0 ? "ja" : text;
}

static const char *json_waarde(struct req *req, json_t *v)
{
	if (json_is_boolean(v))
		return json_is_true(v) ? "ja" : NULL;
	if (json_is_integer(v))
		return waarde(arena_printf(req->arena, "%lld", (long long)json_integer_value(v)));
	return waarde(json_string_value(v));
}

/* `pad`: members with points between them. */
static const char *lees_pad(
	struct req *req, const struct persoon *p, json_t *answer, const char *pad)
{
	(void)p;
	for (;;) {
		size_t n = strcspn(pad, ".");

		answer = json_object_get(answer, arena_strndup(req->arena, pad, n));
		if (!pad[n])
			return json_waarde(req, answer);
		pad += n + 1;
	}
}

/* A temporary exemption interrupts the plicht and does not end it. */
static const char *lees_over(
	struct req *req, const struct persoon *p, json_t *answer, const char *pad)
{
	const char *reden =
		json_string_value(json_object_get(answer, "redenGeenInburgeringsplicht"));

	(void)req;
	(void)p;
	if (!answer || json_is_true(json_object_get(answer, "indicatorInburgeringsplicht")) ||
		(reden && strcmp(reden, "Tijdelijke vrijstelling") == 0))
		return NULL;
	return pad ? waarde(json_string_value(json_object_get(answer, pad))) : "ja";
}

/* Hours are a list, one row for each gemeente. */
static const char *lees_uren(
	struct req *req, const struct persoon *p, json_t *answer, const char *pad)
{
	json_t *each;
	size_t i;

	json_array_foreach(answer, i, each)
	{
		const char *code = json_string_value(json_object_get(each, "gemeentecode"));

		if (code && strcmp(code, p->gemeente) == 0)
			return lees_pad(req, p, each, pad);
	}
	return NULL;
}

/* ---- what is compared ---- */

/* DUO's current PIP is that of another gemeente. */
static bool pip_elders(const struct persoon *p)
{
	const char *code = json_string_value(json_object_get(p->duo[OP_PIP], "gemeentecode"));

	return code && strcmp(code, p->gemeente) != 0;
}

#define UREN(naam_, omschrijving_, melding_)                                                       \
	{                                                                                          \
		.naam = naam_, .omschrijving = omschrijving_, .anders = ONS_NAAR_DUO,              \
		.alleen_ons = ONS_NAAR_DUO, .alleen_duo = MENS_BESLIST, .melding = melding_,       \
		.grondslag = "Besluit inburgering art. 9.2 lid 2: het college meldt"               \
	}

static const struct onderdeel onderdelen[] = {
	{ .naam = "persoon",
		.omschrijving = "DUO kent deze persoon niet bij deze gemeente",
		.alleen_ons = MENS_BESLIST,
		.grondslag = "Besluit inburgering art. 9.1 lid 3: DUO geeft de personen" },
	{ .naam = "plicht",
		.omschrijving = "Einde van de inburgeringsplicht",
		.anders = DUO_NAAR_ONS,
		.alleen_ons = DUO_NAAR_ONS,
		.alleen_duo = DUO_NAAR_ONS,
		.gebeurtenis = "SS110",
		.grondslag = "Wi2021 art. 33, Besluit inburgering art. 9.1 lid 3: DUO stelt vast" },
	{ .naam = "kennisgeving",
		.omschrijving = "Dag van de kennisgeving",
		.anders = MENS_BESLIST, /* what the dossier knows stays */
		.alleen_duo = DUO_NAAR_ONS,
		.gebeurtenis = "SS101",
		.grondslag = "Besluit inburgering art. 9.1 lid 3: DUO stelt vast" },
	{ .naam = "doelgroep",
		.omschrijving = "Doelgroep",
		.anders = DUO_NAAR_ONS,
		.alleen_ons = MENS_BESLIST,
		.alleen_duo = DUO_NAAR_ONS,
		.gebeurtenis = "SS124",
		.grondslag = "Besluit inburgering art. 9.1 lid 3: DUO stelt vast" },
	{ .naam = "termijn",
		.omschrijving = "Inburgeringstermijn",
		.anders = DUO_NAAR_ONS,
		.alleen_ons = MENS_BESLIST,
		.alleen_duo = DUO_NAAR_ONS,
		.gebeurtenis = "SS103",
		.grondslag = "Besluit inburgering art. 9.3 lid 3: DUO stelt vast" },
	{ .naam = "pip",
		.omschrijving = "PIP",
		.anders = ONS_NAAR_DUO,
		.alleen_ons = ONS_NAAR_DUO,
		.alleen_duo = MENS_BESLIST,
		.melding = "pip",
		.grondslag =
			"Wi2021 art. 15, Besluit inburgering art. 9.3 lid 2: het college stelt "
			"vast" },
	{ .naam = "pip-gemeente",
		.omschrijving = "Gemeente van het PIP",
		.anders = MENS_BESLIST,
		.grondslag = "Wi2021 art. 15: het college van de woongemeente stelt vast" },
	{ .naam = "aanbod",
		.omschrijving = "Inburgeringsaanbod",
		.anders = ONS_NAAR_DUO,
		.alleen_ons = ONS_NAAR_DUO,
		.melding = "aanbod",
		.grondslag = "Besluit inburgering art. 9.3 lid 2: het college meldt" },
	{ .naam = "map",
		.omschrijving = "Eindgesprek MAP",
		.anders = ONS_NAAR_DUO,
		.alleen_ons = ONS_NAAR_DUO,
		.alleen_duo = MENS_BESLIST,
		.melding = "map",
		.grondslag = "Besluit inburgering art. 9.2 lid 2: het college meldt" },
	{ .naam = "pvt",
		.omschrijving = "Ondertekening PVT",
		.anders = ONS_NAAR_DUO,
		.alleen_ons = ONS_NAAR_DUO,
		.alleen_duo = MENS_BESLIST,
		.melding = "pvt",
		.grondslag = "Besluit inburgering art. 9.2 lid 2: het college meldt" },
	{ .naam = "zroute",
		.omschrijving = "Afronding Z-route",
		.anders = ONS_NAAR_DUO,
		.alleen_ons = ONS_NAAR_DUO,
		.alleen_duo = MENS_BESLIST,
		.melding = "zroute",
		.grondslag = "Besluit inburgering art. 9.2 lid 2: het college meldt" },
	UREN("uren-cursus", "Uren cursus", "uren-participatietaalles"),
	UREN("uren-participatie", "Uren participatie", "uren-participatie-intake"),
	UREN("uren-taalles-intake", "Uren taalles en KNM in de brede intake",
		"uren-taalles-intake"),
	{ .naam = "examens",
		.omschrijving = "Examenresultaten",
		.anders = DUO_NAAR_ONS,
		.alleen_ons = MENS_BESLIST,
		.alleen_duo = DUO_NAAR_ONS,
		.gebeurtenis = "SS199",
		.grondslag = "Besluit inburgering art. 9.2 lid 5: DUO meldt" },
};

#define ONDERDEEL_COUNT (sizeof(onderdelen) / sizeof(*onderdelen))

#define LID(onderdeel_, naam_, kolom_, op_, pad_, ...)                                             \
	{                                                                                          \
		.onderdeel = onderdeel_, .naam = naam_, .kolom = kolom_, .op = op_, .pad = pad_,   \
		##__VA_ARGS__                                                                      \
	}
#define PIP(naam_, kolom_, pad_) LID("pip", naam_, kolom_, OP_PIP, pad_, .niet = pip_elders)

/* A value of a thing on both sides. */
static const struct lid {
	const char *onderdeel;
	const char *naam; /* before the value when people read it; NULL: nothing */
	const char *kolom; /* ours, of vergelijk_feiten */
	enum operation op; /* DUO's answer; OP_COUNT: DUO has no GET, `pad` is a column, too */
	const char *pad; /* where it stands there */
	const char *(*lees)(struct req *req, const struct persoon *p, json_t *answer,
		const char *pad); /* NULL: lees_pad */
	bool (*niet)(const struct persoon *p); /* there is nothing to compare; NULL: always is */
	bool beide; /* only when both sides have it */
} leden[] = {
	LID("plicht", "beëindigd", "plicht_over", OP_PLICHT, NULL, .lees = lees_over),
	LID("plicht", "op", "plicht_einde", OP_PLICHT, "einddatum", .lees = lees_over,
		.beide = true),
	LID("kennisgeving", NULL, "datum_kennisgeving", OP_PLICHT,
		"datumKennisgevingInburgeringsplicht"),
	LID("doelgroep", NULL, "doelgroep", OP_DOELGROEP, "indeling"),
	LID("termijn", "van", "termijn_begin", OP_TERMIJN, "startdatum"),
	LID("termijn", "tot", "termijn_einde", OP_TERMIJN, "einddatum"),
	PIP("dagtekening", "pip_dagtekening", "pip.dagtekeningPip"),
	PIP("leerroute", "pip_leerroute", "pip.leerroute"),
	PIP("niveau", "pip_niveau", "pip.niveau"),
	PIP("intensiteit", "pip_intensiteit", "pip.geschatteIntensiteitB1Route"),
	PIP("mag opleiding afmaken", "pip_opleiding", "pip.indicatorMagOpleidingAfmaken"),
	PIP("alfabetisering", "pip_alfabetisering", "pip.indicatorAlfabetiseringsonderwijs"),
	LID("pip-gemeente", NULL, "pip_gemeente", OP_PIP, "gemeentecode"),
	LID("aanbod", NULL, "aanbod", OP_COUNT, "aanbod_gemeld"),
	LID("map", NULL, "map_eindgesprek_op", OP_MAP, "datumEindgesprekMap"),
	LID("pvt", NULL, "pvt_ondertekend_op", OP_PVT, "datumOndertekeningPvt"),
	LID("zroute", NULL, "z_eindgesprek_op", OP_COUNT, "z_gemeld"),
	LID("uren-cursus", NULL, "uren_cursus", OP_UREN, "ParticipatieAlsTaalles.uren",
		.lees = lees_uren),
	LID("uren-participatie", NULL, "uren_participatie", OP_UREN,
		"ParticipatieactiviteitenBredeIntake.uren", .lees = lees_uren),
	LID("uren-taalles-intake", NULL, "uren_taalles_intake", OP_UREN,
		"TaallesEnKnmBredeIntake.uren", .lees = lees_uren),
};

#define LID_COUNT (sizeof(leden) / sizeof(*leden))

/* DUO's answer about exams is a list and is compared as one. */
static const char LIJST[] = "examens";

const struct onderdeel *onderdeel_find(const char *naam)
{
	for (size_t i = 0; i < ONDERDEEL_COUNT; i++)
		if (strcmp(onderdelen[i].naam, naam) == 0)
			return &onderdelen[i];
	return NULL;
}

/* What DUO is asked about a person. */
static unsigned te_vragen(const struct persoon *p)
{
	unsigned asks = p->voorbij ? ASKS(OP_PLICHT) : ASKS(OP_EXAMENRESULTATEN);

	for (size_t i = 0; i < LID_COUNT && !p->voorbij; i++)
		if (leden[i].op != OP_COUNT)
			asks |= ASKS(leden[i].op);
	return asks;
}

/* ---- asking DUO ---- */

/* One request; done when DUO's answer can be used, a 404 included. */
struct vraag {
	const struct duo_subject *about;
	json_t **json; /* by operation: the answer as DUO wrote it */
	const void **read; /* and by the contract; NULL: not wanted */
	enum operation op;
	const char *bericht;
	bool done;
};

static void neem_antwoord(struct req *req, struct vraag *v, const struct client_call *call)
{
	const void *read;

	duo_log(req, v->op, v->bericht, call->status);
	v->done = duo_take(req, v->op, call, &read, &v->json[v->op]) == OK;
	if (v->done && v->read)
		v->read[v->op] = read;
	req->error = (struct error){ 0 };
}

/* Makes the requests that are not done, so many at once; *answered: how many got their answer. */
static enum status vraag_ronde(struct req *req, struct vraag *vragen, int count, int *answered)
{
	struct client_call calls[SIDE_BY_SIDE];
	struct vraag *who[SIDE_BY_SIDE];
	int at = 0;

	*answered = 0;
	while (at < count) {
		int n = 0;

		for (; at < count && n < SIDE_BY_SIDE; at++) {
			struct vraag *v = &vragen[at];

			if (v->done)
				continue;
			v->bericht = req_uuid(req);
			calls[n] = duo_call(req, v->op, v->about, v->bericht, NULL);
			who[n++] = v;
		}
		TRY(client_run(req, calls, n));
		for (int i = 0; i < n; i++) {
			neem_antwoord(req, who[i], &calls[i]);
			*answered += who[i]->done;
		}
	}
	return OK;
}

/* *left: those without an answer, after some attempts; while DUO answers nobody there is one. */
static enum status vraag_alles(struct req *req, struct vraag *vragen, int count, int *left)
{
	int answered, rounds = ROUNDS;

	*left = count;
	while (*left && rounds--) {
		TRY(vraag_ronde(req, vragen, count, &answered));
		*left -= answered;
		if (*left == count)
			break;
	}
	return OK;
}

static int voeg_vragen(struct vraag *vragen, unsigned asks, const struct duo_subject *about,
	json_t **json, const void **read)
{
	int count = 0;

	for (int op = 0; op < OP_ASK_COUNT; op++)
		if (asks & ASKS(op) && !json[op])
			vragen[count++] = (struct vraag){
				.about = about, .json = json, .read = read, .op = (enum operation)op
			};
	return count;
}

enum status vergelijk_vragen(
	struct req *req, unsigned asks, const struct duo_subject *about, struct notice *n)
{
	json_t *json[OP_ASK_COUNT] = { NULL };
	struct vraag vragen[OP_ASK_COUNT];
	int count = voeg_vragen(vragen, asks, about, json, n->answer), left;

	TRY(vraag_alles(req, vragen, count, &left));
	return left ? fail(req, ERR_UPSTREAM, GEEN_ANTWOORD) : OK;
}

/* People whose BSN cannot be read, and those without all answers, are not compared. */
static enum status vraag_mensen(struct req *req, struct persoon *mensen, int count)
{
	struct vraag *vragen =
		arena_alloc(req->arena, (size_t)count * OP_ASK_COUNT * sizeof(*vragen));
	int asked = 0, left;

	for (int i = 0; i < count; i++)
		if (!mensen[i].mislukt)
			asked += voeg_vragen(&vragen[asked], te_vragen(&mensen[i]),
				&mensen[i].about, mensen[i].duo, NULL);
	TRY(vraag_alles(req, vragen, asked, &left));
	if (asked > 0 && left == asked)
		return fail(req, ERR_UPSTREAM, GEEN_ANTWOORD);
	for (int i = 0; i < asked; i++)
		for (int k = 0; !vragen[i].done && k < count; k++)
			if (vragen[i].json == mensen[k].duo)
				mensen[k].mislukt = true;
	return OK;
}

/* ---- comparing ---- */

static void meld(struct uitkomst *u, const struct persoon *p, const struct onderdeel *o,
	enum voorstel voorstel, const char *ons, const char *duo)
{
	const char *const leden_van_rij[][2] = { { "inburgeraar_id", p->id },
		{ "onderdeel", o->naam }, { "voorstel", enum_text(voorstel_namen, (int)voorstel) },
		{ "ons", ons }, { "duo", duo }, { "omschrijving", o->omschrijving } };

	if (!voorstel)
		return;
	for (size_t i = 0; i < sizeof(leden_van_rij) / sizeof(*leden_van_rij); i++) {
		buffer_puts(&u->verschillen, i ? "," : u->gevonden ? ",{" : "{");
		buffer_json(&u->verschillen, leden_van_rij[i][0]);
		buffer_putc(&u->verschillen, ':');
		if (leden_van_rij[i][1])
			buffer_json(&u->verschillen, leden_van_rij[i][1]);
		else
			buffer_puts(&u->verschillen, "null");
	}
	buffer_putc(&u->verschillen, '}');
	u->gevonden++;
}

/* What is known stays known: this cannot be compared now; NULL: nothing can. */
static void sla_over(struct uitkomst *u, const struct persoon *p, const char *onderdeel)
{
	buffer_printf(
		&u->buiten, "%s{\"inburgeraar_id\":\"%s\"", u->buiten.len > 1 ? "," : "", p->id);
	if (onderdeel)
		buffer_printf(&u->buiten, ",\"onderdeel\":\"%s\"", onderdeel);
	buffer_putc(&u->buiten, '}');
}

/* A message or a notification under way will change one of the sides. */
static bool is_onderweg(struct req *req, const struct persoon *p, const struct onderdeel *o)
{
	const char *onderweg = feit(p, "onderweg");

	if (o->gebeurtenis && is_waar(p, "bericht_wacht"))
		return true;
	return o->melding && onderweg &&
	       strstr(onderweg, arena_printf(req->arena, " %s ", o->melding));
}

static void noem(struct buffer *b, const char *naam, const char *waarde_)
{
	if (!waarde_)
		return;
	buffer_printf(
		b, "%s%s%s%s", b->len ? ", " : "", naam ? naam : "", naam ? " " : "", waarde_);
}

static enum voorstel kies(const struct onderdeel *o, bool ons, bool duo)
{
	return !duo ? o->alleen_ons : !ons ? o->alleen_duo : o->anders;
}

static const char *of_niets(const struct buffer *b)
{
	return b->len ? b->data : NULL;
}

static const char *van_duo(struct req *req, const struct persoon *p, const struct lid *l)
{
	if (l->op == OP_COUNT)
		return waarde(feit(p, l->pad));
	return (l->lees ? l->lees : lees_pad)(req, p, p->duo[l->op], l->pad);
}

static void vergelijk_waarden(
	struct req *req, struct uitkomst *u, const struct persoon *p, const struct onderdeel *o)
{
	bool heeft_ons = false, heeft_duo = false, anders = false;
	struct buffer ons, duo;

	buffer_init(&ons, req->arena);
	buffer_init(&duo, req->arena);
	for (const struct lid *l = leden; l < leden + LID_COUNT; l++) {
		const char *a, *b;

		if (strcmp(l->onderdeel, o->naam) != 0 || (l->niet && l->niet(p)))
			continue;
		a = waarde(feit(p, l->kolom));
		b = van_duo(req, p, l);
		if (l->beide && (!a || !b))
			continue;
		heeft_ons |= a != NULL;
		heeft_duo |= b != NULL;
		if ((!a && !b) || (a && b && strcmp(a, b) == 0))
			continue;
		anders = true;
		noem(&ons, l->naam, a);
		noem(&duo, l->naam, b);
	}
	if (anders)
		meld(u, p, o, kies(o, heeft_ons, heeft_duo), of_niets(&ons), of_niets(&duo));
}

/* 2026-09-01 LE B1 Geslaagd, as vergelijk_feiten writes ours. */
static const char *examen_tekst(struct req *req, json_t *e)
{
	static const char *const members[] = { "examendatum", "onderdeel", "niveau", "resultaat" };
	struct buffer b;

	buffer_init(&b, req->arena);
	for (int i = 0; i < 4; i++) {
		const char *text = json_string_value(json_object_get(e, members[i]));

		if (text)
			buffer_printf(&b, "%s%s", b.len ? " " : "", text);
	}
	return b.data;
}

/* Those of `a` that `b` does not have. */
static void noem_rest(struct buffer *out, json_t *a, json_t *b)
{
	json_t *x, *y;
	size_t i, k;

	json_array_foreach(a, i, x)
	{
		bool found = false;

		json_array_foreach(b, k, y) found |= json_equal(x, y);
		if (!found)
			noem(out, NULL, json_string_value(x));
	}
}

static void vergelijk_lijst(
	struct req *req, struct uitkomst *u, const struct persoon *p, const struct onderdeel *o)
{
	json_t *ons = arena_json(req->arena, json_loads(feit(p, LIJST), 0, NULL));
	json_t *duo = arena_json(req->arena, json_array()), *each;
	struct buffer alleen_ons, alleen_duo;
	size_t i;

	json_array_foreach(p->duo[OP_EXAMENRESULTATEN], i, each)
		json_array_append_new(duo, json_string(examen_tekst(req, each)));
	buffer_init(&alleen_ons, req->arena);
	buffer_init(&alleen_duo, req->arena);
	noem_rest(&alleen_ons, ons, duo);
	noem_rest(&alleen_duo, duo, ons);
	if (alleen_ons.len || alleen_duo.len)
		meld(u, p, o, kies(o, alleen_ons.len > 0, alleen_duo.len > 0),
			of_niets(&alleen_ons), of_niets(&alleen_duo));
}

static bool is_bekend(const struct persoon *p)
{
	return p->duo[OP_PLICHT] != NULL;
}

static void vergelijk_persoon(struct req *req, struct uitkomst *u, const struct persoon *p)
{
	buffer_printf(&u->namen, "%c%s", u->personen++ ? ',' : '{', p->id);
	if (!is_bekend(p)) {
		sla_over(u, p, NULL);
		if (!p->voorbij)
			meld(u, p, onderdelen, onderdelen[0].alleen_ons, "dossier", NULL);
		return;
	}
	for (size_t i = 1; i < ONDERDEEL_COUNT; i++) {
		const struct onderdeel *o = &onderdelen[i];

		if (p->voorbij && strcmp(o->naam, "plicht") != 0)
			continue;
		if (is_onderweg(req, p, o))
			sla_over(u, p, o->naam);
		else if (strcmp(o->naam, LIJST) == 0)
			vergelijk_lijst(req, u, p, o);
		else
			vergelijk_waarden(req, u, p, o);
	}
}

/* ---- some people ---- */

static void maak_persoon(struct req *req, const struct batch *b, int op, int row, struct persoon *p)
{
	*p = (struct persoon){ .feiten = b, .op = op, .row = row };
	p->id = feit(p, "id");
	p->gemeente = feit(p, "gemeente");
	p->bsn = text_open(req->arena, feit(p, "bsn_enc"));
	p->about = (struct duo_subject){
		.gemeente = p->gemeente, .oin = feit(p, "oin"), .bsn = p->bsn
	};
	p->voorbij = is_waar(p, "voorbij");
	p->mislukt = !p->bsn;
}

enum status vergelijk(struct req *req, const char *gemeente, const char *persoon, const char *na,
	int hoeveel, struct uitkomst *out)
{
	struct batch *b = arena_alloc(req->arena, sizeof(*b));
	struct persoon *mensen;
	int op;

	batch_init(b, req);
	op = batch_add(b, Q_VERGELIJK_FEITEN, NULL, NULL);
	batch_bind(b, op, "gemeente", gemeente);
	batch_bind(b, op, "persoon", persoon);
	batch_bind(b, op, "na", na);
	batch_bind_int(b, op, "hoeveel", hoeveel);
	TRY(batch_run(b));
	*out = (struct uitkomst){ .gelezen = batch_rows(b, op) };
	buffer_init(&out->namen, req->arena);
	buffer_init(&out->verschillen, req->arena);
	buffer_init(&out->buiten, req->arena);
	if (out->gelezen == 0)
		return OK;
	mensen = arena_alloc(req->arena, (size_t)out->gelezen * sizeof(*mensen));
	for (int i = 0; i < out->gelezen; i++)
		maak_persoon(req, b, op, i, &mensen[i]);
	TRY(vraag_mensen(req, mensen, out->gelezen));
	out->gemeente = mensen[0].gemeente;
	out->laatste = mensen[out->gelezen - 1].id;
	out->gelezen_op = feit(mensen, "gelezen");
	buffer_putc(&out->verschillen, '[');
	buffer_putc(&out->buiten, '[');
	for (int i = 0; i < out->gelezen; i++) {
		if (!mensen[i].mislukt)
			vergelijk_persoon(req, out, &mensen[i]);
		out->niet_gelukt += mensen[i].mislukt;
	}
	buffer_puts(&out->namen, out->personen ? "}" : "{}");
	buffer_putc(&out->verschillen, ']');
	buffer_putc(&out->buiten, ']');
	return OK;
}

int vergelijk_bewaren(struct batch *b, const struct uitkomst *u)
{
	int op = batch_add(b, Q_VERSCHILLEN_BEWAREN, NULL, NULL);

	batch_bind(b, op, "gemeente", u->gemeente);
	batch_bind(b, op, "personen", u->namen.data);
	batch_bind(b, op, "gevonden", u->verschillen.data);
	batch_bind(b, op, "buiten", u->buiten.data);
	batch_bind(b, op, "gelezen", u->gelezen_op);
	batch_bind(b, op, "trace", b->req->trace_id);
	return op;
}
