-- SPDX-License-Identifier: EUPL-1.2
-- What DUO wants to know of the hours and of a MAP or PVT after the term; a date that was wrong can be withdrawn.

-- taalles-intake: Dutch and KNM during the brede intake; DUO keeps them apart from those of the leerroute.
create domain progress.urensoort as text
	check (value in ('cursus', 'participatie', 'pvt', 'map', 'taalles-intake'));
alter table progress.uren drop constraint uren_soort_check, alter soort type progress.urensoort;

alter table progress.afronding add column verwijtbaar boolean; -- of the overrun, map and pvt only
grant delete on progress.afronding, progress.traject to regie_progress;

-- Published: all hours of a soort.
create view progress.v_uren as
select gemeente, inburgeraar_id, soort, sum(aantal)::int as aantal
from progress.uren group by gemeente, inburgeraar_id, soort;
grant select on progress.v_uren to regie_duo, regie_learning_routes;
