-- SPDX-License-Identifier: EUPL-1.2
-- What DUO told us and what we told DUO.

create schema duo;
grant usage on schema duo to regie_duo;

-- A notification as it came; id is DUO's berichtId, so that a second delivery stores nothing.
create table duo.notificatie (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid,                 -- once the dossier is known
	bsn_enc text,
	bsn_hash text,
	v_nummer bigint,
	gebeurtenis_id text not null,
	geregistreerd timestamptz not null,  -- at DUO
	inhoud_enc text not null,            -- the raw body, encrypted
	status text not null default 'ontvangen' check (status in ('ontvangen', 'verwerkt', 'onbekend')),
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index notificatie_inburgeraar on duo.notificatie (inburgeraar_id, geregistreerd);
call core.bescherm('duo.notificatie', 'inburgeraar_id');

-- A person as DUO describes him or her; the source of a new dossier.
create table duo.persoon (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid,
	bsn_enc text not null,
	bsn_hash text not null,
	v_nummer text,
	voornamen text,
	achternaam text,
	geboortedatum date,
	doelgroep text not null check (doelgroep in ('asielstatushouder', 'gezinsmigrant-overig')),
	datum_kennisgeving date,
	begin_plicht date,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (bsn_hash, gemeente)
);
call core.bescherm('duo.persoon', 'inburgeraar_id');

-- A message to DUO. volgnr is the order in which one person's messages are sent.
create table duo.melding (
	id uuid primary key,
	volgnr bigint generated always as identity,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	soort text not null check (soort in ('pip', 'map', 'pvt', 'zroute', 'aanbod')),
	onderwerp uuid,                      -- the PIP, aanbod or afronding it is about
	instellingsnummer text,              -- aanbod
	inhoud jsonb not null,               -- body as DUO wants it; holds no BSN
	status text not null default 'wacht'
		check (status in ('wacht', 'geaccepteerd', 'geweigerd', 'vervangen')),
	bericht_id uuid not null,            -- the same at every attempt
	pogingen int not null default 0,
	volgende timestamptz not null default now(),
	fout text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index melding_wacht on duo.melding (volgende) where status = 'wacht';
create index melding_inburgeraar on duo.melding (inburgeraar_id, volgnr);
call core.bescherm('duo.melding', 'inburgeraar_id');

grant select, insert, update on duo.notificatie, duo.persoon, duo.melding to regie_duo;

create view duo.v_persoon as
select id, gemeente, bsn_enc, bsn_hash, v_nummer, voornamen, achternaam, geboortedatum, doelgroep,
	datum_kennisgeving, begin_plicht
from duo.persoon;
grant usage on schema duo to regie_intake;
grant select on duo.v_persoon to regie_intake;
