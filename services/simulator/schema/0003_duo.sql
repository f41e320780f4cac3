-- SPDX-License-Identifier: EUPL-1.2
-- DUO's whole interface: who a person is to which gemeente, contact persons, what gemeenten sent, notifications
-- with an order and a moment, faults on demand, and counters that show that nothing was lost or doubled.

create table simulator.contactpersoon (
	nummer int primary key check (nummer between 1 and 99999),
	gemeentecode text not null,
	gegevens jsonb not null
);
create sequence simulator.contactnummer maxvalue 99999 cycle;
create sequence simulator.examennummer start 10000001;

alter table simulator.persoon
	drop column uren,
	alter column gemeentecode drop not null,            -- null: lives abroad
	add column wi2021 boolean not null default true,    -- falls under the Wet inburgering 2021
	add column coa boolean not null default false,      -- registered at a location of the COA
	add column koppelgemeente text,                     -- to which the COA linked the person
	add column vestiging date,                          -- settled in the gemeente; null: long ago
	add column vorige_pip text,                         -- gemeente of the PIP before the current one
	add column contactpersoon int references simulator.contactpersoon on delete set null,
	add column brp jsonb,                               -- what differs from the made-up BRP record
	add column versie int not null default 1;
create index persoon_contactpersoon on simulator.persoon (contactpersoon);

-- Relevant to the gemeente: resident and not in a COA location, linked by COA, holder of a current PIP of this
-- gemeente, or of a previous one while the current one is younger than a month.
create function simulator.betreft(p simulator.persoon, gemeente text, vandaag date) returns boolean
	language sql stable
	return p.wi2021 and ((p.gemeentecode = gemeente and not p.coa) or p.koppelgemeente = gemeente
		or p.documenten #>> '{PIP,gemeentecode}' = gemeente
		or (p.vorige_pip = gemeente
			and (p.documenten #>> '{PIP,pip,dagtekeningPip}')::date > vandaag - interval '1 month'));

-- Who gets the notifications: the gemeente of residence, of a COA resident the linked one.
alter table simulator.notificatie
	add column gemeentecode text,
	add column na timestamptz not null default now(),   -- not sent before
	add column pogingen int not null default 0,
	add column los boolean not null default false;      -- later ones need not wait for this one
update simulator.notificatie n set gemeentecode = p.gemeentecode from simulator.persoon p where p.id = n.persoon_id;
alter table simulator.notificatie alter column gemeentecode set not null;
create index notificatie_volgorde on simulator.notificatie (persoon_id, volgnr) where not verzonden;

-- What gemeenten sent and DUO took. A berichtId that comes again has its answer here, and no second effect.
create table simulator.bericht (
	bericht_id uuid primary key,
	volgnr bigint generated always as identity,
	operatie text not null,
	gemeentecode text not null,
	over text not null,                     -- the person, or a gemeente whose own it is
	onderwerp text,                         -- number of the institution or contact person
	inhoud jsonb,
	status int not null,
	antwoord jsonb,
	dubbel boolean not null,                -- the one before said the same, under another berichtId
	tijdstip timestamptz not null default now()
);
create index bericht_laatste on simulator.bericht (over, split_part(operatie, ' ', 2), volgnr);

-- Faults on demand. Each strikes by chance (procent, reproducible by zaad) or always, and at most so often.
create table simulator.fout (
	id uuid primary key default gen_random_uuid(),
	volgnr bigint generated always as identity,
	operatie text not null default '*',     -- *: every operation that is asked of DUO or the BRP
	soort text not null,
	na_afloop boolean not null default false, -- strikes when the work is done: only the answer suffers
	procent int check (procent between 1 and 100),
	zaad int not null default 1,
	resterend int,                          -- null: without end
	ms int,
	status int,
	gezien bigint not null default 0,
	geraakt bigint not null default 0
);

-- Does the n-th one strike?
create function simulator.raak(zaad int, n bigint, procent int) returns boolean language sql immutable
	return procent is null
		or ('x' || substr(md5(zaad || ':' || n), 1, 8))::bit(32)::bigint % 100 < procent;

-- The faults that strike this time, in the order they were made; null: none.
create function simulator.kies_fouten(p_operatie text) returns jsonb language sql volatile begin atomic
	with gezien as (
		update simulator.fout set gezien = gezien + 1,
			geraakt = geraakt + simulator.raak(zaad, gezien + 1, procent)::int,
			resterend = resterend - simulator.raak(zaad, gezien + 1, procent)::int
		where (operatie = p_operatie or (operatie = '*' and p_operatie <> 'POST /notificaties'))
			and (resterend is null or resterend > 0)
		returning volgnr, soort, na_afloop, ms, status, simulator.raak(zaad, gezien, procent) as raak
	)
	select jsonb_agg(jsonb_build_object('soort', soort, 'na', na_afloop, 'ms', ms, 'status', status) order by volgnr)
	from gezien where raak;
end;

-- What DUO holds of somebody who is inburgeringsplichtig from that day. Free attempts: two per part for an
-- asielstatushouder (Regeling art. 3.5).
create function simulator.nieuw(doelgroep text, dag text) returns jsonb language sql volatile begin atomic
	select jsonb_build_object(
		'inburgeringsplicht', jsonb_build_object('indicatorInburgeringsplicht', true, 'begindatum', dag,
			'datumKennisgevingInburgeringsplicht', dag),
		'inburgeringsplicht/historie', jsonb_build_array(jsonb_build_object(
			'indicatorInburgeringsplicht', true, 'begindatum', dag, 'wijzigingsdatum', dag)),
		'doelgroep', jsonb_build_object('indeling', doelgroep, 'begindatum', dag),
		'doelgroep/historie', jsonb_build_array(jsonb_build_object('indeling', doelgroep, 'begindatum', dag)),
		'lbt/examennummer', jsonb_build_object('examennummer', nextval('simulator.examennummer')::text),
		'lbt/resultaten', '[]'::jsonb, 'examens/resultaten', '[]'::jsonb,
		'examens/gratispogingen', (select jsonb_agg(jsonb_build_object('onderdeel', o, 'gratisPogingenTegoed',
			case when doelgroep = 'Asielstatushouder' then 2 else 0 end)) from unnest('{KNM,LE,LU,SC,SP}'::text[]) o));
end;

-- Counters, one row per operation and database connection, so that nobody waits for another.
create table simulator.teller (
	operatie text not null,
	plek int not null,
	gevraagd bigint not null default 0,
	aangenomen bigint not null default 0,
	geweigerd bigint not null default 0,
	fout bigint not null default 0,
	herhaald bigint not null default 0,
	primary key (operatie, plek)
) with (fillfactor = 50);

-- How DUO behaves; one row.
create table simulator.gedrag (
	enig boolean primary key default true check (enig),
	verkeer boolean not null default true,  -- requests and answers are kept
	termijn boolean not null default true,  -- the first PIP fixes the term at once
	vertraging_ms int not null default 0    -- of notifications
);
insert into simulator.gedrag default values;

grant select, insert, update, delete on simulator.contactpersoon, simulator.fout, simulator.teller to regie_simulator;
grant select, insert on simulator.bericht to regie_simulator;
grant select, update on simulator.gedrag to regie_simulator;
grant usage on sequence simulator.contactnummer, simulator.examennummer to regie_simulator;
