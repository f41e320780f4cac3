-- SPDX-License-Identifier: EUPL-1.2
-- What the BRP says of a person. The BRP stays the source: nothing of it is changed here; a doubt becomes a
-- terugmelding.

-- persoon_bron: where name and day of birth come from. geheimhouding is null until the BRP was asked.
alter table intake.inburgeraar
	add column persoon_bron text not null default 'gemeente' check (persoon_bron in ('gemeente', 'brp')),
	add column geheimhouding boolean,
	add column brp_opschorting text check (brp_opschorting in ('overlijden', 'emigratie',
		'ministerieel-besluit', 'niet-ingezetene', 'fout', 'anders'));

-- One part of what the BRP said, encrypted: a JSON object of the field table of that part.
create table intake.brp_gegeven (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	deel text not null check (deel in ('persoon', 'adres', 'verblijf', 'gezin', 'overlijden')),
	inhoud_enc text not null,
	doel text not null,                  -- for which it was asked
	peildatum date not null,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, deel)
);
create index brp_gegeven_peildatum on intake.brp_gegeven (peildatum) where deel = 'persoon';
call core.bescherm('intake.brp_gegeven', 'inburgeraar_id');

-- Partners, children and parents as the BRP gave them last. bsn_hash finds the dossier of the same person.
create table intake.brp_relatie (
	id uuid primary key default gen_random_uuid(),
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	soort text not null check (soort in ('partner', 'kind', 'ouder')),
	bsn_enc text,                        -- the BRP does not have one of everybody
	bsn_hash text,
	naam_enc text,                       -- JSON: voornamen, voorvoegsel, geslachtsnaam
	geboortedatum text,                  -- YYYY-MM-DD, YYYY-MM, YYYY or onbekend
	verbintenis text,
	sinds text,                          -- of the marriage or partnership, as geboortedatum
	tot text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index brp_relatie_inburgeraar on intake.brp_relatie (inburgeraar_id, soort, id);
create index brp_relatie_bsn on intake.brp_relatie (bsn_hash);
call core.bescherm('intake.brp_relatie', 'inburgeraar_id');

-- A question to the BRP, from being wanted to being answered. storing: the BRP gave no answer that could be
-- used; then nobody asks before the first of those is due.
create table intake.brp_raadpleging (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	doel text not null,                  -- a row of brp_doelen in brp.c
	aanleiding text not null check (aanleiding in ('dossier', 'medewerker', 'bijhouden', 'opschorting')),
	gebruiker text not null,             -- who wanted it: a member of staff, or the service
	status text not null default 'wacht' check (status in ('wacht', 'klaar', 'onbekend', 'geweigerd')),
	pogingen int not null default 0,
	volgende timestamptz not null default now(),
	storing boolean not null default false,
	fout text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create unique index brp_raadpleging_een_open on intake.brp_raadpleging (inburgeraar_id, doel)
	where status = 'wacht';
create index brp_raadpleging_wacht on intake.brp_raadpleging (volgende) where status = 'wacht';
create index brp_raadpleging_inburgeraar on intake.brp_raadpleging (inburgeraar_id, aangemaakt, id);
call core.bescherm('intake.brp_raadpleging', 'inburgeraar_id');

-- The log of the processing, one line per data subject and attempt, with what the standard Logboek
-- Dataverwerkingen asks; which fields, never their contents. Append-only.
create table intake.verwerking (
	id uuid primary key default gen_random_uuid(),
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar, -- in whose dossier
	raadpleging_id uuid not null references intake.brp_raadpleging,
	trace_id text not null,
	span_id text not null,
	status text not null check (status in ('Unset', 'Ok', 'Error')),
	naam text not null,
	begin timestamptz not null,
	einde timestamptz not null default now(),
	activiteit text not null,            -- dpl.core.processing_activity_id: URI with its version
	betrokkene text not null,            -- dpl.core.data_subject_id: keyed hash of the BSN
	betrokkene_soort text not null default 'BSN',
	gebruiker text not null,
	doel text not null,
	grondslag text not null,
	velden text[] not null
);
create index verwerking_inburgeraar on intake.verwerking (inburgeraar_id, begin);
create index verwerking_betrokkene on intake.verwerking (betrokkene, begin);
call core.bescherm('intake.verwerking', 'inburgeraar_id');

-- A doubt about what the BRP says, for the colleagues of the BRP; here is only kept that it was told.
create table intake.terugmelding (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	gegeven text not null check (gegeven in ('naam', 'geboortedatum', 'adres', 'inschrijving',
		'verblijfstitel', 'gezin', 'overlijden', 'geheimhouding', 'anders')),
	twijfel text not null,
	reden text not null,
	status text not null default 'open' check (status in ('open', 'gemeld', 'afgehandeld')),
	gemeld_op date,
	uitkomst text,
	gemaakt_door uuid references core.medewerker,
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index terugmelding_inburgeraar on intake.terugmelding (inburgeraar_id, aangemaakt, id);
call core.bescherm('intake.terugmelding', 'inburgeraar_id');

grant select, insert, update on intake.brp_gegeven, intake.brp_raadpleging, intake.terugmelding
	to regie_intake;
grant select, insert, delete on intake.brp_relatie to regie_intake;
grant select, insert on intake.verwerking to regie_intake;
