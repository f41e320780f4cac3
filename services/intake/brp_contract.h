/* SPDX-License-Identifier: EUPL-1.2
 *
 * What "BRP Personen bevragen" (version 2) answers to a question by burgerservicenummer, as structs
 * and field tables. Only members that we ask for or that come by themselves; others are passed
 * over.
 */
#ifndef INTAKE_BRP_CONTRACT_H
#define INTAKE_BRP_CONTRACT_H

#include "app/field.h"

#define BRP_VRAAG_TYPE "RaadpleegMetBurgerservicenummer"
#define BRP_PERSONEN_MAX 20 /* numbers in one question */

enum brp_datum_type { BRP_DATUM = 1, BRP_DATUM_ONBEKEND, BRP_JAAR, BRP_JAAR_MAAND };

/* The BRP's words for it (langFormaat) are not used: ours come from the date. */
struct brp_datum {
	int type; /* enum brp_datum_type; 0: none */
	const char *datum;
	int64_t jaar, maand;
};

struct brp_waarde {
	const char *code, *omschrijving;
};

struct brp_naam {
	const char *voornamen, *voorvoegsel, *geslachtsnaam;
	json_t *in_onderzoek;
};

struct brp_geboorte {
	struct brp_datum datum;
	json_t *in_onderzoek;
};

struct brp_datum_van { /* overlijden, a marriage or its end */
	struct brp_datum datum;
};

struct brp_opschorting {
	struct brp_waarde reden;
};

enum brp_verblijfplaats_type { BRP_ADRES = 1, BRP_BUITENLAND, BRP_VERBLIJF_ONBEKEND, BRP_LOCATIE };

struct brp_verblijfplaats {
	int type; /* enum brp_verblijfplaats_type */
	struct brp_datum datum_van;
	json_t *in_onderzoek;
};

struct brp_aanschrijfwijze {
	const char *naam;
};

struct brp_adressering {
	const char *adresregel1, *adresregel2, *adresregel3, *aanhef;
	struct brp_waarde land;
	struct brp_aanschrijfwijze aanschrijfwijze;
	int indicatie_vastgesteld_verblijft_niet_op_adres;
	json_t *in_onderzoek;
};

struct brp_verblijfstitel {
	struct brp_waarde aanduiding;
	struct brp_datum datum_ingang, datum_einde;
	json_t *in_onderzoek;
};

struct brp_gerelateerde { /* a partner, child or parent */
	const char *burgerservicenummer, *ouder_aanduiding;
	struct brp_naam naam;
	struct brp_geboorte geboorte;
	struct brp_waarde soort_verbintenis;
	struct brp_datum_van aangaan_huwelijk_partnerschap, ontbinding_huwelijk_partnerschap;
};

struct brp_persoon {
	const char *burgerservicenummer;
	int geheimhouding_persoonsgegevens;
	struct brp_opschorting opschorting_bijhouding;
	struct brp_naam naam;
	struct brp_geboorte geboorte;
	struct brp_datum_van overlijden;
	struct brp_waarde gemeente_van_inschrijving;
	struct brp_datum datum_inschrijving_in_gemeente;
	struct brp_verblijfplaats verblijfplaats;
	struct brp_adressering adressering;
	struct brp_verblijfstitel verblijfstitel;
	struct list partners, kinderen, ouders; /* struct brp_gerelateerde */
};

struct brp_antwoord {
	const char *type;
	struct list personen; /* struct brp_persoon */
};

/* What we send. */
struct brp_vraag {
	const char *type;
	struct list burgerservicenummer, fields; /* const char * */
};

extern const struct resource brp_antwoord_resource, brp_vraag_resource;

#endif
