-- SPDX-License-Identifier: EUPL-1.2
-- Decisions by rules of the law, with the facts they rested on: kept for good, never changed.

create table core.beslissing (
	id uuid primary key default gen_random_uuid(),
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,
	onderwerp uuid,                      -- the record that rests on it: pip, overtreding, oproep
	dienst text not null,
	gebruiker text not null,
	regel text not null,                 -- name in regie-law
	versie int not null,                 -- of the rule
	peildatum date,                      -- whose figures held; null: the newest
	feiten jsonb not null,
	antwoord jsonb not null,
	verslag text not null,
	tijdstip timestamptz not null default now()
);
create index beslissing_inburgeraar on core.beslissing (inburgeraar_id, tijdstip, id);
call core.bescherm('core.beslissing', 'inburgeraar_id');

create or replace procedure core.geef_rechten(dienst text) language plpgsql as $$
declare
	rol text := 'regie_' || dienst;
begin
	execute format('grant usage on schema core to %I', rol);
	execute format('grant select on core.gemeente, core.medewerker, core.abonnement to %I', rol);
	execute format('grant insert, delete on core.abonnement to %I', rol);
	execute format('grant select, insert, update (verdeeld) on core.gebeurtenis to %I', rol);
	execute format('grant select, insert, update on core.levering to %I', rol);
	execute format('grant select, insert on core.idempotentie, core.beslissing to %I', rol);
	execute format('grant select on core.logboek to %I', rol);
end $$;
