/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/extension.h"

#include "tables.h"

/* ---- verlenging ---- */

static const struct field omstandigheid_fields[] = {
	FIELD_ENUM(struct verlenging_omstandigheid, grond, omstandigheid_values, REQUIRED, "Grond"),
	FIELD(struct verlenging_omstandigheid, begin, F_DATE, OPTIONAL, "Eerste dag"),
	FIELD(struct verlenging_omstandigheid, einde, F_DATE, OPTIONAL, "Dag na de laatste dag"),
	FIELD_END,
};

static const struct field feiten_fields[] = {
	AT_ENUM(struct verlenging_vraag, facts.betrokkene, "betrokkene", betrokkene_values,
		OPTIONAL, "Wie ziek was of overleed: bij grond a en b"),
	AT(struct verlenging_vraag, facts.verwijtbaar, "verwijtbaar", F_BOOL, OPTIONAL,
		"Is de omstandigheid de persoon te verwijten?"),
	FIELD_LIST(struct verlenging_vraag, gronden, struct verlenging_omstandigheid,
		omstandigheid_fields, OPTIONAL, "De omstandigheden samen: bij grond j"),
	AT_ENUM(struct verlenging_vraag, facts.doelgroep, "doelgroep", doelgroep_values, OPTIONAL,
		"Doelgroep: bij aanzienlijke inspanning"),
	AT(struct verlenging_vraag, facts.alle_lessen_gevolgd, "alle_lessen_gevolgd", F_BOOL,
		OPTIONAL,
		"Zijn alle lessen gevolgd, op geoorloofd verzuim na? Bij een asielstatushouder"),
	AT_UNIT(struct verlenging_vraag, facts.gevolgde_uren, "gevolgde_uren", "uur", OPTIONAL, 0,
		HOURS_MAX, "Gevolgde uren taalles en KNM: bij een gezinsmigrant"),
	AT_RANGE(struct verlenging_vraag, facts.taalonderdelen_behaald, "taalonderdelen_behaald",
		F_INT, OPTIONAL, 0, 4, "Behaalde taalonderdelen van het examen"),
	AT(struct verlenging_vraag, facts.knm_behaald, "knm_behaald", F_BOOL, OPTIONAL,
		"Is KNM behaald?"),
	AT(struct verlenging_vraag, facts.pvt_afgerond, "pvt_afgerond", F_BOOL, OPTIONAL,
		"Is het PVT klaar?"),
	AT(struct verlenging_vraag, facts.map_afgerond, "map_afgerond", F_BOOL, OPTIONAL,
		"Is de MAP klaar?"),
	AT(struct verlenging_vraag, facts.datum_aanvraag, "datum_aanvraag", F_DATE, OPTIONAL,
		"Dag van de aanvraag"),
	AT(struct verlenging_vraag, facts.einde_termijn, "einde_termijn", F_DATE, OPTIONAL,
		"Dag na de laatste dag van de inburgeringstermijn"),
	AT(struct verlenging_vraag, facts.vandaag, "vandaag", F_DATE, OPTIONAL,
		"Tot welke dag de feiten bekend zijn"),
	FIELD_END,
};

static const struct field beleid_fields[] = {
	AT_ENUM(struct verlenging_vraag, facts.onderwijsroute_zonder_start,
		"onderwijsroute_zonder_start", zonder_start_values, OPTIONAL,
		"Grond g in de onderwijsroute; zonder: dagen-na-zes-maanden"),
	FIELD_END,
};

static const struct field verlenging_in[] = {
	AT_ENUM(struct verlenging_io, in.facts.grond, "grond", verlenging_grond_values, REQUIRED,
		"Grond van de verlenging"),
	AT(struct verlenging_io, in.facts.begin, "begin", F_DATE, OPTIONAL,
		"Eerste dag van de omstandigheid; grond g: dagtekening van het PIP"),
	AT(struct verlenging_io, in.facts.einde, "einde", F_DATE, OPTIONAL,
		"Dag na de laatste dag; grond g: dag van het aanbod of de start"),
	AT_ENUM(struct verlenging_io, in.facts.leerroute, "leerroute", leerroute_values, OPTIONAL,
		"Leerroute"),
	AT_OBJECT(struct verlenging_io, in, "feiten", feiten_fields, OPTIONAL,
		"Feiten die de grond vraagt"),
	AT_OBJECT(struct verlenging_io, in, "beleid", beleid_fields, OPTIONAL,
		"Keuze waar de wet ruimte laat"),
	FIELD_END,
};

static const struct field verlenging_out[] = {
	AT(struct verlenging_io, out.kansrijk, "kansrijk", F_BOOL, REQUIRED,
		"Maakt een aanvraag kans?"),
	AT_UNIT(struct verlenging_io, out.maanden, "maanden", "maanden", OPTIONAL, 0, 0,
		"Verlenging in maanden"),
	AT_UNIT(struct verlenging_io, out.dagen, "dagen", "dagen", OPTIONAL, 0, 0,
		"Verlenging in dagen"),
	AT(struct verlenging_io, out.verklaring_college_nodig, "verklaring_college_nodig", F_BOOL,
		REQUIRED, "Is een verklaring van het college nodig?"),
	FIELD_LIST(struct verlenging_io, ontbreekt, const char *, rule_text_item, REQUIRED,
		"Gegevens die ontbreken"),
	ANSWER(struct verlenging_io),
	FIELD_END,
};

static bool is_reversed(struct date begin, struct date end)
{
	return date_is_set(begin) && date_is_set(end) && date_compare(end, begin) < 0;
}

static bool check_verlenging(const void *p, const char **field, const char **reason)
{
	const struct verlenging_vraag *in = &((const struct verlenging_io *)p)->in;
	const struct verlenging_omstandigheid *gronden = in->gronden.items;

	*field = "einde";
	*reason = "Het einde ligt voor het begin";
	if (is_reversed(in->facts.begin, in->facts.einde))
		return false;
	*field = "feiten.gronden";
	for (size_t i = 0; i < in->gronden.count; i++)
		if (is_reversed(gronden[i].begin, gronden[i].einde))
			return false;
	return true;
}

/* The last day known of is that of the decision, unless the facts say another. */
static void decide_verlenging(struct arena *a, void *p)
{
	struct verlenging_io *io = p;
	struct verlenging_facts facts = io->in.facts;

	(void)a;
	facts.gronden = io->in.gronden.items;
	facts.grond_count = io->in.gronden.count;
	if (!date_is_set(facts.vandaag))
		facts.vandaag = io->base.peildatum;
	verlenging_advies(&facts, &io->out);
	io->ontbreekt = (struct list){ io->out.ontbreekt, (size_t)io->out.ontbreekt_count };
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_verlenging = {
	.name = "verlenging",
	.version = 1,
	.articles = "Wi art. 12; Bi art. 4.3-4.5; Ri art. 4.1 en 4.2",
	.doc = "Maakt verlenging van de termijn kans? DUO beslist",
	.in = verlenging_in,
	.out = verlenging_out,
	.size = sizeof(struct verlenging_io),
	.decide = decide_verlenging,
	.check = check_verlenging,
};
