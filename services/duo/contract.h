/* SPDX-License-Identifier: EUPL-1.2
 *
 * What DUO's interface sends and takes, as structs and field tables (source: DUO's machine
 * interface for gemeenten). Only members that we use or keep; unknown members of an answer are
 * passed over.
 */
#ifndef DUO_CONTRACT_H
#define DUO_CONTRACT_H

#include "app/field.h"

/* ---- answers ---- */

struct duo_plicht {
	int indicator_inburgeringsplicht;
	struct date begindatum, einddatum; /* both inclusive */
	struct date wijzigingsdatum, datum_kennisgeving_inburgeringsplicht;
	const char *reden_geen_inburgeringsplicht;
};

enum duo_indeling { INDELING_ASIEL = 1, INDELING_GEZIN };
extern const char *const duo_indelingen[];

struct duo_doelgroep {
	int indeling; /* enum duo_indeling */
	struct date begindatum, einddatum; /* inclusive; einddatum in the history only */
	const char *gedetailleerde_doelgroep, *asielrechten_wijziging_verblijfsdoel;
};

struct duo_examennummer {
	const char *examennummer;
};

extern const char *const duo_lbt_resultaten[]; /* order of enum lbt_uitslag */

struct duo_lbt {
	int resultaat;
	const char *behaalde_score, *benodigde_score; /* decimal comma: 28,00 */
	struct date datum_afname;
};

struct duo_termijn {
	struct date startdatum,
		einddatum; /* einddatum is exclusive; no startdatum in the history */
	struct date wijzigingsdatum;
	const char *verlengingsgrondcode, *verlengingsgrondomschrijving;
};

struct duo_verlengingsgrond {
	const char *code, *omschrijving;
};

enum duo_oordeel { TOEKENNING = 1, AFWIJZING };

struct duo_beoordeling { /* of an exemption or dispensation */
	int oordeel; /* enum duo_oordeel */
	const char *reden, *grond;
	struct date datum_oordeel, startdatum, einddatum;
	const char *examenonderdeel, *examenniveau;
	int64_t uren_belastbaarheid_participatieactiviteit;
};

struct duo_vrijstelling {
	struct duo_beoordeling geheel, tijdelijk, gedeeltelijk; /* oordeel 0: not this kind */
};

struct duo_ontheffing {
	struct duo_beoordeling geheel, gedeeltelijk;
};

extern const char *const duo_leerroutes[], *const duo_niveaus[], *const duo_alfabetiseringen[];

struct duo_pip {
	struct date dagtekening_pip;
	int leerroute, niveau, indicator_mag_opleiding_afmaken, indicator_alfabetiseringsonderwijs;
	int64_t geschatte_intensiteit_b1_route;
};

struct duo_pip_van_gemeente {
	const char *gemeentecode;
	struct duo_pip pip;
};

struct duo_contactpersoon_gegevens {
	const char *naam, *email, *telefoonnummer;
};

struct duo_contactpersoon {
	int64_t id;
	struct duo_contactpersoon_gegevens contactpersoongegevens;
};

struct duo_instelling {
	const char *instellingsnummer, *naam, *postcode, *huisnummertoevoeging, *plaatsnaam;
	int64_t huisnummer;
	int indicatie_bow_keurmerk, indicatie_tst_keurmerk;
};

struct duo_aanbod {
	struct date datum_inburgeringsaanbod, verwachte_startdatum_opleiding,
		verwachte_einddatum_opleiding;
	int indicator_alfabetiseringsonderwijs;
};

extern const char *const duo_ja_nee[];

struct duo_afronding { /* MAP, PVT or Z-route: one date; none withdraws it */
	struct date datum_eindgesprek_map, datum_ondertekening_pvt, datum_afronding_zroute;
	int verwijtbaar;
};

struct duo_uren {
	int64_t uren;
};

struct duo_uren_van_gemeente {
	const char *gemeentecode;
	struct date bekend_tot;
	struct duo_uren participatie_als_taalles, participatieactiviteiten_brede_intake,
		taalles_en_knm_brede_intake;
};

extern const char *const duo_examenonderdelen[], *const duo_examenniveaus[],
							 *const duo_examenresultaten[];

struct duo_examen {
	struct date examendatum;
	int resultaat, onderdeel, niveau;
	const char *reden_geen_resultaat;
};

struct duo_gratis_poging {
	int onderdeel;
	int64_t gratis_pogingen_tegoed;
};

struct duo_boete {
	int64_t bedrag; /* cents */
	struct date datum;
};

enum duo_verlenging_oordeel {
	VERLENGING_TOEGEKEND = 1,
	VERLENGING_AFGEWEZEN,
	VERLENGING_IN_BEHANDELING
};
extern const char *const duo_verlenging_oordelen[];

struct duo_verlenging {
	int beoordeling_aanvraag;
	struct date datum_beoordeling, ontvangstdatum;
};

struct duo_gebeurtenis {
	const char *id, *omschrijving;
	struct date datum;
};

extern const struct resource duo_plicht_resource, duo_doelgroep_resource, duo_examennummer_resource,
	duo_lbt_resource, duo_termijn_resource, duo_verlengingsgrond_resource,
	duo_vrijstelling_resource, duo_ontheffing_resource, duo_pip_resource,
	duo_pip_van_gemeente_resource, duo_contactpersoon_gegevens_resource,
	duo_contactpersoon_resource, duo_instelling_resource, duo_aanbod_resource, duo_map_resource,
	duo_pvt_resource, duo_zroute_resource, duo_uren_resource, duo_uren_van_gemeente_resource,
	duo_examen_resource, duo_gratis_poging_resource, duo_boete_resource,
	duo_verlenging_resource, duo_gebeurtenis_resource;

#endif
