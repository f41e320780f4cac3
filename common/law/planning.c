/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/planning.h"

#include "law/date_rules.h"

struct date planning_eerste_oproep(struct date d)
{
	return date_add_days(d, (int)law_value(EERSTE_OPROEP_DAGEN, d));
}

struct date planning_pip(struct date d)
{
	return term_weeks(d, law_value(PIP_WEKEN, d));
}

struct date planning_aanbod(struct date dagtekening, int leerroute)
{
	enum law_figure months =
		leerroute == ROUTE_O ? VERLENGING_G_DREMPEL_O : VERLENGING_G_DREMPEL;

	return term_months(dagtekening, law_value(months, dagtekening));
}

struct date planning_dagen(struct date d, int days)
{
	return date_add_days(d, days);
}
