-- SPDX-License-Identifier: EUPL-1.2
-- The term, the progress within it and what completes it. inburgeraar_id is intake.inburgeraar.

create schema progress;
grant usage on schema progress to regie_progress;

-- One row per person as soon as there is a PIP: the term and the end of the plicht.
create table progress.traject (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null unique,
	bron text not null check (bron in ('pip', 'duo')), -- pip: expected, until DUO fixes the term
	termijn_begin date not null,
	termijn_einde date not null check (termijn_einde > termijn_begin), -- exclusive, as DUO gives it
	plicht_einde date,
	plicht_einde_reden text,
	voltooid_op date,                    -- day on which the law library first saw it complete
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
call core.bescherm('progress.traject', 'inburgeraar_id');

create table progress.voortgangsgesprek (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	datum date not null,
	tijd text not null check (tijd ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	plaats text not null,
	onderwerp text,
	status text not null default 'gepland'
		check (status in ('gepland', 'gehouden', 'niet-verschenen', 'afgezegd')),
	verwijtbaar boolean,
	verslag text,
	regisseur_id uuid references core.medewerker, -- who planned it
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	check (status <> 'niet-verschenen' or verwijtbaar is not null)
);
create index voortgangsgesprek_inburgeraar on progress.voortgangsgesprek (inburgeraar_id, datum, id);
call core.bescherm('progress.voortgangsgesprek', 'inburgeraar_id');

-- Hours per period. Periods of one soort do not overlap: the insert sees to it under a lock per person.
create table progress.uren (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	soort text not null check (soort in ('cursus', 'participatie', 'pvt', 'map')),
	van date not null,
	tot date not null check (tot >= van), -- last day
	aantal int not null check (aantal >= 0),
	geoorloofd_verzuim int not null default 0 check (geoorloofd_verzuim >= 0),
	ongeoorloofd_verzuim int not null default 0 check (ongeoorloofd_verzuim >= 0),
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index uren_inburgeraar on progress.uren (inburgeraar_id, van, id);
call core.bescherm('progress.uren', 'inburgeraar_id');

create table progress.examenresultaat (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	onderdeel text not null check (onderdeel in ('KNM', 'LE', 'LU', 'SC', 'SP')),
	niveau text check (niveau in ('A2', 'B1', 'B2')),
	resultaat text not null check (resultaat in ('geslaagd', 'gezakt', 'geen', 'vrijgesteld')),
	datum date not null,
	bron text not null check (bron in ('gemeente', 'duo')),
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique nulls not distinct (inburgeraar_id, onderdeel, niveau, datum)
);
create index examenresultaat_datum on progress.examenresultaat (inburgeraar_id, datum, id);
call core.bescherm('progress.examenresultaat', 'inburgeraar_id');

-- PVT signature, MAP end talk, Z-route end talk, taalschakeltraject passed: one row each.
create table progress.afronding (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	soort text not null check (soort in ('pvt', 'map', 'z-route', 'taalschakeltraject')),
	datum date not null,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, soort)
);
call core.bescherm('progress.afronding', 'inburgeraar_id');

grant select, insert, update on progress.traject, progress.voortgangsgesprek, progress.uren,
	progress.examenresultaat, progress.afronding to regie_progress;

-- Published.
create view progress.v_termijn as
select t.inburgeraar_id, t.gemeente, t.termijn_begin, t.termijn_einde, t.bron, t.plicht_einde,
	t.plicht_einde_reden, t.voltooid_op
from progress.traject t;
create view progress.v_pvt_map as
select a.inburgeraar_id, a.gemeente,
	max(a.datum) filter (where a.soort = 'pvt') as pvt_ondertekend_op,
	max(a.datum) filter (where a.soort = 'map') as map_eindgesprek_op,
	max(a.datum) filter (where a.soort = 'z-route') as z_eindgesprek_op,
	max(a.datum) filter (where a.soort = 'taalschakeltraject') as tst_behaald_op
from progress.afronding a group by a.inburgeraar_id, a.gemeente;
grant usage on schema progress to regie_duo, regie_intake, regie_learning_routes, regie_enforcement;
grant select on progress.v_termijn to regie_duo, regie_intake, regie_learning_routes, regie_enforcement;
grant select on progress.v_pvt_map to regie_duo, regie_progress;
