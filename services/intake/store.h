/* SPDX-License-Identifier: EUPL-1.2
 *
 * The dossier, the clock of the PIP, oproepen, the brede intake, the LBT, the work list.
 */
#ifndef INTAKE_STORE_H
#define INTAKE_STORE_H

#include "app/db.h"
#include "app/event.h"
#include "rules/intake.h"
#include "rules/term.h"

struct inburgeraar {
	const char *id, *gemeente, *bsn, *bsn_masker, *bsn_enc;
	const char *v_nummer, *voornamen, *achternaam, *naam;
	struct date geboortedatum;
	int doelgroep;
	const char *taal, *telefoon, *email, *regisseur_id, *regisseur_naam;
	int fase, leerroute, intake_wijze, persoon_bron, geheimhouding;
	const char *lbt_examennummer;
	struct date datum_kennisgeving, datum_inschrijving_brp, datum_vestiging, pip_uiterlijk,
		intake_afgerond_op, pip_dagtekening, termijn_einde, plicht_einde, vertrokken_op,
		overgedragen_op;
	int64_t versie;
};

/* What PATCH may change. */
struct wijziging {
	const char *v_nummer, *voornamen, *achternaam, *taal, *telefoon, *email, *regisseur_id;
	struct date geboortedatum, datum_inschrijving_brp, datum_vestiging;
};

struct filter {
	int fase, doelgroep;
	const char *regisseur_id;
};

struct zoekvraag {
	const char *bsn, *v_nummer, *naam;
};

struct klok_reden {
	const char *id, *toelichting;
	int oorzaak;
	struct date van, tot;
	int64_t versie;
};

struct pip_klok {
	int loopt;
	struct date begin, uiterlijk, uiterlijk_voor_verlenging, gezet_op;
	int64_t dagen_over;
	json_t *grondslag;
	const char *uitleg;
	struct list redenen; /* struct klok_reden */
};

struct oproep {
	const char *id, *inburgeraar_id;
	int64_t volgnummer;
	int soort;
	struct date datum, termijn, verzonden_op;
	const char *tijd, *plaats;
	int waarschuwing, status, uitkomst, verwijtbaar;
	const char *bewijs, *toelichting;
	json_t *grondslag;
	const char *uitleg;
	int64_t versie;
};

enum oproep_status { OPROEP_GEPLAND = 1, OPROEP_VERZONDEN, OPROEP_AFGEROND };
enum oproep_soort { OPROEP_EERSTE = 1, OPROEP_HERHAALD, OPROEP_NA_BOETE };

struct verzending {
	struct date verzonden_op;
	const char *bewijs;
};

struct uitkomst {
	int uitkomst, verwijtbaar;
	const char *toelichting;
};

struct stap {
	int volgende;
	int64_t bedrag;
	struct date nieuwe_termijn_uiterlijk;
	json_t *grondslag;
	const char *uitleg;
};

struct onderwerp {
	const char *id, *onderwerp, *afspraak, *taal;
	json_t *antwoorden;
	int wijze;
	int64_t versie;
};

struct afronding {
	struct date datum;
	int wijze;
};

enum intake_wijze { WIJZE_GESPREK = 1, WIJZE_BIJ_VERSTEK };

struct lbt {
	const char *id, *inburgeraar_id, *toelichting;
	struct date datum_afname;
	int uitslag, bron;
	int64_t behaalde_score, benodigde_score, versie;
};

struct taakfilter {
	const char *regisseur_id;
	int rol;
	struct date tot;
};

struct taak {
	const char *id, *inburgeraar_id, *inburgeraar_naam, *soort, *omschrijving, *regisseur_id;
	struct date uiterlijk;
	int rol, status, fase, doelgroep, leerroute;
	int64_t versie;
};

/* A decision by a rule of the law, of whatever service kept it. */
struct beslissing {
	const char *id, *dienst, *onderwerp, *regel, *verslag, *tijdstip;
	int64_t versie;
	struct date peildatum;
	json_t *feiten, *antwoord;
};

enum volgorde { VOLGORDE_OUD_NIEUW = 1, VOLGORDE_NIEUW_OUD };

struct beslissingfilter {
	int volgorde;
};

#define LADDER_MAX 32

/* The facts of the intake ladder of one person. */
struct ladder {
	const char *inburgeraar_id, *gemeente;
	struct intake_oproep oproepen[LADDER_MAX];
	const char *ids[LADDER_MAX];
	int count;
	struct intake_boete boetes[LADDER_MAX];
	int boete_count;
	struct date waarschuwing_op, nieuwe_termijn, laatste_boete;
	bool open; /* an oproep is planned or waits for its outcome */
};

extern const struct resource inburgeraar_resource, wijziging_resource, filter_resource,
	zoekvraag_resource, klok_reden_resource, pip_klok_resource, oproep_resource,
	verzending_resource, uitkomst_resource, stap_resource, onderwerp_resource,
	afronding_resource, lbt_resource, taakfilter_resource, taak_resource, beslissing_resource,
	beslissingfilter_resource;
extern const char *const onderwerpen[];
extern const char *const oproep_uitkomsten[]; /* oproep_uitkomst_values without "open" */

/* A task to be; `wanneer` in the words of the statement taak_openen, NULL: while there is a plicht.
 */
struct nieuwe_taak {
	const char *dossier, *soort, *rol, *wanneer, *onderwerp, *omschrijving;
	struct date uiterlijk; /* DATE_NONE: that of the PIP, or `zonder_klok` while that does not
				  run */
	struct date zonder_klok;
};

void store_taak_openen(struct batch *b, const struct nieuwe_taak *t);
enum status store_inburgeraar(struct req *req, struct inburgeraar *out);
/* The decision by the law that a change rests on is kept with it: here and below `klok` of the
 * PIP's deadline, `stap` of the ladder. */
enum status store_inburgeraar_toevoegen(struct req *req, const struct inburgeraar *in,
	const char *gemeente, const struct pip_termijn_io *klok, struct inburgeraar *out);
/* `now` as it was read. */
enum status store_inburgeraar_wijzigen(struct req *req, const struct wijziging *in,
	const struct inburgeraar *now, const struct pip_termijn_io *klok, struct inburgeraar *out);
/* The dossier of the path is nobody's any more. ERR_CHANGED when it is not the version of the
 * caller. */
enum status store_regisseur_ontheffen(struct req *req);
/* ERR_INVALID when that member of staff does not work for the gemeente; NULL is fine. */
enum status store_regisseur(struct req *req, const char *id, const char *gemeente);
enum status store_zoek(struct req *req, const struct zoekvraag *z, struct list *rows);
/* The dossier and the reasons of its clock in one round trip. */
enum status store_klok(struct req *req, struct inburgeraar *who, struct list *redenen);
/* The same of the person (duo.v_persoon) that a notice of DUO is about; a dossier that is not there
 * yet has no id and no versie. `vestiging`: the day that the notice gives, DATE_NONE without. */
enum status store_klok_van_persoon(struct req *req, const struct event *ev, struct date vestiging,
	struct inburgeraar *who, struct list *redenen);
/* Keeps the decision about the deadline of the PIP in the batch; there is none without a notice. */
void store_klok_houden(struct batch *b, const struct pip_termijn_io *klok, const char *gemeente,
	const char *inburgeraar);
/* ERR_CONFLICT: the dossier is no longer `who`, from which the clock follows. */
enum status store_klok_reden(struct req *req, const struct klok_reden *in,
	const struct inburgeraar *who, const struct pip_termijn_io *klok, struct klok_reden *out);
/* `id` of the path is a person or an oproep. ERR_NOT_FOUND only for an unknown person. */
enum status store_ladder(struct req *req, bool of_person, struct ladder *out);
enum status store_oproep(struct req *req, struct oproep *out);
enum status store_oproep_toevoegen(struct req *req, const struct oproep *in, const struct ladder *l,
	const struct intake_stap_io *stap, struct oproep *out);
/* Of an oproep that is not sent yet; ERR_CHANGED as always. */
enum status store_oproep_wijzigen(struct req *req, const struct oproep *in, struct oproep *out);
enum status store_oproep_verzonden(
	struct req *req, const struct verzending *in, struct oproep *out);
/* `stap` is what follows on the outcome. */
enum status store_oproep_uitkomst(struct req *req, const struct uitkomst *in,
	const struct ladder *l, const struct intake_stap_io *stap, struct oproep *out);
/* Rows about the person of the path; ERR_NOT_FOUND when that is not one of ours. */
enum status store_lijst(struct req *req, int query, const struct resource *r, struct list *rows);
/* Version of the answers about the topic of the path, NUMBER_NONE when there are none. */
enum status store_onderwerp_versie(struct req *req, int64_t *versie);
/* ERR_CONFLICT: the intake is finished. ERR_CHANGED: the answers are no longer version `gezien`. */
enum status store_onderwerp(
	struct req *req, const struct onderwerp *in, int64_t gezien, struct onderwerp *out);
/* `stap` allows it in absentia; NULL after a talk. ERR_CONFLICT: the intake is finished. */
enum status store_afronden(struct req *req, const struct afronding *in, const struct ladder *l,
	const struct intake_stap_io *stap, struct inburgeraar *out);
enum status store_lbt(struct req *req, const struct lbt *in, struct lbt *out);
enum status store_taak(struct req *req, struct taak *out);
enum status store_taak_afronden(struct req *req, struct taak *out);

#endif
