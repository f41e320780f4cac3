/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/source.h"

#include <stddef.h>

const struct law_text law_texts[] = {
	{ "Wi", "Wet inburgering 2021" },
	{ "Bi", "Besluit inburgering 2021" },
	{ "Ri", "Regeling inburgering 2021" },
	{ "Awb", "Algemene wet bestuursrecht" },
	{ "Atw", "Algemene termijnenwet" },
	{ "Pw", "Participatiewet" },
	{ NULL, NULL },
};

const struct law_mark law_marks[] = {
	{ 'P', "gelezen in de tekst van de wet zelf" },
	{ 'S', "uit een andere bron dan de wet zelf, zoals een uitspraak of een toelichting" },
	{ 'M', "uit het hoofd opgeschreven en nog niet nagelezen" },
	{ 'D', "afgeleid: een berekening of een uitleg van de tekst" },
	{ 0, NULL },
};
