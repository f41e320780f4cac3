/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp_person.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

/* What may be asked for: leaves. What stands above them is a group; codes and dates are one thing.
 */
static const char *const fields[] = {
	"aNummer",
	"burgerservicenummer",
	"datumEersteInschrijvingGBA",
	"geslacht",
	"uitsluitingKiesrecht.uitgeslotenVanKiesrecht",
	"uitsluitingKiesrecht.einddatum",
	"europeesKiesrecht.aanduiding",
	"europeesKiesrecht.einddatumUitsluiting",
	"leeftijd",
	"naam.voornamen",
	"naam.adellijkeTitelPredicaat",
	"naam.voorvoegsel",
	"naam.geslachtsnaam",
	"naam.voorletters",
	"naam.volledigeNaam",
	"naam.aanduidingNaamgebruik",
	"nationaliteiten.redenOpname",
	"nationaliteiten.datumIngangGeldigheid",
	"nationaliteiten.nationaliteit",
	"geboorte.datum",
	"geboorte.land",
	"geboorte.plaats",
	"overlijden.land",
	"overlijden.plaats",
	"overlijden.datum",
	"verblijfplaats.datumIngangGeldigheid",
	"verblijfplaats.verblijfadres.regel1",
	"verblijfplaats.verblijfadres.regel2",
	"verblijfplaats.verblijfadres.regel3",
	"verblijfplaats.verblijfadres.land",
	"verblijfplaats.datumVan",
	"verblijfplaats.verblijfadres.officieleStraatnaam",
	"verblijfplaats.verblijfadres.korteStraatnaam",
	"verblijfplaats.verblijfadres.huisnummer",
	"verblijfplaats.verblijfadres.huisletter",
	"verblijfplaats.verblijfadres.huisnummertoevoeging",
	"verblijfplaats.verblijfadres.aanduidingBijHuisnummer",
	"verblijfplaats.verblijfadres.postcode",
	"verblijfplaats.verblijfadres.woonplaats",
	"verblijfplaats.functieAdres",
	"verblijfplaats.adresseerbaarObjectIdentificatie",
	"verblijfplaats.nummeraanduidingIdentificatie",
	"verblijfplaats.indicatieVastgesteldVerblijftNietOpAdres",
	"verblijfplaats.verblijfadres.locatiebeschrijving",
	"immigratie.landVanwaarIngeschreven",
	"immigratie.datumVestigingInNederland",
	"immigratie.vanuitVerblijfplaatsOnbekend",
	"immigratie.indicatieVestigingVanuitBuitenland",
	"gemeenteVanInschrijving",
	"datumInschrijvingInGemeente",
	"adressering.adresregel1",
	"adressering.adresregel2",
	"adressering.adresregel3",
	"adressering.land",
	"adressering.indicatieVastgesteldVerblijftNietOpAdres",
	"adressering.aanhef",
	"adressering.aanschrijfwijze.naam",
	"adressering.aanschrijfwijze.aanspreekvorm",
	"adressering.gebruikInLopendeTekst",
	"indicatieCurateleRegister",
	"indicatieGezagMinderjarige",
	"gezag",
	"verblijfstitel.aanduiding",
	"verblijfstitel.datumEinde",
	"verblijfstitel.datumIngang",
	"kinderen.burgerservicenummer",
	"kinderen.naam.voornamen",
	"kinderen.naam.adellijkeTitelPredicaat",
	"kinderen.naam.voorvoegsel",
	"kinderen.naam.geslachtsnaam",
	"kinderen.naam.voorletters",
	"kinderen.geboorte.datum",
	"kinderen.geboorte.land",
	"kinderen.geboorte.plaats",
	"ouders.burgerservicenummer",
	"ouders.geslacht",
	"ouders.ouderAanduiding",
	"ouders.datumIngangFamilierechtelijkeBetrekking",
	"ouders.naam.voornamen",
	"ouders.naam.adellijkeTitelPredicaat",
	"ouders.naam.voorvoegsel",
	"ouders.naam.geslachtsnaam",
	"ouders.naam.voorletters",
	"ouders.geboorte.datum",
	"ouders.geboorte.land",
	"ouders.geboorte.plaats",
	"partners.burgerservicenummer",
	"partners.geslacht",
	"partners.soortVerbintenis",
	"partners.naam.voornamen",
	"partners.naam.adellijkeTitelPredicaat",
	"partners.naam.voorvoegsel",
	"partners.naam.geslachtsnaam",
	"partners.naam.voorletters",
	"partners.geboorte.datum",
	"partners.geboorte.land",
	"partners.geboorte.plaats",
	"partners.aangaanHuwelijkPartnerschap.land",
	"partners.aangaanHuwelijkPartnerschap.plaats",
	"partners.aangaanHuwelijkPartnerschap.datum",
	"partners.ontbindingHuwelijkPartnerschap.datum",
};

static const char *const women[] = { "Amina", "Fatima", "Hanna", "Leila", "Mei", "Olena", "Samira",
	"Yara" };
static const char *const men[] = { "Abel", "Carlos", "Dawit", "Hamid", "Ibrahim", "Mykola", "Omar",
	"Yusuf" };
static const char *const families[] = { "Al-Hassan", "Bekele", "Castillo", "Demir", "Haddad",
	"Kovalenko", "Nguyen", "Tesfay", "Zhang", "Özdemir" };
static const char *const streets[] = { "Dorpsstraat", "Kerkplein", "Lindelaan", "Molenweg",
	"Parallelweg", "Schoolstraat" };
static const struct {
	const char *land, *nationality, *place;
} origins[] = { { "Syrië", "Syrische", "Aleppo" }, { "Eritrea", "Eritrese", "Asmara" },
	{ "Afghanistan", "Afghaanse", "Kabul" }, { "Turkije", "Turkse", "Izmir" },
	{ "Oekraïne", "Oekraïense", "Lviv" }, { "China", "Chinese", "Harbin" },
	{ "Colombia", "Colombiaanse", "Cali" } };
static const char *const months[] = { "januari", "februari", "maart", "april", "mei", "juni",
	"juli", "augustus", "september", "oktober", "november", "december" };

/* ---- chance that is the same every time ---- */

struct maker {
	const struct brp_facts *facts;
	uint32_t seed;
};

static uint32_t mix(uint32_t h, uint32_t v)
{
	h = (h ^ v) * 16777619u;
	return h ^ (h >> 15);
}

/* 0 .. count - 1; `what` keeps the draws apart. */
static unsigned draw(const struct maker *m, unsigned what, size_t count)
{
	return mix(mix(m->seed, what), 2166136261u) % (unsigned)count;
}

enum {
	DRAW_SEX = 1,
	DRAW_FIRST,
	DRAW_FAMILY,
	DRAW_YEAR,
	DRAW_DAY,
	DRAW_DATE,
	DRAW_ORIGIN,
	DRAW_STREET,
	DRAW_HOUSE,
	DRAW_SECRET,
	DRAW_PLACE,
	DRAW_PARTNER,
	DRAW_CHILDREN,
	DRAW_STATELESS,
	DRAW_RELATED = 100
};

/* ---- dates, complete and not ---- */

static json_t *date_json(const char *type, json_t *rest, const char *words)
{
	json_object_set_new(rest, "type", json_string(type));
	json_object_set_new(rest, "langFormaat", json_string(words));
	return rest;
}

json_t *brp_date(struct date day)
{
	char text[DATE_TEXT], words[40];
	int y, m, d;

	date_split(day, &y, &m, &d);
	snprintf(words, sizeof(words), "%d %s %d", d, months[m - 1], y);
	return date_json("Datum", json_pack("{ss}", "datum", date_format(day, text)), words);
}

/* Of some people only the year and month are known, or the year, or nothing. */
static json_t *birth_date(const struct maker *m, struct date day)
{
	char words[40];
	int y, month, d;

	date_split(day, &y, &month, &d);
	switch (draw(m, DRAW_DATE, 20)) {
	case 0:
		return date_json("DatumOnbekend", json_pack("{sb}", "onbekend", 1), "onbekend");
	case 1:
		snprintf(words, sizeof(words), "%d", y);
		return date_json("JaarDatum", json_pack("{si}", "jaar", y), words);
	case 2:
		snprintf(words, sizeof(words), "%s %d", months[month - 1], y);
		return date_json(
			"JaarMaandDatum", json_pack("{si si}", "jaar", y, "maand", month), words);
	default:
		return brp_date(day);
	}
}

static json_t *coded(const char *code, const char *words)
{
	return json_pack("{ss ss}", "code", code, "omschrijving", words);
}

static json_t *worded(const char *words)
{
	return json_pack("{ss}", "omschrijving", words);
}

/* ---- the person and the family ---- */

static struct date birth_day(const struct maker *m, int youngest)
{
	int year = 2026 - youngest - (int)draw(m, DRAW_YEAR, 40);

	return date_add_days(date_make(year, 1, 1), (int)draw(m, DRAW_DAY, 365));
}

static bool is_woman(const struct maker *m)
{
	return draw(m, DRAW_SEX, 2) == 0;
}

static json_t *sex(const struct maker *m)
{
	return is_woman(m) ? coded("V", "vrouw") : coded("M", "man");
}

static json_t *birth(const struct maker *m, int youngest)
{
	size_t origin = draw(m, DRAW_ORIGIN, COUNT(origins));

	return json_pack("{so so so}", "datum", birth_date(m, birth_day(m, youngest)), "land",
		worded(origins[origin].land), "plaats", worded(origins[origin].place));
}

/* First names and family name; those given in one text are cut at the last space. */
static json_t *name(const struct maker *m, const char *given, const char *family)
{
	const char *space = given ? strrchr(given, ' ') : NULL;
	const char *first = given         ? given
			    : is_woman(m) ? women[draw(m, DRAW_FIRST, COUNT(women))]
					  : men[draw(m, DRAW_FIRST, COUNT(men))];
	size_t length = space ? (size_t)(space - given) : strlen(first), letter = 1;
	char initial[8];

	while (((unsigned char)first[letter] & 0xc0) == 0x80)
		letter++;
	snprintf(initial, sizeof(initial), "%.*s.", (int)letter, first);
	return json_pack("{ss% ss ss}", "voornamen", first, length, "geslachtsnaam",
		space ? space + 1 : family, "voorletters", initial);
}

static const char *family_name(const struct maker *m)
{
	const char *space = m->facts->naam ? strrchr(m->facts->naam, ' ') : NULL;

	return space ? space + 1 : families[draw(m, DRAW_FAMILY, COUNT(families))];
}

static const char *text_of(json_t *o, const char *member)
{
	return json_string_value(json_object_get(o, member));
}

/* Names for the letter: in full, with the initials, in a sentence. */
static void add_names(const struct maker *m, json_t *person)
{
	json_t *n = name(m, m->facts->naam, family_name(m));
	const char *first = text_of(n, "voornamen"), *family = text_of(n, "geslachtsnaam");
	const char *polite = is_woman(m) ? "mevrouw" : "heer";

	json_object_set_new(n, "volledigeNaam", json_sprintf("%s %s", first, family));
	json_object_set_new(n, "aanduidingNaamgebruik", coded("E", "eigen geslachtsnaam"));
	json_object_set_new(person, "adressering",
		json_pack("{so s{so ss} so}", "aanhef",
			json_sprintf("Geachte %s %s", polite, family), "aanschrijfwijze", "naam",
			json_sprintf("%s %s", text_of(n, "voorletters"), family), "aanspreekvorm",
			is_woman(m) ? "Mevrouw" : "De heer", "gebruikInLopendeTekst",
			json_sprintf("%s %s", polite, family)));
	json_object_set_new(person, "naam", n);
}

/* Somebody of the family: drawn apart, with a number of the own for a child. */
static json_t *relative(const struct maker *m, unsigned which, const char *family, int youngest)
{
	struct maker r = { .facts = m->facts, .seed = mix(m->seed, DRAW_RELATED + which) };

	return json_pack(
		"{so so}", "naam", name(&r, NULL, family), "geboorte", birth(&r, youngest));
}

static json_t *parents(const struct maker *m)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < 2; i++) {
		json_t *parent = relative(m, i, family_name(m), 45);

		json_object_set_new(parent, "ouderAanduiding", json_string(i ? "2" : "1"));
		json_object_set_new(
			parent, "geslacht", i ? coded("V", "vrouw") : coded("M", "man"));
		json_array_append_new(list, parent);
	}
	return list;
}

static json_t *partners(const struct maker *m)
{
	json_t *list = json_array(), *partner;
	size_t origin = draw(m, DRAW_ORIGIN, COUNT(origins));

	if (draw(m, DRAW_PARTNER, 2) == 0)
		return list;
	partner = relative(m, 2, families[draw(m, DRAW_FAMILY + 1, COUNT(families))], 20);
	json_object_set_new(
		partner, "geslacht", is_woman(m) ? coded("M", "man") : coded("V", "vrouw"));
	json_object_set_new(partner, "soortVerbintenis", coded("H", "huwelijk"));
	json_object_set_new(partner, "aangaanHuwelijkPartnerschap",
		json_pack("{so so so}", "datum",
			date_json("JaarDatum", json_pack("{si}", "jaar", 2015), "2015"), "land",
			worded(origins[origin].land), "plaats", worded(origins[origin].place)));
	json_array_append_new(list, partner);
	return list;
}

static json_t *children(const struct maker *m)
{
	json_t *list = json_array();
	unsigned count = draw(m, DRAW_CHILDREN, 4);

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(list, relative(m, 3 + i, family_name(m), 0));
	return list;
}

/* ---- where somebody lives, and with what right ---- */

static struct date day_of(const char *text, struct date otherwise)
{
	struct date day;

	return text && date_parse(text, &day) ? day : otherwise;
}

static struct date arrival(const struct maker *m)
{
	return date_add_days(day_of(m->facts->begin_plicht, date_make(2022, 1, 1)), -200);
}

static json_t *dutch_address(const struct maker *m, const char *street, int house)
{
	char post[8];

	snprintf(post, sizeof(post), "%s%c%c", m->facts->gemeentecode,
		(char)('A' + draw(m, DRAW_STREET, 26)), (char)('A' + draw(m, DRAW_HOUSE, 26)));
	return json_pack("{ss ss si ss ss}", "officieleStraatnaam", street, "korteStraatnaam",
		street, "huisnummer", house, "postcode", post, "woonplaats",
		m->facts->gemeentenaam);
}

static void add_address(const struct maker *m, json_t *person)
{
	const char *street = streets[draw(m, DRAW_STREET, COUNT(streets))];
	int house = 1 + (int)draw(m, DRAW_HOUSE, 180);
	struct date since = day_of(m->facts->vestiging, date_add_days(arrival(m), 150));
	json_t *letter = json_object_get(person, "adressering");
	json_t *at = dutch_address(m, street, house);
	char object[20];

	snprintf(object, sizeof(object), "%s01%010u", m->facts->gemeentecode,
		(unsigned)house * 7919);
	json_object_set_new(letter, "adresregel1", json_sprintf("%s %d", street, house));
	json_object_set_new(letter, "adresregel2",
		json_sprintf("%.4s %s  %s", text_of(at, "postcode"), text_of(at, "postcode") + 4,
			m->facts->gemeentenaam));
	json_object_set_new(person, "verblijfplaats",
		json_pack("{ss so so ss ss so so}", "type", "Adres", "verblijfadres", at,
			"functieAdres", coded("W", "woonadres"), "adresseerbaarObjectIdentificatie",
			object, "nummeraanduidingIdentificatie", object, "datumVan",
			brp_date(since), "datumIngangGeldigheid", brp_date(since)));
	json_object_set_new(person, "gemeenteVanInschrijving",
		coded(m->facts->gemeentecode, m->facts->gemeentenaam));
	json_object_set_new(person, "datumInschrijvingInGemeente", brp_date(since));
}

/* Of a few it is not known where they are; who left lives abroad. */
static void add_no_address(const struct maker *m, json_t *person)
{
	json_t *since = brp_date(day_of(m->facts->vestiging, arrival(m)));

	if (m->facts->gemeentecode)
		json_object_set_new(person, "verblijfplaats",
			json_pack("{ss so}", "type", "VerblijfplaatsOnbekend", "datumVan", since));
	else
		json_object_set_new(person, "verblijfplaats",
			json_pack("{ss so s{ss so}}", "type", "VerblijfplaatsBuitenland",
				"datumVan", since, "verblijfadres", "regel1", "Hoofdstraat 1",
				"land",
				worded(origins[draw(m, DRAW_ORIGIN, COUNT(origins))].land)));
	if (m->facts->gemeentecode)
		json_object_set_new(person, "gemeenteVanInschrijving",
			coded(m->facts->gemeentecode, m->facts->gemeentenaam));
}

static json_t *nationalities(const struct maker *m)
{
	json_t *since = brp_date(birth_day(m, 18));
	size_t origin = draw(m, DRAW_ORIGIN, COUNT(origins));

	switch (draw(m, DRAW_STATELESS, 20)) {
	case 0:
		return json_pack("[{ss so}]", "type", "Staatloos", "datumIngangGeldigheid", since);
	case 1:
		return json_pack("[{ss so}]", "type", "NationaliteitOnbekend",
			"datumIngangGeldigheid", since);
	default:
		return json_pack("[{ss so so}]", "type", "Nationaliteit", "nationaliteit",
			worded(origins[origin].nationality), "datumIngangGeldigheid", since);
	}
}

static json_t *permit(const struct maker *m)
{
	bool asylum = !m->facts->doelgroep || strcmp(m->facts->doelgroep, "Asielstatushouder") == 0;
	struct date from = date_add_days(arrival(m), 90);

	return json_pack("{so so so}", "aanduiding",
		worded(asylum ? "Asiel, bepaalde tijd" : "Regulier, bepaalde tijd, arbeid vrij"),
		"datumIngang", brp_date(from), "datumEinde", brp_date(date_add_months(from, 60)));
}

static json_t *immigration(const struct maker *m)
{
	size_t origin = draw(m, DRAW_ORIGIN, COUNT(origins));

	return json_pack("{so so sb}", "landVanwaarIngeschreven", worded(origins[origin].land),
		"datumVestigingInNederland", brp_date(arrival(m)),
		"indicatieVestigingVanuitBuitenland", 1);
}

/* ---- all of it ---- */

/* Only with a whole date of birth, and not of who has died. */
static void add_age(const struct maker *m, json_t *person)
{
	struct date born = day_of(
		text_of(json_object_get(json_object_get(person, "geboorte"), "datum"), "datum"),
		DATE_NONE);
	int age = 0;

	if (!date_is_set(born) || json_object_get(person, "overlijden"))
		return;
	while (date_compare(date_add_months(born, 12 * (age + 1)), m->facts->today) <= 0)
		age++;
	json_object_set_new(person, "leeftijd", json_integer(age));
}

/* Of the dead and of who lives abroad nothing is kept up any more. */
static void add_suspension(json_t *person)
{
	json_t *death = json_object_get(person, "overlijden");
	json_t *place = json_object_get(person, "verblijfplaats");
	const char *kind = text_of(place, "type");

	if (death)
		json_object_set_new(person, "opschortingBijhouding",
			json_pack("{so sO?}", "reden", coded("O", "overlijden"), "datum",
				json_object_get(death, "datum")));
	else if (kind && strcmp(kind, "VerblijfplaatsBuitenland") == 0)
		json_object_set_new(person, "opschortingBijhouding",
			json_pack("{so sO?}", "reden", coded("E", "emigratie"), "datum",
				json_object_get(place, "datumVan")));
}

/* What was set replaces whole members; null takes one away. */
static void override(json_t *person, json_t *set)
{
	const char *key;
	json_t *value;

	json_object_foreach(set, key, value)
	{
		if (json_is_null(value))
			json_object_del(person, key);
		else
			json_object_set(person, key, value);
	}
}

static uint32_t seed_of(const char *bsn)
{
	uint32_t h = 2166136261u;

	for (; *bsn; bsn++)
		h = mix(h, (uint32_t)*bsn);
	return h;
}

json_t *brp_person(const struct brp_facts *f, json_t *set)
{
	const struct maker m = { .facts = f, .seed = seed_of(f->bsn) };
	json_t *person = json_pack(
		"{ss so}", "burgerservicenummer", f->bsn, "aNummer", json_sprintf("%010u", m.seed));

	add_names(&m, person);
	json_object_set_new(person, "geslacht", sex(&m));
	json_object_set_new(person, "geboorte", birth(&m, 18));
	if (f->gemeentecode && f->gemeentenaam && draw(&m, DRAW_PLACE, 40) > 0)
		add_address(&m, person);
	else
		add_no_address(&m, person);
	json_object_set_new(person, "datumEersteInschrijvingGBA", brp_date(arrival(&m)));
	json_object_set_new(person, "immigratie", immigration(&m));
	json_object_set_new(person, "nationaliteiten", nationalities(&m));
	json_object_set_new(person, "verblijfstitel", permit(&m));
	json_object_set_new(person, "ouders", parents(&m));
	json_object_set_new(person, "partners", partners(&m));
	json_object_set_new(person, "kinderen", children(&m));
	if (draw(&m, DRAW_SECRET, 17) == 0)
		json_object_set_new(person, "geheimhoudingPersoonsgegevens", json_true());
	override(person, set);
	add_age(&m, person);
	add_suspension(person);
	return person;
}

/* ---- fields ---- */

static bool is_part(const char *name)
{
	static const char *const parts[] = { "code", "omschrijving", "soort", "type", "langFormaat",
		"datum", "jaar", "maand", "onbekend" };

	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(parts[i], name) == 0)
			return true;
	return false;
}

bool brp_field_exists(const char *path)
{
	size_t n = strlen(path);

	for (size_t i = 0; n > 0 && i < COUNT(fields); i++) {
		size_t leaf = strlen(fields[i]);

		if (strncmp(fields[i], path, n) == 0 &&
			(fields[i][n] == '\0' || fields[i][n] == '.'))
			return true;
		if (leaf < n && strncmp(fields[i], path, leaf) == 0 && path[leaf] == '.' &&
			is_part(path + leaf + 1))
			return true;
	}
	return false;
}

/* A code with its words, or a date: one thing. */
static bool is_whole(json_t *v)
{
	return json_object_get(v, "omschrijving") || json_object_get(v, "langFormaat");
}

static void select_path(json_t *from, json_t *to, const char *path);

static void select_items(json_t *from, json_t *to, const char *path)
{
	for (size_t i = 0; i < json_array_size(from); i++) {
		if (i >= json_array_size(to))
			json_array_append_new(to, json_object());
		select_path(json_array_get(from, i), json_array_get(to, i), path);
	}
}

/* Copies what `path` names, with the kind of what has kinds. */
static void select_path(json_t *from, json_t *to, const char *path)
{
	size_t n = strcspn(path, ".");
	char member[64];
	json_t *value, *below;

	snprintf(member, sizeof(member), "%.*s", (int)n, path);
	if (json_object_get(from, "type"))
		json_object_set(to, "type", json_object_get(from, "type"));
	value = json_object_get(from, member);
	if (!value)
		return;
	if (!path[n] || is_whole(value) || !(json_is_object(value) || json_is_array(value))) {
		json_object_set_new(to, member, json_deep_copy(value));
		return;
	}
	below = json_object_get(to, member);
	if (!below) {
		below = json_is_array(value) ? json_array() : json_object();
		json_object_set_new(to, member, below);
	}
	if (json_is_array(value))
		select_items(value, below, path + n + 1);
	else
		select_path(value, below, path + n + 1);
}

json_t *brp_selected(json_t *person, json_t *asked)
{
	static const char *const always[] = { "geheimhoudingPersoonsgegevens",
		"opschortingBijhouding" };
	json_t *to = json_object(), *each;
	size_t i;

	json_array_foreach(asked, i, each) select_path(person, to, json_string_value(each));
	for (i = 0; i < COUNT(always); i++)
		select_path(person, to, always[i]);
	return to;
}
