/* SPDX-License-Identifier: EUPL-1.2 */
#include "rules/intake.h"

#include "tables.h"

/* ---- intake-stap ---- */

static const struct field intake_oproep_fields[] = {
	FIELD(struct intake_oproep, datum, F_DATE, REQUIRED, "Dag van de oproep"),
	FIELD(struct intake_oproep, termijn, F_DATE, REQUIRED, "Laatste dag om te verschijnen"),
	FIELD_ENUM(struct intake_oproep, uitkomst, oproep_uitkomst_values, REQUIRED, "Uitkomst"),
	FIELD(struct intake_oproep, verwijtbaar, F_BOOL, OPTIONAL, "Te verwijten? Zonder: nee"),
	FIELD_END,
};

static const struct field intake_boete_fields[] = {
	{ .name = "artikel",
		.offset = offsetof(struct intake_boete, artikel),
		.type = F_ENUM,
		.need = REQUIRED,
		.values = boete_22_artikel_values,
		.read_enum = boete_22_artikel_read,
		.doc = "Artikel en lid" },
	FIELD(struct intake_boete, datum, F_DATE, REQUIRED, "Dag van het besluit"),
	FIELD_END,
};

static const struct field intake_stap_in[] = {
	FIELD_LIST(struct intake_stap_io, oproepen, struct intake_oproep, intake_oproep_fields,
		REQUIRED, "De oproepen: in volgorde"),
	AT(struct intake_stap_io, in.waarschuwing_op, "waarschuwing_op", F_DATE, OPTIONAL,
		"Dag van de schriftelijke waarschuwing"),
	FIELD_LIST(struct intake_stap_io, boetes, struct intake_boete, intake_boete_fields,
		OPTIONAL, "Boetes van artikel 22: in volgorde"),
	AT(struct intake_stap_io, in.vandaag, "vandaag", F_DATE, REQUIRED, "De dag van vandaag"),
	FIELD_END,
};

static const struct field intake_stap_out[] = {
	AT_ENUM(struct intake_stap_io, out.volgende, "volgende", intake_volgende_values, REQUIRED,
		"De volgende stap"),
	AT(struct intake_stap_io, out.bedrag, "bedrag", F_CENTS, OPTIONAL, "Bedrag van de boete"),
	AT(struct intake_stap_io, out.nieuwe_termijn_uiterlijk, "nieuwe_termijn_uiterlijk", F_DATE,
		OPTIONAL, "Uiterste dag van de nieuwe termijn"),
	ANSWER(struct intake_stap_io),
	FIELD_END,
};

static void decide_intake_stap(struct arena *a, void *p)
{
	struct intake_stap_io *io = p;

	(void)a;
	io->in.oproepen = io->oproepen.items;
	io->in.oproep_count = io->oproepen.count;
	io->in.boetes = io->boetes.items;
	io->in.boete_count = io->boetes.count;
	intake_stap(&io->in, &io->out);
	rule_explain(&io->base, &io->out.basis);
}

const struct rule rule_intake_stap = {
	.name = "intake-stap",
	.version = 1,
	.articles = "Wi art. 14 en 22; Bi art. 7.1 lid 1",
	.doc = "De volgende stap na de oproepen tot nu toe",
	.in = intake_stap_in,
	.out = intake_stap_out,
	.size = sizeof(struct intake_stap_io),
	.decide = decide_intake_stap,
};
