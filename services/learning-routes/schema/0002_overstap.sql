-- SPDX-License-Identifier: EUPL-1.2
-- A change of leerroute after one and a half years needs a special case (Besluit inburgering art. 5.4).

alter table learning_routes.pip add column bijzonder_geval boolean;
