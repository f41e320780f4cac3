/* SPDX-License-Identifier: EUPL-1.2 */
#include "store.h"

#include "app/http.h"
#include "council_queries.h"

static const char *const statussen[] = { "concept", "vastgesteld", NULL };
static const char *const bronnen[] = { "gemeente", "standaard", NULL };

static const struct field beleidsdocument_fields[] = {
	FIELD(struct beleidsdocument, id, F_UUID, READONLY, "Aanduiding van het document"),
	FIELD_RANGE(struct beleidsdocument, gemeente, F_TEXT, OPTIONAL, 4, 4,
		"Gemeentecode; zonder: de enige gemeente van de sessie"),
	FIELD(struct beleidsdocument, nummer, F_INT, READONLY,
		"Eerste, tweede … document van de gemeente"),
	FIELD_ENUM(struct beleidsdocument, status, statussen, READONLY, "concept of vastgesteld"),
	FIELD(struct beleidsdocument, geldig_van, F_DATE, READONLY, "Eerste dag"),
	FIELD(struct beleidsdocument, geldig_tot, F_DATE, READONLY,
		"Laatste dag; een later document kan die vervroegen"),
	FIELD(struct beleidsdocument, vastgesteld_op, F_DATE, READONLY,
		"Dag waarop het college het beleid vaststelde"),
	FIELD(struct beleidsdocument, vastgesteld_door, F_UUID, READONLY,
		"Medewerker die de vaststelling vastlegde"),
	FIELD(struct beleidsdocument, vastgesteld_door_naam, F_TEXT, READONLY, "Naam daarvan"),
	FIELD_OBJECT(struct beleidsdocument, document, beleid_fields, REQUIRED, "Het beleid"),
	FIELD(struct beleidsdocument, versie, F_INT, READONLY, "Versie"),
	FIELD_END,
};
const struct resource beleidsdocument_resource = { "Beleidsdocument",
	sizeof(struct beleidsdocument), beleidsdocument_fields, "Beleid van een gemeente" };

static const struct field vaststelling_fields[] = {
	FIELD(struct vaststelling, vastgesteld_op, F_DATE, REQUIRED,
		"Dag waarop het college het beleid vaststelde"),
	FIELD_END,
};
const struct resource vaststelling_resource = { "Vaststelling", sizeof(struct vaststelling),
	vaststelling_fields, "Vaststelling van beleid" };

const struct resource toets_resource = { "Beleidstoets", sizeof(struct beleid_io),
	beleid_toets_fields, "Wat de wet van een beleidsdocument vindt" };

static const struct field geldend_fields[] = {
	FIELD_ENUM(struct geldend, bron, bronnen, READONLY,
		"gemeente, of standaard als de gemeente voor die dag niets heeft vastgesteld"),
	FIELD(struct geldend, gemeente, F_TEXT, READONLY, "Gemeentecode"),
	FIELD(struct geldend, datum, F_DATE, READONLY, "De dag waarop dit geldt"),
	FIELD(struct geldend, document_id, F_UUID, READONLY, "Het document"),
	FIELD(struct geldend, nummer, F_INT, READONLY, "Nummer van het document"),
	FIELD(struct geldend, geldig_van, F_DATE, READONLY, "Eerste dag"),
	FIELD(struct geldend, geldig_tot, F_DATE, READONLY, "Laatste dag"),
	FIELD_OBJECT(struct geldend, beleid, beleid_fields, READONLY, "Het beleid, volledig"),
	FIELD_END,
};
const struct resource geldend_resource = { "GeldendBeleid", sizeof(struct geldend), geldend_fields,
	"Het beleid dat op een dag geldt" };

static const struct field geldend_vraag_fields[] = {
	FIELD(struct geldend_vraag, datum, F_DATE, OPTIONAL, "De dag; zonder: vandaag"),
	FIELD_RANGE(struct geldend_vraag, gemeente, F_TEXT, OPTIONAL, 4, 4,
		"Gemeentecode; zonder: de enige gemeente van de sessie"),
	FIELD_END,
};
const struct resource geldend_vraag_resource = { "GeldendVraag", sizeof(struct geldend_vraag),
	geldend_vraag_fields, "Welke dag, welke gemeente" };

enum status store_document_toevoegen(struct req *req, const struct beleidsdocument *in,
	const char *gemeente, struct beleidsdocument *out)
{
	const char *id = req_uuid(req);
	struct batch b;
	int op;

	batch_init(&b, req);
	batch_creates(&b, id);
	op = batch_add(&b, Q_DOCUMENT_TOEVOEGEN, beleidsdocument_fields, in);
	batch_bind(&b, op, "document_id", id);
	batch_bind(&b, op, "voor_gemeente", gemeente);
	TRY(batch_run(&b));
	return batch_one(&b, op, &beleidsdocument_resource, out);
}

enum status store_document_wijzigen(
	struct req *req, const struct beleidsdocument *in, struct beleidsdocument *out)
{
	struct batch b;
	int change, exists;

	batch_init(&b, req);
	change = batch_add(&b, Q_DOCUMENT_WIJZIGEN, beleidsdocument_fields, in);
	batch_bind(&b, change, "id", req->param[0]);
	exists = batch_add(&b, Q_DOCUMENT_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	return batch_changed(&b, change, exists, &beleidsdocument_resource, out);
}

enum status store_document_lezen(struct req *req, struct beleidsdocument *out)
{
	return db_one(req, Q_DOCUMENT_LEZEN, NULL, NULL, &beleidsdocument_resource, out);
}

enum status store_documenten(struct req *req, struct list *rows)
{
	return db_list(req, Q_DOCUMENTEN, NULL, NULL, &beleidsdocument_resource, rows);
}

enum status store_document_vaststellen(
	struct req *req, struct date vastgesteld_op, struct beleidsdocument *out)
{
	struct batch b;
	int op, event, exists;

	batch_init(&b, req);
	batch_add(&b, Q_VORIGE_BEEINDIGEN, NULL, NULL);
	op = batch_add(&b, Q_DOCUMENT_VASTSTELLEN, NULL, NULL);
	batch_bind_date(&b, op, "vastgesteld_op", vastgesteld_op);
	event = batch_add(&b, Q_VASTSTELLING_MELDEN, NULL, NULL);
	batch_bind(&b, event, "trace", req->trace_id);
	exists = batch_add(&b, Q_DOCUMENT_LEZEN, NULL, NULL);
	TRY(batch_run(&b));
	return batch_changed(&b, op, exists, &beleidsdocument_resource, out);
}

enum status store_geldend(struct req *req, const char *gemeente, struct geldend *out)
{
	struct date day = out->datum;
	struct beleid standard;
	struct batch b;
	int op;

	batch_init(&b, req);
	op = batch_add(&b, Q_GELDEND, NULL, NULL);
	batch_bind(&b, op, "gemeente", gemeente);
	batch_bind_date(&b, op, "datum", day);
	TRY(batch_run(&b));
	fields_clear(geldend_fields, out);
	if (batch_rows(&b, op) > 0) {
		batch_get(&b, op, 0, geldend_fields, out);
		beleid_fill(&out->beleid);
	} else {
		beleid_default(&standard);
		beleid_document(&standard, &out->beleid);
	}
	out->bron = batch_rows(&b, op) > 0 ? BRON_GEMEENTE : BRON_STANDAARD;
	out->gemeente = gemeente;
	out->datum = day;
	return OK;
}
