/* SPDX-License-Identifier: EUPL-1.2
 *
 * The BRP as a gemeente sees it: "Personen bevragen", by burgerservicenummer, with the fields that
 * are asked for and no others. People are made up from their number, the same every time; what the
 * control API sets of somebody wins.
 */
#ifndef SIMULATOR_BRP_H
#define SIMULATOR_BRP_H

#include "app/http.h"

#define BRP_PATH "/brp/haalcentraal/api/brp/personen"
#define BRP_OPERATION "POST /brp/personen"

enum status brp_personen(struct req *req);

#endif
