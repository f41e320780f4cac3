-- SPDX-License-Identifier: EUPL-1.2
-- The outside world on a laptop: what DUO knows of people, and what it has told us. It plays DUO, so BSNs
-- stand here as they are; it never runs in production and never holds a real person.

create schema simulator;
grant usage on schema simulator to regie_simulator;

create table simulator.persoon (
	id uuid primary key default gen_random_uuid(),
	bsn text not null unique check (bsn ~ '^[0-9]{9}$'),
	v_nummer bigint,
	naam text,
	gemeentecode text not null,
	documenten jsonb not null default '{}', -- by name: what DUO answers to a GET
	uren boolean not null default false     -- course hours are registered
);

-- Notifications to send; the id is the berichtId.
create table simulator.notificatie (
	id uuid primary key default gen_random_uuid(),
	volgnr bigint generated always as identity,
	persoon_id uuid not null references simulator.persoon,
	gebeurtenis_id text not null,
	tijdstip timestamptz not null default now(),
	verzonden boolean not null default false
);
create index notificatie_te_verzenden on simulator.notificatie (volgnr) where not verzonden;

-- Requests that were answered, for tests against DUO's contract.
create table simulator.verkeer (
	volgnr bigint generated always as identity primary key,
	methode text not null,
	pad text not null,                      -- template
	verzoek jsonb,
	status int not null,
	antwoord jsonb
);

grant select, insert, update on simulator.persoon, simulator.notificatie to regie_simulator;
grant select, insert on simulator.verkeer to regie_simulator;
