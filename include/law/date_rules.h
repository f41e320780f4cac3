/* SPDX-License-Identifier: EUPL-1.2
 *
 * Computing terms: Algemene termijnenwet (Atw) art. 1, 3 and 4. A term of n weeks "after day d"
 * ends with d + 7n; months and years are half-open (date_add_months).
 */
#ifndef LAW_DATE_RULES_H
#define LAW_DATE_RULES_H

#include <stdbool.h>
#include "app/date.h"

/* Sunday of Easter in the Gregorian calendar. */
struct date easter_sunday(int year);
/* Atw art. 3: the generally recognised holidays, Good Friday included. */
bool date_is_holiday(struct date d);
/* Neither Saturday, Sunday nor holiday. */
bool date_is_working_day(struct date d);
/* Atw art. 1: the end of a term that ends on `d`. Not for terms of more than twelve weeks, three
 * months or in years (art. 4): the caller knows. */
struct date term_end(struct date d);
/* Last day of a term of `weeks` after day `d`, Atw art. 1 applied unless it is longer than twelve.
 */
struct date term_weeks(struct date d, long long weeks);
/* Last day of a term of `months` after day `d`, without the Atw. */
struct date term_months(struct date d, long long months);

#endif
