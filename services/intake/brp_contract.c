/* SPDX-License-Identifier: EUPL-1.2 */
#include "brp_contract.h"

static const char *const datum_typen[] = { "Datum", "DatumOnbekend", "JaarDatum", "JaarMaandDatum",
	NULL };
static const char *const verblijfplaats_typen[] = { "Adres", "VerblijfplaatsBuitenland",
	"VerblijfplaatsOnbekend", "Locatie", NULL };

#define RESOURCE(name_, doc_)                                                                      \
	const struct resource brp_##name_##_resource = { "Brp_" #name_,                            \
		sizeof(struct brp_##name_), name_##_fields, doc_ }
#define IN_ONDERZOEK(st)                                                                           \
	FIELD(st, in_onderzoek, F_JSON, OPTIONAL, "Wat de gemeente van de persoon nu onderzoekt")

static const struct field datum_fields[] = {
	FIELD_ENUM(struct brp_datum, type, datum_typen, REQUIRED, "Hoe volledig de datum is"),
	FIELD_RANGE(struct brp_datum, datum, F_TEXT, OPTIONAL, 10, 10, "De dag"),
	FIELD_RANGE(struct brp_datum, jaar, F_INT, OPTIONAL, 1, 9999, "Het jaar"),
	FIELD_RANGE(struct brp_datum, maand, F_INT, OPTIONAL, 1, 12, "De maand"),
	FIELD_END,
};

static const struct field waarde_fields[] = {
	FIELD(struct brp_waarde, code, F_TEXT, OPTIONAL, "Code uit een tabel van de BRP"),
	FIELD(struct brp_waarde, omschrijving, F_TEXT, OPTIONAL, "Wat de code betekent"),
	FIELD_END,
};

static const struct field naam_fields[] = {
	FIELD(struct brp_naam, voornamen, F_TEXT, OPTIONAL, "Voornamen"),
	FIELD(struct brp_naam, voorvoegsel, F_TEXT, OPTIONAL, "Voorvoegsel"),
	FIELD(struct brp_naam, geslachtsnaam, F_TEXT, OPTIONAL, "Geslachtsnaam"),
	IN_ONDERZOEK(struct brp_naam),
	FIELD_END,
};

static const struct field geboorte_fields[] = {
	FIELD_OBJECT(
		struct brp_geboorte, datum, datum_fields, OPTIONAL, "Datum, misschien onvolledig"),
	IN_ONDERZOEK(struct brp_geboorte),
	FIELD_END,
};

static const struct field datum_van_fields[] = {
	FIELD_OBJECT(
		struct brp_datum_van, datum, datum_fields, OPTIONAL, "Datum, misschien onvolledig"),
	FIELD_END,
};

static const struct field opschorting_fields[] = {
	FIELD_OBJECT(struct brp_opschorting, reden, waarde_fields, OPTIONAL, "Waarom"),
	FIELD_END,
};

static const struct field verblijfplaats_fields[] = {
	FIELD_ENUM(struct brp_verblijfplaats, type, verblijfplaats_typen, REQUIRED,
		"Wat voor verblijfplaats"),
	FIELD_OBJECT(struct brp_verblijfplaats, datum_van, datum_fields, OPTIONAL, "Sinds"),
	IN_ONDERZOEK(struct brp_verblijfplaats),
	FIELD_END,
};

static const struct field aanschrijfwijze_fields[] = {
	FIELD_RANGE(struct brp_aanschrijfwijze, naam, F_TEXT, OPTIONAL, 1, 650, "Naam op de brief"),
	FIELD_END,
};

static const struct field adressering_fields[] = {
	FIELD(struct brp_adressering, adresregel1, F_TEXT, OPTIONAL, "Straat en huisnummer"),
	FIELD(struct brp_adressering, adresregel2, F_TEXT, OPTIONAL, "Postcode en woonplaats"),
	FIELD(struct brp_adressering, adresregel3, F_TEXT, OPTIONAL, "Gebied in het buitenland"),
	FIELD_RANGE(struct brp_adressering, aanhef, F_TEXT, OPTIONAL, 1, 650, "Aanhef"),
	FIELD_OBJECT(struct brp_adressering, land, waarde_fields, OPTIONAL, "Land"),
	FIELD_OBJECT(struct brp_adressering, aanschrijfwijze, aanschrijfwijze_fields, OPTIONAL,
		"Hoe de persoon heet op een brief"),
	FIELD(struct brp_adressering, indicatie_vastgesteld_verblijft_niet_op_adres, F_BOOL,
		OPTIONAL, "Woont er niet meer"),
	IN_ONDERZOEK(struct brp_adressering),
	FIELD_END,
};

static const struct field verblijfstitel_fields[] = {
	FIELD_OBJECT(
		struct brp_verblijfstitel, aanduiding, waarde_fields, OPTIONAL, "Verblijfstitel"),
	FIELD_OBJECT(struct brp_verblijfstitel, datum_ingang, datum_fields, OPTIONAL, "Vanaf"),
	FIELD_OBJECT(struct brp_verblijfstitel, datum_einde, datum_fields, OPTIONAL, "Tot"),
	IN_ONDERZOEK(struct brp_verblijfstitel),
	FIELD_END,
};

static const struct field gerelateerde_fields[] = {
	FIELD_RANGE(struct brp_gerelateerde, burgerservicenummer, F_TEXT, OPTIONAL, 9, 9, "BSN"),
	FIELD_RANGE(struct brp_gerelateerde, ouder_aanduiding, F_TEXT, OPTIONAL, 1, 1,
		"Eerste of tweede ouder"),
	FIELD_OBJECT(struct brp_gerelateerde, naam, naam_fields, OPTIONAL, "Naam"),
	FIELD_OBJECT(struct brp_gerelateerde, geboorte, geboorte_fields, OPTIONAL, "Geboorte"),
	FIELD_OBJECT(struct brp_gerelateerde, soort_verbintenis, waarde_fields, OPTIONAL,
		"Huwelijk of partnerschap"),
	FIELD_OBJECT(struct brp_gerelateerde, aangaan_huwelijk_partnerschap, datum_van_fields,
		OPTIONAL, "Sinds"),
	FIELD_OBJECT(struct brp_gerelateerde, ontbinding_huwelijk_partnerschap, datum_van_fields,
		OPTIONAL, "Tot"),
	FIELD_END,
};

static const struct field persoon_fields[] = {
	FIELD_RANGE(struct brp_persoon, burgerservicenummer, F_TEXT, REQUIRED, 9, 9, "BSN"),
	FIELD(struct brp_persoon, geheimhouding_persoonsgegevens, F_BOOL, OPTIONAL,
		"Niet aan derden geven"),
	FIELD_OBJECT(struct brp_persoon, opschorting_bijhouding, opschorting_fields, OPTIONAL,
		"De BRP houdt de gegevens niet meer bij"),
	FIELD_OBJECT(struct brp_persoon, naam, naam_fields, OPTIONAL, "Naam"),
	FIELD_OBJECT(struct brp_persoon, geboorte, geboorte_fields, OPTIONAL, "Geboorte"),
	FIELD_OBJECT(struct brp_persoon, overlijden, datum_van_fields, OPTIONAL, "Overlijden"),
	FIELD_OBJECT(struct brp_persoon, gemeente_van_inschrijving, waarde_fields, OPTIONAL,
		"Gemeente waar de persoon staat ingeschreven"),
	FIELD_OBJECT(struct brp_persoon, datum_inschrijving_in_gemeente, datum_fields, OPTIONAL,
		"Sinds wanneer"),
	FIELD_OBJECT(struct brp_persoon, verblijfplaats, verblijfplaats_fields, OPTIONAL,
		"Waar de persoon woont"),
	FIELD_OBJECT(
		struct brp_persoon, adressering, adressering_fields, OPTIONAL, "Voor op een brief"),
	FIELD_OBJECT(struct brp_persoon, verblijfstitel, verblijfstitel_fields, OPTIONAL,
		"Met welk recht de persoon hier is"),
	FIELD_LIST(struct brp_persoon, partners, struct brp_gerelateerde, gerelateerde_fields,
		OPTIONAL, "Partners"),
	FIELD_LIST(struct brp_persoon, kinderen, struct brp_gerelateerde, gerelateerde_fields,
		OPTIONAL, "Kinderen"),
	FIELD_LIST(struct brp_persoon, ouders, struct brp_gerelateerde, gerelateerde_fields,
		OPTIONAL, "Ouders"),
	FIELD_END,
};

static const struct field antwoord_fields[] = {
	FIELD(struct brp_antwoord, type, F_TEXT, REQUIRED, "Soort vraag"),
	FIELD_LIST(struct brp_antwoord, personen, struct brp_persoon, persoon_fields, OPTIONAL,
		"Wie de BRP kent"),
	FIELD_END,
};
RESOURCE(antwoord, "Antwoord van de BRP");

static const struct field text_item[] = { FIELD_PLAIN(F_TEXT, NULL), FIELD_END };

static const struct field vraag_fields[] = {
	FIELD(struct brp_vraag, type, F_TEXT, REQUIRED, "Soort vraag"),
	FIELD_LIST(struct brp_vraag, burgerservicenummer, const char *, text_item, REQUIRED,
		"Over wie"),
	FIELD_LIST(struct brp_vraag, fields, const char *, text_item, REQUIRED, "Welke gegevens"),
	FIELD_END,
};
RESOURCE(vraag, "Vraag aan de BRP");
