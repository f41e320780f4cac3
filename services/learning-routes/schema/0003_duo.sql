-- SPDX-License-Identifier: EUPL-1.2
-- What was told to DUO and turns out not to be so can be withdrawn. One offer per person and institution is the
-- current one, as at DUO.

create domain learning_routes.pipstatus as text
	check (value in ('concept', 'vastgesteld', 'vervangen', 'ingetrokken'));
drop view learning_routes.v_pip;
drop index learning_routes.pip_een_concept, learning_routes.pip_een_geldend;
alter table learning_routes.pip drop constraint pip_status_check, drop constraint pip_check,
	add column intrekking_reden text;
alter table learning_routes.pip alter status type learning_routes.pipstatus,
	add constraint pip_dagtekening_check check (status = 'concept' or dagtekening is not null);
create unique index pip_een_concept on learning_routes.pip (inburgeraar_id) where status = 'concept';
create unique index pip_een_geldend on learning_routes.pip (inburgeraar_id) where status = 'vastgesteld';

create domain learning_routes.aanbodstatus as text check (value in ('vastgelegd', 'vervangen', 'ingetrokken'));
alter table learning_routes.aanbod add column status learning_routes.aanbodstatus not null default 'vastgelegd',
	add column intrekking_reden text;

-- Every PIP that was ever set, and of each person the one in force, with the day of the first that still counts
-- (the term starts after that day, Wi2021 art. 11).
create view learning_routes.v_pip_besluit as
select p.id, p.gemeente, p.inburgeraar_id, p.volgnummer, p.status, p.dagtekening,
	(select min(e.dagtekening) from learning_routes.pip e
		where e.inburgeraar_id = p.inburgeraar_id and e.status in ('vastgesteld', 'vervangen')) as eerste_dagtekening,
	p.leerroute, p.niveau, p.geschatte_intensiteit_b1_route, p.pvt_uren, p.map_uren,
	p.aantal_voortgangsgesprekken, p.alfabetisering, p.mag_opleiding_afmaken, p.wenst_opleiding,
	p.grote_kans_diploma, p.redelijkerwijs_haalbaar_b1, p.onderwijsroute_onderzocht, p.lbt_uitslag,
	p.duo_status, p.bezwaar_tot, p.versie
from learning_routes.pip p where p.status <> 'concept';
create view learning_routes.v_pip as select * from learning_routes.v_pip_besluit where status = 'vastgesteld';
grant select on learning_routes.v_pip
	to regie_duo, regie_progress, regie_enforcement, regie_intake, regie_learning_routes;
grant select on learning_routes.v_pip_besluit to regie_duo;
