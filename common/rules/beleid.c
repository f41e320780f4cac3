/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/beleid.h"

#include <string.h>

#include "tables.h"

#define DAYS_MAX 366
#define WEEKS_MAX 520
#define MONTHS_MAX 120
#define YEARS_MAX 100

/* A part of the document: the members of its table are those of struct beleid_io. */
#define DEEL(name_, items_, doc_)                                                                  \
	{                                                                                          \
		.name = (name_), .type = F_OBJECT, .need = OPTIONAL, .items = (items_),            \
		.doc = (doc_)                                                                      \
	}
#define LIJST(member, name_, item_st, items_, doc_)                                                \
	{                                                                                          \
		.name = (name_), .offset = offsetof(struct beleid_io, member), .type = F_LIST,     \
		.need = OPTIONAL, .items = (items_), .item_size = sizeof(item_st), .doc = (doc_)   \
	}
#define GETAL(member, name_, min_, max_, doc_)                                                     \
	AT_RANGE(struct beleid_io, in.member, name_, F_INT, OPTIONAL, min_, max_, doc_)
#define BEDRAG(member, name_, doc_)                                                                \
	AT_RANGE(struct beleid_io, in.member, name_, F_CENTS, OPTIONAL, 0, EUROS_MAX, doc_)
#define JA_NEE(member, name_, doc_) AT(struct beleid_io, in.member, name_, F_BOOL, OPTIONAL, doc_)

/* The bounds of these tables say what can be read; what the law allows stands in law/beleid.c and
 * is refused with its article. */

static const struct field maand_item[] = {
	{ .name = "", .type = F_INT, .need = REQUIRED, .min = 1, .max = MONTHS_MAX },
	FIELD_END,
};

static const struct field pip_fields[] = {
	GETAL(pip.weken, "weken", 1, WEEKS_MAX,
		"Weken waarbinnen het PIP er is (Bi art. 5.3 lid 1)"),
	GETAL(pip.weken_verhuizing, "weken_verhuizing", 1, WEEKS_MAX,
		"Hetzelfde na een verhuizing (Bi art. 5.3 lid 3)"),
	GETAL(pip.weken_derde, "weken_derde", 1, WEEKS_MAX,
		"Weken na onmisbare informatie van een ander (Bi art. 5.3 lid 2)"),
	FIELD_END,
};

static const struct field gesprekken_fields[] = {
	GETAL(gesprekken.aantal, "aantal", 0, 99,
		"Voortgangsgesprekken in een PIP dat zelf geen aantal noemt (Bi art. 5.3 lid 4). "
		"Zonder: zoveel als het ritme"),
	LIJST(ritme_maanden, "ritme_maanden", int64_t, maand_item,
		"Na hoeveel maanden de gesprekken zijn, oplopend, binnen de termijn (Wi art. 11). "
		"Zonder: het begin van de standaard"),
	FIELD_END,
};

static const struct field handhaving_fields[] = {
	JA_NEE(handhaving.waarschuwing_vooraf, "waarschuwing_vooraf",
		"Komt er voor de eerste boete van artikel 23 een waarschuwing? De wet vraagt die "
		"niet"),
	JA_NEE(handhaving.hulp_eerst, "hulp_eerst",
		"Is voor een boete van artikel 23 eerst hulp aangeboden?"),
	AT_ENUM(struct beleid_io, in.handhaving.handhaving_asiel, "handhaving_asiel",
		handhaving_asiel_values, OPTIONAL,
		"Boetes voor asielstatushouders (HvJEU C-158/23; of dit arrest voor deze boetes "
		"geldt staat niet vast)"),
	JA_NEE(handhaving.tweede_lezer, "tweede_lezer",
		"Kijkt bij een asielstatushouder een tweede lezer mee? Verplicht zolang een "
		"boete kan"),
	AT_ENUM(struct beleid_io, in.handhaving.verhoging_over, "verhoging_over",
		verhoging_over_values, OPTIONAL,
		"Wat bij herhaling wordt verdubbeld; Bi art. 7.1 lid 3 is op twee manieren te "
		"lezen"),
	GETAL(handhaving.zienswijze_weken, "zienswijze_weken", 1, WEEKS_MAX,
		"Weken voor een zienswijze (Awb art. 4:8 en 5:51)"),
	GETAL(handhaving.nieuwe_termijn_maanden, "nieuwe_termijn_maanden", 1, MONTHS_MAX,
		"Nieuwe termijn bij een boete voor de intake (Wi art. 22 lid 2)"),
	FIELD_END,
};

static const struct field boetes_fields[] = {
	BEDRAG(boetes.artikel_22, "artikel_22", "Boete van artikel 22; vast (Bi art. 7.1 lid 1)"),
	BEDRAG(boetes.artikel_23_basis, "artikel_23_basis",
		"Basisbedrag van artikel 23; vast (Bi art. 7.1 lid 2)"),
	BEDRAG(boetes.artikel_23_maximum, "artikel_23_maximum",
		"Hoogste boete van artikel 23 (Wi art. 26 lid 1 onder c)"),
	GETAL(boetes.procent_opzet, "procent_opzet", 0, 1000, "Vast (Bi art. 7.1 lid 4)"),
	GETAL(boetes.procent_grove_schuld, "procent_grove_schuld", 0, 1000,
		"Vast (Bi art. 7.1 lid 4)"),
	GETAL(boetes.procent_normaal, "procent_normaal", 0, 1000, "Vast (Bi art. 7.1 lid 4)"),
	GETAL(boetes.procent_verminderd, "procent_verminderd", 0, 1000, "Vast (Bi art. 7.1 lid 4)"),
	GETAL(boetes.recidive_maanden, "recidive_maanden", 0, MONTHS_MAX,
		"Hoelang een eerdere overtreding meetelt; vast (Bi art. 7.1 lid 3)"),
	BEDRAG(boetes.plafond_eerste_termijn, "plafond_eerste_termijn",
		"Alle boetes in de eerste termijn samen (Bi art. 7.1 lid 5)"),
	BEDRAG(boetes.plafond_nieuw_per_halfjaar, "plafond_nieuw_per_halfjaar",
		"Alle boetes per half jaar van een nieuwe termijn samen (Bi art. 7.1 lid 5)"),
	FIELD_END,
};

static const struct field omstandigheid_fields[] = {
	FIELD_RANGE(struct omstandigheid, code, F_TEXT, REQUIRED, 1, 60, "Kenmerk"),
	FIELD_RANGE(struct omstandigheid, omschrijving, F_TEXT, REQUIRED, 1, 400, "Omschrijving"),
	FIELD_ENUM(struct omstandigheid, verwijtbaarheid, verwijtbaarheid_values, REQUIRED,
		"Welke mate van verwijt daarbij hoort"),
	FIELD_END,
};

static const struct field excuus_fields[] = {
	FIELD_RANGE(struct excuus, code, F_TEXT, REQUIRED, 1, 60, "Kenmerk"),
	FIELD_RANGE(struct excuus, omschrijving, F_TEXT, REQUIRED, 1, 400, "Omschrijving"),
	FIELD(struct excuus, bewijs, F_BOOL, REQUIRED, "Hoort er een bewijs bij?"),
	FIELD_END,
};

static const struct field signalen_fields[] = {
	GETAL(signalen.geen_les_weken, "geen_les_weken", 1, WEEKS_MAX, "Zoveel weken geen les"),
	GETAL(signalen.verzuim_procent, "verzuim_procent", 1, 100,
		"Zoveel procent van de uren gemist zonder verlof"),
	LIJST(termijn_einde_maanden, "termijn_einde_maanden", int64_t, maand_item,
		"Zoveel maanden voor het einde van de termijn"),
	GETAL(signalen.geen_gesprek_weken, "geen_gesprek_weken", 1, WEEKS_MAX,
		"Zoveel weken geen voortgangsgesprek"),
	GETAL(signalen.geen_aanbod_maanden, "geen_aanbod_maanden", 1, MONTHS_MAX,
		"Zoveel maanden na het PIP geen aanbod (Ri art. 4.1 lid 1 onder g)"),
	GETAL(signalen.geen_taalschakeltraject_maanden, "geen_taalschakeltraject_maanden", 1,
		MONTHS_MAX, "Hetzelfde voor een taalschakeltraject (Ri art. 4.1 lid 1 onder g)"),
	FIELD_END,
};

#define DAGEN(kind, doc_) GETAL(taken.kind, #kind, 0, DAYS_MAX, doc_)

static const struct field taken_fields[] = {
	DAGEN(oproep_sturen, "Dagen om de eerste oproep te sturen, na de kennisgeving van DUO"),
	DAGEN(oproep_uitkomst, "Dagen na de afspraak om de uitkomst vast te leggen"),
	DAGEN(oproep_herhalen, "Dagen om te waarschuwen en opnieuw op te roepen"),
	DAGEN(oproep_opnieuw, "Dagen om opnieuw op te roepen na een reden die telt"),
	DAGEN(oproep_na_boete, "Dagen om op te roepen binnen de nieuwe termijn"),
	DAGEN(boete_overwegen, "Dagen om te beoordelen of een boete past"),
	DAGEN(aanbod_doen, "Dagen na het PIP om een aanbod te doen"),
	DAGEN(gesprek_gemist, "Dagen om te beoordelen waarom een gesprek niet doorging"),
	DAGEN(duo_weigert, "Dagen om een bericht te herstellen dat DUO weigert"),
	DAGEN(duo_signaal, "Dagen om een melding van DUO op te pakken"),
	DAGEN(traject_afronden, "Dagen om de afronding bij DUO na te gaan"),
	FIELD_END,
};

const struct field beleid_fields[] = {
	AT(struct beleid_io, in.naam, "naam", F_TEXT, OPTIONAL, "Naam van het beleid"),
	AT_RANGE(struct beleid_io, in.toelichting, "toelichting", F_TEXT, OPTIONAL, 1, 4000,
		"Toelichting"),
	AT(struct beleid_io, in.geldig_van, "geldig_van", F_DATE, OPTIONAL,
		"Eerste dag waarop dit beleid geldt"),
	AT(struct beleid_io, in.geldig_tot, "geldig_tot", F_DATE, OPTIONAL,
		"Laatste dag; zonder: tot er nieuw beleid is"),
	DEEL("pip", pip_fields, "De termijn voor het PIP"),
	DEEL("gesprekken", gesprekken_fields, "Voortgangsgesprekken"),
	DEEL("handhaving", handhaving_fields, "Wanneer en hoe wordt gehandhaafd"),
	DEEL("boetes", boetes_fields, "Bedragen en grenzen van boetes"),
	LIJST(omstandigheden, "omstandigheden", struct omstandigheid, omstandigheid_fields,
		"Wat als welke mate van verwijt telt"),
	LIJST(excuses, "excuses", struct excuus, excuus_fields,
		"Redenen om niet te komen die tellen"),
	DEEL("signalen", signalen_fields, "Wanneer een signaal komt"),
	DEEL("taken", taken_fields, "Termijnen van het werk, in dagen"),
	GETAL(bewaren_jaren, "bewaren_jaren", 0, YEARS_MAX,
		"Jaren na het einde van de plicht dat gegevens blijven (Bi art. 9.9)"),
	FIELD_END,
};

static const struct field bezwaar_fields[] = {
	FIELD(struct beleid_bezwaar_regel, veld, F_TEXT, REQUIRED, "Plaats in het document"),
	FIELD(struct beleid_bezwaar_regel, code, F_TEXT, REQUIRED, "Kenmerk"),
	FIELD(struct beleid_bezwaar_regel, grondslag, F_TEXT, REQUIRED, "Artikel of regel"),
	FIELD(struct beleid_bezwaar_regel, uitleg, F_TEXT, REQUIRED, "Uitleg"),
	FIELD_END,
};

const struct field beleid_toets_fields[] = {
	AT(struct beleid_io, out.toegestaan, "toegestaan", F_BOOL, REQUIRED,
		"Blijft dit beleid binnen de wet?"),
	FIELD_LIST(struct beleid_io, bezwaren, struct beleid_bezwaar_regel, bezwaar_fields,
		REQUIRED, "Wat ertegen is"),
	ANSWER(struct beleid_io),
	FIELD_END,
};

/* ---- the default fills in ---- */

static size_t size_of(const struct field *f)
{
	switch (f->type) {
	case F_DATE:
		return sizeof(struct date);
	case F_INT:
	case F_CENTS:
		return sizeof(int64_t);
	case F_LIST:
		return sizeof(struct list);
	default:
		return sizeof(int); /* F_BOOL, F_ENUM */
	}
}

/* An absent list has no value; an empty one is what the gemeente chose. */
static void fill(const struct field *fields, void *document, const void *otherwise)
{
	for (const struct field *f = fields; f->name; f++) {
		if (f->type == F_OBJECT)
			fill(f->items, document, otherwise);
		else if (f->type != F_TEXT && !field_has_value(f, document))
			memcpy((char *)document + f->offset, (const char *)otherwise + f->offset,
				size_of(f));
	}
}

/* Number and rhythm go together: who gives one of them gets the other to match. */
static void fill_gesprekken(struct beleid_io *document, const struct beleid_io *otherwise)
{
	struct beleid *b = &document->in;
	size_t count = otherwise->ritme_maanden.count;

	if (b->gesprekken.aantal == LAW_NONE && document->ritme_maanden.items)
		b->gesprekken.aantal = (long long)document->ritme_maanden.count;
	if (b->gesprekken.aantal == LAW_NONE || document->ritme_maanden.items)
		return;
	if (b->gesprekken.aantal < (long long)count)
		count = (size_t)b->gesprekken.aantal;
	document->ritme_maanden = (struct list){ otherwise->ritme_maanden.items, count };
}

void beleid_fill(struct beleid_io *document)
{
	struct beleid_io otherwise;
	struct beleid standard;

	beleid_default(&standard);
	beleid_document(&standard, &otherwise);
	fill_gesprekken(document, &otherwise);
	fill(beleid_fields, document, &otherwise);
}

/* Lists of the table and of the law are the same rows. */
void beleid_document(const struct beleid *b, struct beleid_io *out)
{
	memset(out, 0, sizeof(*out));
	out->in = *b;
	out->ritme_maanden =
		(struct list){ (void *)b->gesprekken.ritme_maanden, b->gesprekken.ritme_count };
	out->termijn_einde_maanden = (struct list){ (void *)b->signalen.termijn_einde_maanden,
		b->signalen.termijn_einde_count };
	out->omstandigheden = (struct list){ (void *)b->omstandigheden, b->omstandigheid_count };
	out->excuses = (struct list){ (void *)b->excuses, b->excuus_count };
}

static struct beleid policy_of(const struct beleid_io *document)
{
	struct beleid b = document->in;

	b.gesprekken.ritme_maanden = document->ritme_maanden.items;
	b.gesprekken.ritme_count = document->ritme_maanden.count;
	b.signalen.termijn_einde_maanden = document->termijn_einde_maanden.items;
	b.signalen.termijn_einde_count = document->termijn_einde_maanden.count;
	b.omstandigheden = document->omstandigheden.items;
	b.omstandigheid_count = document->omstandigheden.count;
	b.excuses = document->excuses.items;
	b.excuus_count = document->excuses.count;
	return b;
}

void beleid_read(struct arena *a, const char *text, struct beleid *out)
{
	static const struct field whole = {
		.name = "beleid", .type = F_OBJECT, .items = beleid_fields
	};
	struct beleid_io document = { .bezwaren = { NULL, 0 } };

	if (!text) {
		beleid_default(out);
		return;
	}
	field_from_sql(a, &whole, &document, text);
	beleid_fill(&document);
	*out = policy_of(&document);
}

/* ---- beleid-toets ---- */

static void decide_beleid_toets(struct arena *a, void *p)
{
	struct beleid_io *io = p, filled = *io;
	struct beleid_bezwaar_regel *rows;
	struct beleid b;

	beleid_fill(&filled);
	b = policy_of(&filled);
	beleid_toets(&b, &io->out);
	rows = arena_alloc(a, (size_t)io->out.bezwaar_count * sizeof(*rows));
	for (int i = 0; i < io->out.bezwaar_count; i++) {
		const struct beleid_bezwaar *from = &io->out.bezwaren[i];

		rows[i] = (struct beleid_bezwaar_regel){ from->veld, from->code, from->grondslag,
			from->uitleg };
	}
	io->bezwaren = (struct list){ rows, (size_t)io->out.bezwaar_count };
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_beleid_toets = {
	.name = "beleid-toets",
	.version = 1,
	.articles =
		"Wi art. 11, 22 en 26; Bi art. 5.3, 7.1 en 9.9; Ri art. 4.1; Awb art. 4:8, 5:41 "
		"en 5:51",
	.doc = "Blijft beleid van een gemeente binnen de wet?",
	.in = beleid_fields,
	.out = beleid_toets_fields,
	.size = sizeof(struct beleid_io),
	.decide = decide_beleid_toets,
};
