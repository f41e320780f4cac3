/* SPDX-License-Identifier: EUPL-1.2
 *
 * What is kept of the BRP: parts of a person (encrypted), relatives, the questions with their
 * purpose, the log of the processing, and terugmeldingen.
 */
#ifndef INTAKE_BRP_STORE_H
#define INTAKE_BRP_STORE_H

#include "app/db.h"
#include "app/http.h"
#include "brp_contract.h"

enum persoon_bron { BRON_GEMEENTE = 1, BRON_BRP };
enum opschorting {
	OPSCHORTING_OVERLIJDEN = 1,
	OPSCHORTING_EMIGRATIE,
	OPSCHORTING_MINISTERIEEL,
	OPSCHORTING_NIET_INGEZETENE,
	OPSCHORTING_FOUT,
	OPSCHORTING_ANDERS
};
extern const char *const persoon_bronnen[], *const opschortingen[];

enum brp_doel_nr {
	DOEL_DOSSIER_AANLEGGEN = 1,
	DOEL_DOSSIER_BIJHOUDEN,
	DOEL_ADRES_VOOR_BRIEF,
	DOEL_VERBLIJF,
	DOEL_GEZIN,
	DOEL_OVERLIJDEN
};
extern const char *const brp_doel_values[]; /* the names, in that order */

enum brp_deel { DEEL_PERSOON = 1, DEEL_ADRES, DEEL_VERBLIJF, DEEL_GEZIN, DEEL_OVERLIJDEN };

/* A date as the BRP has it and in Dutch words. */
struct dag {
	struct partial_date waarde; /* not `datum`: those are whole in the API */
	const char *in_woorden;
};

/* Of every part: where it comes from and when that was so. Not in what is stored. */
struct gegevens_persoon {
	int bron;
	struct date peildatum;
	const char *voornamen, *voorvoegsel, *geslachtsnaam;
	struct dag geboorte;
	const char *gemeentecode, *gemeentenaam;
	struct dag ingeschreven;
	int in_onderzoek;
};

struct gegevens_adres {
	int bron;
	struct date peildatum;
	int soort, afgeschermd;
	const char *regel1, *regel2, *regel3, *land, *aanhef, *naam_op_brief;
	struct dag sinds;
	int woont_er_niet, in_onderzoek;
};

struct gegevens_verblijf {
	int bron;
	struct date peildatum;
	const char *verblijfstitel;
	struct dag ingang, einde;
	int in_onderzoek;
};

struct gegevens_overlijden {
	int bron;
	struct date peildatum;
	struct dag overleden;
};

struct gegevens_gezin { /* who they are stands in the relations */
	int bron;
	struct date peildatum;
};

struct relatie {
	const char *id;
	int soort;
	const char *voornamen, *voorvoegsel, *geslachtsnaam, *bsn_masker, *verbintenis;
	struct dag geboorte, sinds, tot;
};

struct persoonsgegevens {
	const char *inburgeraar_id;
	int geheimhouding, opschorting;
	const char *waarschuwing;
	struct gegevens_persoon persoon;
	struct gegevens_adres adres;
	struct gegevens_verblijf verblijf;
	struct gegevens_overlijden overlijden;
	struct gegevens_gezin gezin;
	struct list relaties; /* struct relatie */
};

struct raadpleging {
	const char *id, *inburgeraar_id, *grondslag, *fout, *tijdstip;
	int doel, aanleiding, status;
	struct list velden; /* const char * */
	int64_t pogingen, versie;
};

struct terugmelding {
	const char *id, *inburgeraar_id, *twijfel, *reden, *uitkomst, *tijdstip;
	int gegeven, status;
	struct date gemeld_op;
	int64_t versie;
};

enum terugmelding_status { TERUGMELDING_OPEN = 1, TERUGMELDING_GEMELD, TERUGMELDING_AFGEHANDELD };

struct terugmelding_stap {
	int status;
	struct date gemeld_op;
	const char *uitkomst;
};

extern const struct resource persoonsgegevens_resource, raadpleging_resource, terugmelding_resource,
	terugmelding_stap_resource;
extern const struct field relatie_naam_fields[]; /* of struct relatie: what naam_enc holds */

/* ---- questions that wait for the BRP ---- */

struct brp_vraag_rij {
	const char *id, *inburgeraar, *bsn, *bsn_hash;
};

/* Questions of one gemeente, purpose and asker, taken in hand. */
struct brp_beurt {
	const char *gemeente, *doel, *gebruiker, *begin;
	struct brp_vraag_rij rijen[BRP_PERSONEN_MAX];
	int count;
};

/* A row of brp_relatie. */
struct relatie_rij {
	const char *soort, *bsn_enc, *bsn_hash, *naam_enc, *verbintenis;
	struct partial_date geboortedatum, sinds, tot;
};

/* What an answer gives to keep, ready for the statements. */
struct brp_stand {
	int geheimhouding, opschorting;
	const char *gemeentecode; /* of registration, NULL: not asked or not known */
	const char *inhoud; /* JSON of the part */
	const char *voornamen, *achternaam; /* DEEL_PERSOON, for the dossier */
	struct date geboortedatum;
	struct list relaties; /* DEEL_GEZIN: struct relatie_rij */
};

/* Wants the answer for that purpose: in the batch of the fact that it is wanted for. Nothing
 * happens when the same question waits. `aanleiding`: why, as in the table. */
void brp_vraag_add(struct batch *b, const char *dossier, enum brp_doel_nr doel,
	const char *aanleiding, const char *gebruiker);
/* The same for the dossier of a person of duo.v_persoon that the BRP has not told about. */
void brp_vraag_van_persoon_add(struct batch *b, const char *persoon);
/* The next turn; count 0: nothing is due. */
enum status store_brp_beurt(struct req *req, struct brp_beurt *out);
/* Ask again later: 1, 2, 4 … seconds. `storing`: the BRP is away, not only for this question. */
enum status store_brp_later(
	struct req *req, const struct brp_beurt *turn, int row, bool storing, const char *why);
/* The BRP answers again: what waited because of that is due. */
enum status store_brp_hervat(struct req *req, const char *gemeente);
/* `stand` NULL: unknown at the BRP, or with `refused` not allowed; a task says so. */
enum status store_brp_antwoord(struct req *req, const struct brp_beurt *turn, int row,
	const struct brp_stand *stand, const char *refused);
/* Data of before `voor` are wanted anew. */
enum status store_brp_bijhouden(struct req *req, struct date voor);

/* ---- for people ---- */

enum status store_persoonsgegevens(struct req *req, struct persoonsgegevens *out);
/* ERR_CONFLICT: the same question waits already. */
enum status store_raadpleging_toevoegen(
	struct req *req, const struct raadpleging *in, struct raadpleging *out);
enum status store_raadpleging(struct req *req, struct raadpleging *out);
enum status store_raadplegingen(struct req *req, struct list *rows);
enum status store_terugmelding_toevoegen(
	struct req *req, const struct terugmelding *in, struct terugmelding *out);
enum status store_terugmelding(struct req *req, struct terugmelding *out);
/* ERR_CHANGED as always; a step back is ERR_CONFLICT. */
enum status store_terugmelding_wijzigen(
	struct req *req, const struct terugmelding_stap *in, struct terugmelding *out);

#endif
