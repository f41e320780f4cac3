-- SPDX-License-Identifier: EUPL-1.2
-- Fines of the college (Wi2021 art. 22 and 23). inburgeraar_id is intake.inburgeraar.

create schema enforcement;
grant usage on schema enforcement to regie_enforcement;

-- What intake and progress told: the facts that an overtreding may rest on.
create table enforcement.signaal (
	id uuid primary key,                 -- of the event
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	soort text not null check (soort in ('oproep-niet-verschenen', 'gesprek-gemist')),
	datum date not null,
	verwijtbaar boolean not null,
	volgnummer int,                      -- of the oproep
	volgende_stap text,                  -- of the intake ladder, as the law library named it
	onderwerp uuid,                      -- oproep or voortgangsgesprek
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index signaal_inburgeraar on enforcement.signaal (inburgeraar_id, datum, id);
call core.bescherm('enforcement.signaal', 'inburgeraar_id');

create table enforcement.overtreding (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	artikel text not null check (artikel in ('22', '23')),
	stap int check (stap in (1, 3)),     -- lid of art. 22
	gedraging text not null,
	datum_overtreding date not null,
	datum_constatering date not null check (datum_constatering >= datum_overtreding),
	omschrijving text not null,
	verwijtbaarheid text not null,
	bijstand_verlaagd boolean,           -- for the same conduct: no fine as well (Wi2021 art. 27)
	aanhoudende_onwil boolean,           -- asks the policy on asielstatushouders (HvJEU C-158/23)
	signaal_id uuid references enforcement.signaal,
	status text not null default 'geconstateerd' check (status in ('geconstateerd', 'gerapporteerd',
		'zienswijze', 'voorgesteld', 'besloten', 'bekendgemaakt', 'bezwaar', 'onherroepelijk',
		'geseponeerd')),
	verjaart_op date not null,           -- first day on which no fine may be imposed, Awb 5:45
	rapporteur_id uuid references core.medewerker,
	rapport_datum date,
	rapport text,
	zienswijze_voor date,                -- last day to give it
	zienswijze_op date,
	zienswijze text,
	voorsteller_id uuid references core.medewerker,
	voorstel_datum date,
	bedrag bigint check (bedrag > 0),    -- cents
	basisbedrag bigint,
	trede int,
	percentage int,
	reden text,
	grondslag jsonb not null default '[]',
	uitleg text,
	beslisser_id uuid references core.medewerker,
	besluit_datum date,
	motivering text,
	beslissen_voor date,
	bekendmaking_datum date,
	bezwaar_tot date,                    -- last day
	nieuwe_termijn_uiterlijk date,       -- art. 22: last day of the new term
	bezwaar_ingediend_op date,
	bezwaar_beslist_op date,
	bezwaar_uitkomst text check (bezwaar_uitkomst in ('ongegrond', 'herroepen')),
	bezwaar_beslisser_id uuid references core.medewerker,
	beroep_tot date,                     -- last day, after a decision on bezwaar
	onherroepelijk_op date,
	seponering_datum date,
	seponering_reden text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	check ((artikel = '22') = (stap is not null)),
	check (status <> 'geseponeerd' or seponering_reden is not null),
	check (besluit_datum is null or (beslisser_id is not null and motivering is not null
		and bedrag is not null)),
	-- Awb 10:3(4); whoever prepares a fine does not decide it
	check (beslisser_id is null or (beslisser_id <> voorsteller_id
		and beslisser_id is distinct from rapporteur_id)),
	check (bezwaar_beslisser_id <> beslisser_id) -- Awb 10:3(3)
);
create index overtreding_inburgeraar on enforcement.overtreding (inburgeraar_id, datum_constatering, id);
-- one missed step of the ladder, one fine
create unique index overtreding_signaal on enforcement.overtreding (signaal_id)
	where status <> 'geseponeerd';
call core.bescherm('enforcement.overtreding', 'inburgeraar_id');

grant select, insert, update on enforcement.overtreding to regie_enforcement;
grant select, insert on enforcement.signaal to regie_enforcement;

-- Published: fines that were made known.
create view enforcement.v_boete as
select o.id, o.gemeente, o.inburgeraar_id, o.artikel, o.stap, o.gedraging, o.bedrag, o.besluit_datum,
	o.bekendmaking_datum, o.bezwaar_tot, o.nieuwe_termijn_uiterlijk, o.onherroepelijk_op, o.status
from enforcement.overtreding o
where o.status in ('bekendgemaakt', 'bezwaar', 'onherroepelijk');
grant usage on schema enforcement to regie_intake;
grant select on enforcement.v_boete to regie_intake, regie_enforcement;
