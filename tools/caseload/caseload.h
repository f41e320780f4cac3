/* SPDX-License-Identifier: EUPL-1.2
 *
 * The caseload: a person is a pure function of seed and number; a table prints what it holds of
 * each.
 */
#ifndef CASELOAD_H
#define CASELOAD_H

#include <stdbool.h>
#include <stdint.h>
#include "app/date.h"
#include "law/basis.h"

#define BSN_TEXT 10

struct plan {
	long people;
	uint64_t seed;
	struct date today;
	char (*bsns)[BSN_TEXT];
};

struct uuid {
	uint64_t high, low;
};

enum fase { AANGEMELD, INTAKE, PIP, TRAJECT, VOLDAAN, BEEINDIGD };

struct gemeente {
	const char *code, *naam, *oin, *regio;
};

struct medewerker {
	const char *sub, *naam, *rollen, *gemeenten;
};

/* A country of origin: language of the portal, names. */
struct herkomst {
	const char *taal;
	const char *voornamen[8];
	const char *achternamen[8];
};

struct person {
	long number;
	uint64_t key; /* of everything that is drawn for this person */
	struct uuid id;
	const char *bsn;
	char v_nummer[24];
	const struct gemeente *gemeente;
	const struct medewerker *regisseur;
	const struct herkomst *herkomst;
	const char *voornaam, *achternaam;
	struct date geboortedatum;
	enum doelgroep doelgroep;
	enum fase fase;
	enum leerroute leerroute; /* 0 before the PIP */
	enum niveau niveau; /* 0 in the Z-route */
	struct date kennisgeving, brp, pip_uiterlijk, intake, pip;
	struct date termijn_begin, termijn_einde, plicht_einde; /* DATE_NONE: not yet */
};

struct table {
	const char *name, *columns;
	void (*fixed)(const struct plan *plan);
	void (*person)(const struct plan *plan, const struct person *p);
};

extern const struct table tables[];
extern const struct gemeente gemeenten[];
extern const struct medewerker medewerkers[];

void person_make(const struct plan *plan, long number, struct person *p);
/* 0 … below-1, the same for the same person and `what`. */
int draw(const struct person *p, int what, int below);
struct uuid person_uuid(const struct person *p, int what);
struct uuid staff_uuid(const char *sub);

void cell(const char *text); /* NULL: no value */
void cell_number(long long n);
void cell_date(struct date d);
void cell_uuid(struct uuid id);
void row_end(void);

#endif
