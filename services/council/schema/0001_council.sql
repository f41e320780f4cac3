-- SPDX-License-Identifier: EUPL-1.2
-- Policy (beleid) of a gemeente: documents with the days on which they hold.

create extension if not exists btree_gist schema core; -- = beside && in an exclusion constraint

create schema council;
grant usage on schema council to regie_council;

create table council.beleidsdocument (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	nummer int not null check (nummer > 0),  -- first, second … document of the gemeente
	status text not null default 'concept' check (status in ('concept', 'vastgesteld')),
	geldig_van date not null,
	geldig_tot date,                     -- last day; null: until there is a later one
	document jsonb not null,             -- complete: what was left out is in it from the default
	vastgesteld_op date,                 -- day on which the college decided
	vastgesteld_door uuid references core.medewerker, -- who recorded it
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (gemeente, nummer),
	check (geldig_tot >= geldig_van),
	check ((status = 'vastgesteld') = (vastgesteld_op is not null)),
	check ((status = 'vastgesteld') = (vastgesteld_door is not null)),
	exclude using gist (gemeente with =, daterange(geldig_van, geldig_tot, '[]') with &&)
		where (status = 'vastgesteld')
);
call core.bescherm_gemeente('council.beleidsdocument');

-- Decisions rest on a document that is vastgesteld: of it only the end may come nearer.
create function council.bewaak_vastgesteld() returns trigger language plpgsql as $$
begin
	if to_jsonb(new) - '{geldig_tot,versie}'::text[] is distinct from to_jsonb(old) - '{geldig_tot,versie}'::text[]
			or new.geldig_tot is null or new.geldig_tot > coalesce(old.geldig_tot, 'infinity') then
		raise exception 'Vastgesteld beleid verandert niet meer; maak een nieuw document'
			using errcode = 'RG409';
	end if;
	return new;
end $$;
create trigger vastgesteld before update on council.beleidsdocument for each row
	when (old.status = 'vastgesteld') execute function council.bewaak_vastgesteld();

grant select, insert, update on council.beleidsdocument to regie_council;

-- Published: the policy of each gemeente with the days on which it holds.
create view council.v_beleid as
select b.id, b.gemeente, b.nummer, b.geldig_van, b.geldig_tot, b.document
from council.beleidsdocument b where b.status = 'vastgesteld';

-- The document in force on a day; null when the gemeente has none: then the default holds. For other
-- services: a column in the query that reads the facts, and beleid_read() (rules/beleid.h).
create function council.beleid_op(p_gemeente text, p_dag date) returns jsonb language sql stable as $$
	select b.document from council.v_beleid b
	where b.gemeente = p_gemeente and daterange(b.geldig_van, b.geldig_tot, '[]') @> p_dag
$$;
grant usage on schema council to regie_intake, regie_learning_routes, regie_progress, regie_enforcement;
grant select on council.v_beleid to regie_council, regie_intake, regie_learning_routes, regie_progress,
	regie_enforcement;
