-- SPDX-License-Identifier: EUPL-1.2
-- What DUO decided on exemption, dispensation and extension. The end of the plicht is intake's to know.

-- One row per decision: an application that is decided upon is the same row.
create table progress.beoordeling (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	aard text not null check (aard in ('vrijstelling', 'ontheffing', 'verlenging')),
	soort text check (soort in ('geheel', 'tijdelijk', 'gedeeltelijk')), -- not of an extension
	oordeel text not null check (oordeel in ('toegekend', 'afgewezen', 'in-behandeling')),
	grond text,                          -- DUO's code: DIP, INS … or BIO, MED
	aangevraagd date,                    -- extension: day of the application
	datum date,                          -- of the decision
	van date,                            -- temporary exemption
	tot date,
	onderdeel text check (onderdeel in ('KNM', 'LE', 'LU', 'SC', 'SP')),
	niveau text check (niveau in ('A2', 'B1', 'B2')),
	participatie_maximum int check (participatie_maximum >= 0), -- hours in the Z-route; 0: none at all
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create unique index beoordeling_een on progress.beoordeling
	(inburgeraar_id, aard, soort, onderdeel, niveau, (coalesce(aangevraagd, datum))) nulls not distinct;
call core.bescherm('progress.beoordeling', 'inburgeraar_id');
grant select, insert, update on progress.beoordeling to regie_progress;

drop view progress.v_termijn;
alter table progress.traject drop column plicht_einde, drop column plicht_einde_reden;
create view progress.v_termijn as
select t.inburgeraar_id, t.gemeente, t.termijn_begin, t.termijn_einde, t.bron, i.plicht_einde,
	i.plicht_einde_reden, t.voltooid_op
from progress.traject t join intake.v_inburgeraar i on i.id = t.inburgeraar_id;
grant select on progress.v_termijn to regie_duo, regie_intake, regie_learning_routes, regie_enforcement;
