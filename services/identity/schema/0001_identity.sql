-- SPDX-License-Identifier: EUPL-1.2
-- Logins that succeeded; refused ones stand in the service's log (no session, no gemeente).

create schema identity;
grant usage on schema identity to regie_identity;

create table identity.aanmelding (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid,                 -- citizens
	gebruiker text not null,             -- medewerker or inburgeraar
	acr text not null,                   -- level of assurance that the provider gave
	tijdstip timestamptz not null default now()
);
create index aanmelding_gebruiker on identity.aanmelding (gebruiker, tijdstip);
call core.bescherm('identity.aanmelding', 'inburgeraar_id');
grant insert, select on identity.aanmelding to regie_identity;
