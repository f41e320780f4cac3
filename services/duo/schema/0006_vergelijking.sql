-- SPDX-License-Identifier: EUPL-1.2
-- What we hold of a person against what DUO holds: the runs, and what differs.

-- One run goes over all people of a gemeente in the order of their ids. `na` is how far it came: a process
-- that ends leaves the rest to the next.
create table duo.vergelijking (
	id uuid primary key default gen_random_uuid(),
	volgnr bigint generated always as identity,
	gemeente text not null references core.gemeente,
	dag date not null,
	reden text not null,                 -- why it was begun: the night, or what a person wrote
	status text not null default 'bezig' check (status in ('bezig', 'klaar')),
	na uuid not null default '00000000-0000-0000-0000-000000000000',
	personen int not null default 0,     -- compared
	niet_gelukt int not null default 0,  -- DUO gave no answer that could be used
	verschillen int not null default 0,  -- found, those known before included
	pogingen int not null default 0,     -- since DUO last answered
	volgende timestamptz not null default now(), -- in hand, or waiting, until then
	fout text,
	geeindigd timestamptz,
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create unique index vergelijking_een_tegelijk on duo.vergelijking (gemeente) where status = 'bezig';
call core.bescherm_gemeente('duo.vergelijking');

-- One difference per person and thing; what was solved stays as a record.
create table duo.verschil (
	id uuid primary key default gen_random_uuid(),
	volgnr bigint generated always as identity,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	onderdeel text not null,             -- a row of `onderdelen` in vergelijking.c
	ons text,                            -- what we hold, as people read it; null: nothing
	duo text,
	voorstel text not null check (voorstel in ('ons-naar-duo', 'duo-naar-ons', 'mens-beslist')),
	status text not null default 'open' check (status in ('open', 'opgelost', 'geaccepteerd')),
	besluit text check (besluit in ('ons-naar-duo', 'duo-naar-ons', 'accepteren')),
	toelichting text,
	besloten_door text,                  -- user of the log
	besloten_op timestamptz,
	opgelost_door text,                  -- who decided on the repair; else the comparison that found it gone
	opgelost_op timestamptz,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	check (status <> 'geaccepteerd' or besluit = 'accepteren'),
	check ((status = 'opgelost') = (opgelost_op is not null))
);
create unique index verschil_een on duo.verschil (inburgeraar_id, onderdeel) where status <> 'opgelost';
create index verschil_inburgeraar on duo.verschil (inburgeraar_id, volgnr);
create index verschil_gemeente on duo.verschil (gemeente, volgnr);
call core.bescherm('duo.verschil', 'inburgeraar_id');

grant select, insert, update on duo.vergelijking, duo.verschil to regie_duo;
