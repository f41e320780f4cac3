-- SPDX-License-Identifier: EUPL-1.2
-- The dossier of an inburgeraar, the oproepen, the brede intake, the leerbaarheidstoets and the worklist.

create schema intake;
grant usage on schema intake to regie_intake;

create table intake.inburgeraar (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	bsn_enc text not null,
	bsn_hash text not null,
	v_nummer text,
	voornamen text,
	achternaam text,                     -- DUO gives no names: unknown until filled in by hand
	geboortedatum date,
	doelgroep text not null check (doelgroep in ('asielstatushouder', 'gezinsmigrant-overig')),
	taal text,                           -- BCP 47
	telefoon text,
	email text,
	regisseur_id uuid references core.medewerker,
	fase text not null default 'aangemeld'
		check (fase in ('aangemeld', 'intake', 'pip', 'traject', 'voldaan', 'beeindigd')),
	datum_kennisgeving date,             -- DUO's written notice to the person: the PIP clock starts
	datum_inschrijving_brp date,         -- in the housing municipality
	pip_uiterlijk date,                  -- by the law, stored when a fact of the clock changes
	intake_afgerond_op date,
	intake_wijze text check (intake_wijze in ('gesprek', 'bij-verstek')),
	-- what other services told
	leerroute text check (leerroute in ('B', 'O', 'Z')),
	pip_eerste date,                     -- dagtekening of the first PIP: ends the clock
	pip_dagtekening date,                -- of the PIP in force
	termijn_begin date,
	termijn_einde date,                  -- exclusive, as DUO gives it
	plicht_einde date,
	plicht_einde_reden text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	naam text collate "nl-x-icu" not null generated always as (
		case when achternaam is null then 'Nieuwe inburgeraar'
		else achternaam || coalesce(', ' || voornamen, '') end) stored,
	-- Search goes through row-level security, which lets only leakproof operators into an index:
	-- no lower(), no like; a range of bytes does.
	zoeknaam text collate "C" generated always as (lower(achternaam)) stored,
	unique (bsn_hash, gemeente)
);
create index inburgeraar_naam on intake.inburgeraar (gemeente, naam, id);
create index inburgeraar_zoeknaam on intake.inburgeraar (gemeente, zoeknaam);
create index inburgeraar_v_nummer on intake.inburgeraar (v_nummer);
create index inburgeraar_regisseur on intake.inburgeraar (regisseur_id, naam, id);
call core.bescherm('intake.inburgeraar', 'id');

-- Why the ten weeks of the PIP were paused or overrun (Besluit 5.3).
create table intake.klok_reden (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	oorzaak text not null check (oorzaak in ('informatie-derde', 'niet-verschenen', 'capaciteit',
		'ziekte', 'overig')),
	toelichting text not null,
	van date not null,
	tot date check (tot >= van),         -- informatie-derde: day the information came in
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index klok_reden_inburgeraar on intake.klok_reden (inburgeraar_id, van);
call core.bescherm('intake.klok_reden', 'inburgeraar_id');

create table intake.oproep (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	volgnummer int not null,
	soort text not null check (soort in ('oproep', 'herhaalde-oproep', 'oproep-na-boete')),
	datum date not null,                 -- of the appointment
	tijd text not null check (tijd ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
	plaats text not null,
	termijn date not null,               -- last day to appear
	waarschuwing boolean not null,       -- Wi2021 art. 14(1): the repeated oproep warns
	status text not null default 'gepland' check (status in ('gepland', 'verzonden', 'afgerond')),
	verzonden_op date,
	bewijs text,
	uitkomst text check (uitkomst in ('verschenen', 'niet-verschenen', 'onvoldoende-meegewerkt')),
	verwijtbaar boolean,
	toelichting text,
	grondslag jsonb not null,
	uitleg text not null,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, volgnummer)
);
create unique index oproep_open on intake.oproep (inburgeraar_id) where status <> 'afgerond';
call core.bescherm('intake.oproep', 'inburgeraar_id');

-- Fines of art. 22 as enforcement told them: the intake ladder goes on from there.
create table intake.intakeboete (
	id uuid primary key,                 -- of the overtreding
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	bedrag_cent bigint not null,
	bekendmaking date not null,
	nieuwe_termijn date,                 -- last day of the term of at most two months
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create index intakeboete_inburgeraar on intake.intakeboete (inburgeraar_id, bekendmaking);
call core.bescherm('intake.intakeboete', 'inburgeraar_id');

-- Answers of the brede intake, one row per topic, so that it can be left and taken up again.
create table intake.intake_onderwerp (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	onderwerp text not null check (onderwerp in ('opleiding-en-werk', 'gezondheid', 'taal',
		'werkmogelijkheden', 'zelfredzaamheid', 'kinderen-en-vve', 'motivatie',
		'digitale-vaardigheden', 'huishouden')),
	antwoorden jsonb not null,
	afspraak text,
	wijze text not null check (wijze in ('gesprek', 'telefoon', 'beeldbellen', 'dossier')),
	taal text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, onderwerp)
);
call core.bescherm('intake.intake_onderwerp', 'inburgeraar_id');

create table intake.leerbaarheidstoets (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	datum_afname date not null,
	uitslag text not null check (uitslag in ('b1-haalbaar', 'b1-niet-haalbaar', 'onbekend', 'ontheffing')),
	behaalde_score bigint,               -- hundredths of a point
	benodigde_score bigint,
	toelichting text,
	bron text not null default 'gemeente' check (bron in ('gemeente', 'duo')),
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, datum_afname, bron)
);
call core.bescherm('intake.leerbaarheidstoets', 'inburgeraar_id');

-- The worklist. Kinds are the rows of taaksoorten in jobs.c.
create table intake.taak (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null references intake.inburgeraar,
	soort text not null,
	onderwerp uuid not null,             -- what it is about; the inburgeraar itself when nothing else
	omschrijving text not null,
	uiterlijk date not null,
	regisseur_id uuid references core.medewerker,
	status text not null default 'open' check (status in ('open', 'klaar')),
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create unique index taak_een_open on intake.taak (inburgeraar_id, soort, onderwerp) where status = 'open';
create index taak_gemeente on intake.taak (gemeente, uiterlijk, id) where status = 'open';
create index taak_regisseur on intake.taak (regisseur_id, uiterlijk, id) where status = 'open';
call core.bescherm('intake.taak', 'inburgeraar_id');

grant select, insert, update on intake.inburgeraar, intake.klok_reden, intake.oproep, intake.intakeboete,
	intake.intake_onderwerp, intake.leerbaarheidstoets, intake.taak to regie_intake;

-- Published. Views of the owner obey row-level security too (force row level security).
create view intake.v_inburgeraar as
select i.id, i.gemeente, i.bsn_enc, i.bsn_hash, i.v_nummer, i.naam, i.voornamen, i.achternaam,
	i.geboortedatum, i.doelgroep, i.taal, i.regisseur_id, i.fase, i.leerroute, i.datum_kennisgeving,
	i.datum_inschrijving_brp, i.pip_uiterlijk, i.intake_afgerond_op, i.intake_wijze, i.pip_eerste,
	i.pip_dagtekening, i.termijn_begin, i.termijn_einde, i.plicht_einde, i.plicht_einde_reden,
	(select l.uitslag from intake.leerbaarheidstoets l where l.inburgeraar_id = i.id
		order by l.datum_afname desc, l.aangemaakt desc limit 1) as lbt_uitslag
from intake.inburgeraar i;
grant usage on schema intake to regie_learning_routes, regie_progress, regie_enforcement, regie_duo;
grant select on intake.v_inburgeraar
	to regie_learning_routes, regie_progress, regie_enforcement, regie_duo;

-- Facts of the intake ladder, for the fine of art. 22.
create view intake.v_oproep as
select id, gemeente, inburgeraar_id, volgnummer, soort, datum, termijn, waarschuwing, status,
	verzonden_op, uitkomst, verwijtbaar
from intake.oproep;
grant select on intake.v_oproep to regie_enforcement;

-- Whose dossier a BSN is, for the login of citizens.
create view intake.v_identiteit as
select bsn_hash, id as inburgeraar_id, gemeente, naam, aangemaakt from intake.inburgeraar;
grant usage on schema intake to regie_identity;
grant select on intake.v_identiteit to regie_identity;
