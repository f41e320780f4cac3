/* SPDX-License-Identifier: EUPL-1.2 */
#ifndef INTAKE_BRP_HANDLERS_H
#define INTAKE_BRP_HANDLERS_H

#include "app/http.h"

enum status persoonsgegevens_tonen(struct req *req);
enum status raadpleging_maken(struct req *req);
enum status raadplegingen_tonen(struct req *req);
enum status raadpleging_tonen(struct req *req);
enum status terugmelding_maken(struct req *req);
enum status terugmeldingen_tonen(struct req *req);
enum status terugmelding_tonen(struct req *req);
enum status terugmelding_wijzigen(struct req *req);

#endif
