-- SPDX-License-Identifier: EUPL-1.2
-- How a gemeente is connected to DUO, what its connection depends on, and messages that are kept no longer
-- than is needed.

-- A gemeente that does not reach DUO at REGIE_DUO_URL: the base of DUO's interface, or of its FSC outway.
create table duo.aansluiting (
	id uuid primary key default gen_random_uuid(),
	gemeente text not null unique references core.gemeente,
	adres text not null check (adres ~ '^https?://[^/[:space:]]+(/[^[:space:]]*[^/[:space:]])?$'),
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
call core.bescherm_gemeente('duo.aansluiting');

-- The last day of every certificate and revocation list, as read from the files each night; null when the
-- file cannot be read. `naam` is the file's.
create table duo.certificaat (
	naam text primary key,
	soort text not null check (soort in ('gemeente', 'server', 'anker', 'intrekkingslijst')),
	vervalt date,
	gezien timestamptz not null default now()
);
grant select on duo.aansluiting to regie_duo;
grant select, insert, update, delete on duo.certificaat to regie_duo;

-- The sealed text of a notification goes after REGIE_DUO_RAW_DAYS; what was taken from it stays.
alter table duo.notificatie alter inhoud_enc drop not null;
create index notificatie_tekst on duo.notificatie (aangemaakt) where inhoud_enc is not null;
