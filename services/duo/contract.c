/* SPDX-License-Identifier: EUPL-1.2 */
#include "contract.h"

const char *const duo_indelingen[] = { "Asielstatushouder", "Gezinsmigrant en overige migrant",
	NULL };
const char *const duo_lbt_resultaten[] = { "B1-route haalbaar", "B1-route niet haalbaar",
	"Onbekend", NULL };
static const char *const oordelen[] = { "Toekenning", "Afwijzing", NULL };
const char *const duo_leerroutes[] = { "B", "O", "Z", NULL };
const char *const duo_niveaus[] = { "A2", "B1", NULL };
const char *const duo_alfabetiseringen[] = { "A", "AA", "NVT", NULL };
const char *const duo_ja_nee[] = { "Ja", "Nee", NULL };
const char *const duo_examenonderdelen[] = { "KNM", "LE", "LU", "SC", "SP", NULL };
const char *const duo_examenniveaus[] = { "A2", "B1", "B2", NULL };
const char *const duo_examenresultaten[] = { "Geslaagd", "Gezakt", "Geen", NULL };
const char *const duo_verlenging_oordelen[] = { "Toegekend", "Afgewezen", "InBehandeling", NULL };

#define RESOURCE(name_, st_, doc_)                                                                 \
	const struct resource duo_##name_##_resource = { "Duo_" #name_, sizeof(struct st_),        \
		name_##_fields, doc_ }

/* DUO writes some members with a capital: the name carries it, the struct's member does not. */
#define FIELD_AS(st, member, name_, items_, doc_)                                                  \
	{                                                                                          \
		.name = name_, .offset = offsetof(st, member), .type = F_OBJECT, .need = OPTIONAL, \
		.items = items_, .doc = doc_                                                       \
	}

static const struct field plicht_fields[] = {
	FIELD(struct duo_plicht, indicator_inburgeringsplicht, F_BOOL, REQUIRED,
		"Of de plicht er is"),
	FIELD(struct duo_plicht, begindatum, F_DATE, OPTIONAL, "Eerste dag"),
	FIELD(struct duo_plicht, einddatum, F_DATE, OPTIONAL, "Laatste dag"),
	FIELD(struct duo_plicht, wijzigingsdatum, F_DATE, OPTIONAL, "Laatste wijziging"),
	FIELD(struct duo_plicht, datum_kennisgeving_inburgeringsplicht, F_DATE, OPTIONAL,
		"Dag van de kennisgeving"),
	FIELD(struct duo_plicht, reden_geen_inburgeringsplicht, F_TEXT, OPTIONAL,
		"Waarom er geen plicht is"),
	FIELD_END,
};
RESOURCE(plicht, duo_plicht, "De inburgeringsplicht, nu of eerder");

static const struct field doelgroep_fields[] = {
	FIELD_ENUM(
		struct duo_doelgroep, indeling, duo_indelingen, OPTIONAL, "Doelgroep van de wet"),
	FIELD(struct duo_doelgroep, begindatum, F_DATE, OPTIONAL, "Eerste dag"),
	FIELD(struct duo_doelgroep, einddatum, F_DATE, OPTIONAL, "Laatste dag"),
	FIELD(struct duo_doelgroep, gedetailleerde_doelgroep, F_TEXT, OPTIONAL,
		"Fijnere indeling van DUO"),
	FIELD(struct duo_doelgroep, asielrechten_wijziging_verblijfsdoel, F_TEXT, OPTIONAL,
		"Rechten na een ander verblijfsdoel"),
	FIELD_END,
};
RESOURCE(doelgroep, duo_doelgroep, "De doelgroep, nu of eerder");

static const struct field examennummer_fields[] = {
	FIELD_RANGE(struct duo_examennummer, examennummer, F_TEXT, REQUIRED, 1, 12,
		"Examennummer van de leerbaarheidstoets"),
	FIELD_END,
};
RESOURCE(examennummer, duo_examennummer, "Het examennummer");

static const struct field lbt_fields[] = {
	FIELD_ENUM(struct duo_lbt, resultaat, duo_lbt_resultaten, REQUIRED, "Uitslag"),
	FIELD_RANGE(struct duo_lbt, behaalde_score, F_TEXT, REQUIRED, 1, 6, "Behaald, met komma"),
	FIELD_RANGE(struct duo_lbt, benodigde_score, F_TEXT, REQUIRED, 1, 6, "Nodig, met komma"),
	FIELD(struct duo_lbt, datum_afname, F_DATE, REQUIRED, "Dag van de toets"),
	FIELD_END,
};
RESOURCE(lbt, duo_lbt, "Een uitslag van de leerbaarheidstoets");

static const struct field termijn_fields[] = {
	FIELD(struct duo_termijn, startdatum, F_DATE, OPTIONAL, "Eerste dag"),
	FIELD(struct duo_termijn, einddatum, F_DATE, OPTIONAL, "Dag na de laatste"),
	FIELD(struct duo_termijn, wijzigingsdatum, F_DATE, OPTIONAL, "Laatste wijziging"),
	FIELD_RANGE(struct duo_termijn, verlengingsgrondcode, F_TEXT, OPTIONAL, 1, 10,
		"Code van de grond"),
	FIELD_RANGE(struct duo_termijn, verlengingsgrondomschrijving, F_TEXT, OPTIONAL, 1, 200,
		"De grond"),
	FIELD_END,
};
RESOURCE(termijn, duo_termijn, "De inburgeringstermijn, nu of eerder");

static const struct field verlengingsgrond_fields[] = {
	FIELD_RANGE(struct duo_verlengingsgrond, code, F_TEXT, REQUIRED, 1, 10, "Code"),
	FIELD_RANGE(struct duo_verlengingsgrond, omschrijving, F_TEXT, REQUIRED, 1, 200,
		"Omschrijving"),
	FIELD_END,
};
RESOURCE(verlengingsgrond, duo_verlengingsgrond, "Een grond voor verlenging");

static const struct field beoordeling_fields[] = {
	FIELD_ENUM(struct duo_beoordeling, oordeel, oordelen, OPTIONAL, "Oordeel van DUO"),
	FIELD(struct duo_beoordeling, reden, F_TEXT, OPTIONAL, "Reden van vrijstelling"),
	FIELD(struct duo_beoordeling, grond, F_TEXT, OPTIONAL, "Grond van ontheffing: BIO of MED"),
	FIELD(struct duo_beoordeling, datum_oordeel, F_DATE, OPTIONAL, "Dag van het oordeel"),
	FIELD(struct duo_beoordeling, startdatum, F_DATE, OPTIONAL, "Eerste dag"),
	FIELD(struct duo_beoordeling, einddatum, F_DATE, OPTIONAL, "Laatste dag"),
	FIELD(struct duo_beoordeling, examenonderdeel, F_TEXT, OPTIONAL, "Onderdeel"),
	FIELD(struct duo_beoordeling, examenniveau, F_TEXT, OPTIONAL, "Niveau"),
	FIELD_RANGE(struct duo_beoordeling, uren_belastbaarheid_participatieactiviteit, F_INT,
		OPTIONAL, 0, 9999, "Hoogste aantal uren participatie"),
	FIELD_END,
};

static const struct field vrijstelling_fields[] = {
	FIELD_AS(struct duo_vrijstelling, geheel, "Gehele_vrijstelling", beoordeling_fields,
		"Hele vrijstelling"),
	FIELD_AS(struct duo_vrijstelling, tijdelijk, "Tijdelijke_vrijstelling", beoordeling_fields,
		"Tijdelijke vrijstelling"),
	FIELD_AS(struct duo_vrijstelling, gedeeltelijk, "Gedeeltelijke_vrijstelling",
		beoordeling_fields, "Vrijstelling van een onderdeel"),
	FIELD_END,
};
RESOURCE(vrijstelling, duo_vrijstelling, "Een beoordeelde vrijstelling");

static const struct field ontheffing_fields[] = {
	FIELD_AS(struct duo_ontheffing, geheel, "Gehele_ontheffing", beoordeling_fields,
		"Hele ontheffing"),
	FIELD_AS(struct duo_ontheffing, gedeeltelijk, "Gedeeltelijke_ontheffing",
		beoordeling_fields, "Ontheffing van een onderdeel"),
	FIELD_END,
};
RESOURCE(ontheffing, duo_ontheffing, "Een beoordeelde ontheffing");

static const struct field pip_fields[] = {
	FIELD(struct duo_pip, dagtekening_pip, F_DATE, REQUIRED, "Dagtekening"),
	FIELD_ENUM(struct duo_pip, leerroute, duo_leerroutes, REQUIRED, "Leerroute"),
	FIELD_ENUM(struct duo_pip, niveau, duo_niveaus, OPTIONAL, "Niveau"),
	FIELD_RANGE(struct duo_pip, geschatte_intensiteit_b1_route, F_INT, OPTIONAL, 1, 9999,
		"Geschatte uren in de B1-route"),
	FIELD(struct duo_pip, indicator_mag_opleiding_afmaken, F_BOOL, OPTIONAL,
		"Of een niet-vrijstellende opleiding mag worden afgemaakt"),
	FIELD_ENUM(struct duo_pip, indicator_alfabetiseringsonderwijs, duo_alfabetiseringen,
		OPTIONAL, "Alfabetisering"),
	FIELD_END,
};
RESOURCE(pip, duo_pip, "Een PIP");

static const struct field pip_van_gemeente_fields[] = {
	FIELD_RANGE(struct duo_pip_van_gemeente, gemeentecode, F_TEXT, REQUIRED, 4, 4,
		"Gemeente van het PIP"),
	FIELD_OBJECT(struct duo_pip_van_gemeente, pip, pip_fields, REQUIRED, "Het huidige PIP"),
	FIELD_END,
};
RESOURCE(pip_van_gemeente, duo_pip_van_gemeente, "Het huidige PIP en van welke gemeente");

static const struct field contactpersoon_gegevens_fields[] = {
	FIELD_RANGE(struct duo_contactpersoon_gegevens, naam, F_TEXT, REQUIRED, 1, 100, "Naam"),
	FIELD_RANGE(
		struct duo_contactpersoon_gegevens, email, F_TEXT, REQUIRED, 1, 241, "E-mailadres"),
	FIELD_RANGE(struct duo_contactpersoon_gegevens, telefoonnummer, F_TEXT, REQUIRED, 3, 22,
		"Telefoonnummer"),
	FIELD_END,
};
RESOURCE(
	contactpersoon_gegevens, duo_contactpersoon_gegevens, "Een contactpersoon van de gemeente");

static const struct field contactpersoon_fields[] = {
	FIELD_RANGE(struct duo_contactpersoon, id, F_INT, OPTIONAL, 1, 99999, "Nummer bij DUO"),
	FIELD_OBJECT(struct duo_contactpersoon, contactpersoongegevens,
		contactpersoon_gegevens_fields, REQUIRED, "De gegevens"),
	FIELD_END,
};
RESOURCE(contactpersoon, duo_contactpersoon, "Een contactpersoon zoals DUO die kent");

static const struct field instelling_fields[] = {
	FIELD_RANGE(struct duo_instelling, instellingsnummer, F_TEXT, REQUIRED, 1, 10, "Nummer"),
	FIELD_RANGE(struct duo_instelling, naam, F_TEXT, REQUIRED, 1, 128, "Naam"),
	FIELD_RANGE(struct duo_instelling, postcode, F_TEXT, OPTIONAL, 6, 6, "Postcode"),
	FIELD_RANGE(struct duo_instelling, huisnummer, F_INT, OPTIONAL, 1, 99999, "Huisnummer"),
	FIELD_RANGE(
		struct duo_instelling, huisnummertoevoeging, F_TEXT, OPTIONAL, 1, 4, "Toevoeging"),
	FIELD_RANGE(struct duo_instelling, plaatsnaam, F_TEXT, OPTIONAL, 1, 40, "Plaats"),
	FIELD(struct duo_instelling, indicatie_bow_keurmerk, F_BOOL, OPTIONAL,
		"Keurmerk Blik op Werk"),
	FIELD(struct duo_instelling, indicatie_tst_keurmerk, F_BOOL, OPTIONAL,
		"Erkend voor het taalschakeltraject"),
	FIELD_END,
};
RESOURCE(instelling, duo_instelling, "Een cursusinstelling die DUO kent");

static const struct field aanbod_fields[] = {
	FIELD(struct duo_aanbod, datum_inburgeringsaanbod, F_DATE, OPTIONAL, "Dag van het aanbod"),
	FIELD(struct duo_aanbod, verwachte_startdatum_opleiding, F_DATE, OPTIONAL,
		"Verwachte start"),
	FIELD(struct duo_aanbod, verwachte_einddatum_opleiding, F_DATE, OPTIONAL, "Verwacht einde"),
	FIELD_ENUM(struct duo_aanbod, indicator_alfabetiseringsonderwijs, duo_alfabetiseringen,
		REQUIRED, "Alfabetisering"),
	FIELD_END,
};
RESOURCE(aanbod, duo_aanbod, "Een inburgeringsaanbod");

static const struct field map_fields[] = {
	FIELD(struct duo_afronding, datum_eindgesprek_map, F_DATE, OPTIONAL,
		"Dag van het eindgesprek"),
	FIELD_ENUM(struct duo_afronding, verwijtbaar, duo_ja_nee, OPTIONAL,
		"Of de overschrijding te verwijten is"),
	FIELD_END,
};
RESOURCE(map, duo_afronding, "Afronding MAP");

static const struct field pvt_fields[] = {
	FIELD(struct duo_afronding, datum_ondertekening_pvt, F_DATE, OPTIONAL,
		"Dag van de ondertekening"),
	FIELD_ENUM(struct duo_afronding, verwijtbaar, duo_ja_nee, OPTIONAL,
		"Of de overschrijding te verwijten is"),
	FIELD_END,
};
RESOURCE(pvt, duo_afronding, "Afronding PVT");

static const struct field zroute_fields[] = {
	FIELD(struct duo_afronding, datum_afronding_zroute, F_DATE, OPTIONAL,
		"Dag van de afronding"),
	FIELD_END,
};
RESOURCE(zroute, duo_afronding, "Afronding Z-route");

static const struct field uren_fields[] = {
	FIELD_RANGE(struct duo_uren, uren, F_INT, REQUIRED, 0, 9999, "Aantal uren"),
	FIELD_END,
};
RESOURCE(uren, duo_uren, "Uren van een soort");

static const struct field uren_opgave_fields[] = {
	FIELD_RANGE(struct duo_uren, uren, F_INT, OPTIONAL, 0, 9999, "Aantal uren"),
	FIELD_END,
};

static const struct field uren_van_gemeente_fields[] = {
	FIELD_RANGE(struct duo_uren_van_gemeente, gemeentecode, F_TEXT, OPTIONAL, 4, 4, "Gemeente"),
	FIELD(struct duo_uren_van_gemeente, bekend_tot, F_DATE, OPTIONAL,
		"Tot welke dag ze bekend zijn"),
	FIELD_AS(struct duo_uren_van_gemeente, participatie_als_taalles, "Participatie_als_taalles",
		uren_opgave_fields, "Participatie als taalles"),
	FIELD_AS(struct duo_uren_van_gemeente, participatieactiviteiten_brede_intake,
		"Participatieactiviteiten_brede_intake", uren_opgave_fields,
		"Participatie in de brede intake"),
	FIELD_AS(struct duo_uren_van_gemeente, taalles_en_knm_brede_intake,
		"Taalles_en_knm_brede_intake", uren_opgave_fields,
		"Taalles en KNM in de brede intake"),
	FIELD_END,
};
RESOURCE(uren_van_gemeente, duo_uren_van_gemeente, "De gevolgde uren bij een gemeente");

static const struct field examen_fields[] = {
	FIELD(struct duo_examen, examendatum, F_DATE, REQUIRED, "Dag van het examen"),
	FIELD_ENUM(struct duo_examen, resultaat, duo_examenresultaten, REQUIRED, "Resultaat"),
	FIELD(struct duo_examen, reden_geen_resultaat, F_TEXT, OPTIONAL,
		"Waarom er geen resultaat is"),
	FIELD_ENUM(struct duo_examen, onderdeel, duo_examenonderdelen, REQUIRED, "Onderdeel"),
	FIELD_ENUM(struct duo_examen, niveau, duo_examenniveaus, OPTIONAL, "Niveau"),
	FIELD_END,
};
RESOURCE(examen, duo_examen, "Een examenresultaat");

static const struct field gratis_poging_fields[] = {
	FIELD_ENUM(
		struct duo_gratis_poging, onderdeel, duo_examenonderdelen, REQUIRED, "Onderdeel"),
	FIELD_RANGE(struct duo_gratis_poging, gratis_pogingen_tegoed, F_INT, REQUIRED, 0, 99,
		"Gratis pogingen die over zijn"),
	FIELD_END,
};
RESOURCE(gratis_poging, duo_gratis_poging, "Gratis pogingen van een onderdeel");

static const struct field boete_fields[] = {
	FIELD_RANGE(struct duo_boete, bedrag, F_CENTS, REQUIRED, 100, 999900, "Bedrag in euro"),
	FIELD(struct duo_boete, datum, F_DATE, REQUIRED, "Dag van de boete"),
	FIELD_END,
};
RESOURCE(boete, duo_boete, "Een boete van DUO");

static const struct field verlenging_fields[] = {
	FIELD_ENUM(struct duo_verlenging, beoordeling_aanvraag, duo_verlenging_oordelen, REQUIRED,
		"Oordeel"),
	FIELD(struct duo_verlenging, datum_beoordeling, F_DATE, OPTIONAL, "Dag van het oordeel"),
	FIELD(struct duo_verlenging, ontvangstdatum, F_DATE, REQUIRED, "Dag van de aanvraag"),
	FIELD_END,
};
RESOURCE(verlenging, duo_verlenging, "Een aanvraag voor verlenging");

static const struct field gebeurtenis_fields[] = {
	FIELD_RANGE(struct duo_gebeurtenis, id, F_TEXT, REQUIRED, 1, 6, "Code"),
	FIELD_RANGE(struct duo_gebeurtenis, omschrijving, F_TEXT, REQUIRED, 1, 200, "Omschrijving"),
	FIELD(struct duo_gebeurtenis, datum, F_DATE, REQUIRED, "Dag"),
	FIELD_END,
};
RESOURCE(gebeurtenis, duo_gebeurtenis, "Een gebeurtenis bij DUO");
