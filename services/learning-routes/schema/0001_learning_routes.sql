-- SPDX-License-Identifier: EUPL-1.2
-- PIPs with their versions, the inburgeringsaanbod and the cursusinstellingen.

create schema learning_routes;
grant usage on schema learning_routes to regie_learning_routes;

create table learning_routes.pip (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,        -- intake.inburgeraar
	volgnummer int not null,
	status text not null default 'concept' check (status in ('concept', 'vastgesteld', 'vervangen')),
	leerroute text not null check (leerroute in ('B', 'O', 'Z')),
	niveau text check (niveau in ('A2', 'B1')),
	dagtekening date,
	geschatte_intensiteit_b1_route int check (geschatte_intensiteit_b1_route between 1 and 9999),
	pvt_uren int not null,
	map_uren int not null,
	aantal_voortgangsgesprekken int not null,
	begeleiding text not null,
	vve_afspraken text,
	alfabetisering text check (alfabetisering in ('A', 'AA', 'NVT')),
	mag_opleiding_afmaken boolean,
	wenst_opleiding boolean,
	grote_kans_diploma boolean,
	redelijkerwijs_haalbaar_b1 boolean,
	onderwijsroute_onderzocht boolean,
	motivering text not null,
	lbt_uitslag text,                    -- as it was when the PIP was written
	bezwaren jsonb not null default '[]',
	grondslag jsonb not null default '[]',
	uitleg text,
	duo_status text not null default 'onverstuurd'
		check (duo_status in ('onverstuurd', 'wacht', 'geaccepteerd', 'geweigerd')),
	duo_fout text,
	bezwaar_tot date,
	vastgesteld_door uuid references core.medewerker,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, volgnummer),
	check (status = 'concept' or dagtekening is not null)
);
create unique index pip_een_concept on learning_routes.pip (inburgeraar_id) where status = 'concept';
create unique index pip_een_geldend on learning_routes.pip (inburgeraar_id) where status = 'vastgesteld';
call core.bescherm('learning_routes.pip', 'inburgeraar_id');

create table learning_routes.cursusinstelling (
	instellingsnummer text primary key check (length(instellingsnummer) = 10),
	naam text not null,
	plaats text not null,
	bow_keurmerk boolean not null,       -- Blik op Werk
	tst_keurmerk boolean not null        -- taalschakeltraject (onderwijsroute)
);

create table learning_routes.aanbod (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,        -- intake.inburgeraar
	instellingsnummer text not null references learning_routes.cursusinstelling,
	datum_aanbod date not null,
	datum_start date,
	datum_einde date check (datum_einde >= datum_start),
	uren_per_week int check (uren_per_week between 1 and 40),
	duo_status text not null default 'onverstuurd'
		check (duo_status in ('onverstuurd', 'wacht', 'geaccepteerd', 'geweigerd')),
	duo_fout text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index aanbod_inburgeraar on learning_routes.aanbod (inburgeraar_id, datum_aanbod);
call core.bescherm('learning_routes.aanbod', 'inburgeraar_id');

grant select, insert, update on learning_routes.pip, learning_routes.aanbod to regie_learning_routes;
grant select on learning_routes.cursusinstelling to regie_learning_routes;

-- Published: the PIP in force of each person, with the day of the first one (the term starts after
-- that day, Wi2021 art. 11).
create view learning_routes.v_pip as
select p.id, p.gemeente, p.inburgeraar_id, p.volgnummer, p.status, p.dagtekening,
	(select min(e.dagtekening) from learning_routes.pip e
		where e.inburgeraar_id = p.inburgeraar_id and e.status <> 'concept') as eerste_dagtekening,
	p.leerroute, p.niveau, p.geschatte_intensiteit_b1_route, p.pvt_uren, p.map_uren,
	p.aantal_voortgangsgesprekken, p.alfabetisering, p.mag_opleiding_afmaken, p.wenst_opleiding,
	p.grote_kans_diploma, p.redelijkerwijs_haalbaar_b1, p.onderwijsroute_onderzocht, p.lbt_uitslag,
	p.duo_status, p.bezwaar_tot, p.versie
from learning_routes.pip p where p.status = 'vastgesteld';
create view learning_routes.v_aanbod as
select a.id, a.gemeente, a.inburgeraar_id, a.instellingsnummer, c.naam as instelling_naam,
	a.datum_aanbod, a.datum_start, a.datum_einde, a.uren_per_week, a.duo_status
from learning_routes.aanbod a join learning_routes.cursusinstelling c using (instellingsnummer);
grant usage on schema learning_routes to regie_duo, regie_progress, regie_enforcement, regie_intake;
grant select on learning_routes.v_pip to regie_duo, regie_progress, regie_enforcement, regie_intake;
grant select on learning_routes.v_aanbod to regie_duo;
