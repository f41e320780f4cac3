/* SPDX-License-Identifier: EUPL-1.2
 *
 * Extension of the inburgeringstermijn: Wi art. 12; Bi art. 4.3-4.5; Ri art. 4.1 and 4.2. DUO
 * decides, never the college: this is advice on whether a request stands a chance, how long the
 * extension would be and which facts are missing.
 *
 * A circumstance that still goes on (no `einde`) lasts at least until `vandaag`: when that is
 * enough the request stands a chance, its length is not known yet. Whoever names a ground states
 * what it is about; only facts that contradict it are asked.
 *
 * Where the law is open: verlenging-… in common/law/readings.def. At considerable effort the caller
 * counts the exempted parts of the exam as passed.
 */
#ifndef LAW_EXTENSION_H
#define LAW_EXTENSION_H

#include <stddef.h>
#include "law/basis.h"

enum verlenging_grond {
	GROND_A = 1, /* illness */
	GROND_B, /* death */
	GROND_C, /* childbirth */
	GROND_D, /* women's refuge */
	GROND_E, /* learning to read and write */
	GROND_F, /* homelessness */
	GROND_G, /* no offer */
	GROND_H, /* the provider */
	GROND_I, /* other, not to blame */
	GROND_J, /* a combination */
	GROND_NIET_VRIJSTELLEND,
	GROND_INSPANNING,
};
extern const char *const verlenging_grond_values[];
extern const char *const omstandigheid_values[]; /* a … i: what may be combined */

enum betrokkene {
	BETROKKENE_ZELF = 1,
	BETROKKENE_PARTNER,
	BETROKKENE_EERSTE_GRAAD,
	BETROKKENE_ANDER
};
extern const char *const betrokkene_values[];

enum zonder_start { ZONDER_START_DAGEN = 1, ZONDER_START_ZES_MAANDEN };
extern const char *const zonder_start_values[];

/* One circumstance, [begin, einde). Of ground g: dagtekening of the PIP, day of the offer (in the
 * onderwijsroute of the start). */
struct verlenging_omstandigheid {
	int grond; /* GROND_A … GROND_I */
	struct date begin, einde; /* may be DATE_NONE */
};

struct verlenging_facts {
	int grond; /* enum verlenging_grond */
	struct date begin, einde; /* as in struct verlenging_omstandigheid */
	int leerroute; /* 0: unknown */
	int betrokkene; /* grounds a and b: who was ill or died; 0: not asked */
	int verwijtbaar; /* JA: to blame for the circumstance */
	const struct verlenging_omstandigheid *gronden; /* ground j, in any order */
	size_t grond_count;
	/* considerable effort */
	int doelgroep;
	int alle_lessen_gevolgd; /* asielstatushouder: but for excused absence */
	long long gevolgde_uren; /* gezinsmigrant, LAW_NONE */
	long long taalonderdelen_behaald; /* 0-4 at the level of the PIP, LAW_NONE */
	int knm_behaald, pvt_afgerond, map_afgerond;
	/* the request */
	struct date datum_aanvraag, einde_termijn; /* may be DATE_NONE: not asked */
	struct date vandaag; /* may be DATE_NONE */
	int onderwijsroute_zonder_start; /* policy; 0 is dagen-na-zes-maanden */
};

#define ONTBREEKT_MAX 8

struct verlenging_advies {
	int kansrijk;
	long long maanden, dagen; /* at most one of them; LAW_NONE */
	int verklaring_college_nodig;
	const char *ontbreekt[ONTBREEKT_MAX]; /* JSON names of the facts that are missing */
	int ontbreekt_count;
	struct basis basis;
};

void verlenging_advies(const struct verlenging_facts *f, struct verlenging_advies *out);

#endif
