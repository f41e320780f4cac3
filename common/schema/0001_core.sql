-- SPDX-License-Identifier: EUPL-1.2
-- What every service needs: municipalities, staff, the outbox and its deliveries, the log, idempotency.
-- Migrations run as regie_owner; a service connects as regie_<service> and owns nothing.

create schema core;

create table core.gemeente (
	code text primary key check (code ~ '^[0-9]{4}$'),
	naam text not null,
	oin text not null unique check (oin ~ '^[0-9]{20}$'),
	regio text
);

create table core.medewerker (
	id uuid primary key,
	sub text not null unique,            -- subject at the staff's OpenID provider
	naam text not null,
	email text not null,
	telefoon text not null,
	rollen text[] not null,              -- names of include/app/auth.h
	gemeenten text[] not null            -- codes; more than one for a regional organisation
);

-- Tenant and user of the transaction, set by the kit in front of every batch.
create function core.gemeenten() returns text[] language sql stable parallel safe
	return string_to_array(current_setting('regie.gemeenten', true), ',');
create function core.inburgeraar() returns uuid language sql stable parallel safe
	return nullif(current_setting('regie.inburgeraar', true), '')::uuid;

-- Outbox. volgnr gives the order per inburgeraar.
create table core.gebeurtenis (
	id uuid primary key default gen_random_uuid(),
	volgnr bigint generated always as identity,
	bron text not null,
	type text not null,
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid,
	onderwerp uuid,
	data jsonb not null default '{}',
	trace_id text,
	tijdstip timestamptz not null default now(),
	verdeeld boolean not null default false
);
create index gebeurtenis_te_verdelen on core.gebeurtenis (bron, volgnr) where not verdeeld;
create index gebeurtenis_inburgeraar on core.gebeurtenis (inburgeraar_id, volgnr);

-- Which service listens to which type; each job process writes its own rows at start.
create table core.abonnement (
	dienst text not null,
	type text not null,
	primary key (dienst, type)
);

-- One row per event and listening service. 'dood' waits for a person. inburgeraar_id and volgnr are the
-- event's own, so that the order of one person's events is one look into an index.
create table core.levering (
	gebeurtenis_id uuid not null references core.gebeurtenis on delete cascade,
	dienst text not null,
	inburgeraar_id uuid,
	volgnr bigint not null,
	status text not null default 'wacht' check (status in ('wacht', 'klaar', 'dood')),
	pogingen int not null default 0,
	volgende timestamptz not null default now(),
	fout text,
	primary key (gebeurtenis_id, dienst)
);
create index levering_wacht on core.levering (dienst, volgende) where status = 'wacht';
create index levering_volgorde on core.levering (inburgeraar_id, dienst, volgnr) where status = 'wacht';

-- Marks the delivery done inside the handler's transaction; a second time stores nothing at all. Such a
-- transaction does not wait for the disk: what a power cut takes from it, it takes whole, and the delivery
-- waits again.
create function core.claim(p_gebeurtenis uuid, p_dienst text) returns void
	language plpgsql security definer set search_path = core as $$
begin
	set local synchronous_commit = off;
	update core.levering set status = 'klaar', fout = null
		where gebeurtenis_id = p_gebeurtenis and dienst = p_dienst and status <> 'klaar';
	if not found then
		raise exception 'reeds verwerkt' using errcode = 'RG409';
	end if;
end $$;

-- Ends the transaction that the caller's batch is, unless `ok`: put in front of an event, it keeps an event
-- of a change that was not made from leaving. `code` is an HTTP status, `melding` is shown to the caller.
create function core.eis(ok boolean, code int, melding text) returns void language plpgsql as $$
begin
	if ok is not true then
		raise exception '%', melding using errcode = 'RG' || code;
	end if;
end $$;

-- Log of every state change (BIO2 8.15.01): action, object, result, origin, actor, time. Append-only.
create table core.logboek (
	volgnr bigint generated always as identity primary key,
	tijdstip timestamptz not null default now(),
	gebruiker text not null,
	gemeente text,
	dienst text not null,
	handeling text not null check (handeling in ('INSERT', 'UPDATE', 'DELETE')),
	tabel text not null,
	object_id text not null,
	inburgeraar_id uuid,
	velden text[] not null,              -- which columns; never their contents
	trace_id text
);
create index logboek_inburgeraar on core.logboek (inburgeraar_id, volgnr);

create function core.schrijf_logboek() returns trigger
	language plpgsql security definer set search_path = core as $$
declare
	nieuw jsonb := case when tg_op = 'DELETE' then '{}' else to_jsonb(new) end;
	oud jsonb := case when tg_op = 'INSERT' then '{}' else to_jsonb(old) end;
	rij jsonb := case when tg_op = 'DELETE' then oud else nieuw end;
begin
	insert into core.logboek (gebruiker, gemeente, dienst, handeling, tabel, object_id, inburgeraar_id,
			velden, trace_id)
	select coalesce(nullif(current_setting('regie.gebruiker', true), ''), session_user::text),
		rij ->> 'gemeente', session_user::text, tg_op, tg_table_schema || '.' || tg_table_name,
		coalesce(rij ->> 'id', rij ->> 'inburgeraar_id', '-'),
		coalesce(rij ->> 'inburgeraar_id',
			case when tg_table_name = 'inburgeraar' then rij ->> 'id' end)::uuid,
		array(select k from jsonb_object_keys(nieuw || oud) k
			where nieuw -> k is distinct from oud -> k order by k),
		nullif(current_setting('regie.trace', true), '');
	return null;
end $$;

-- Row-level security and the log for one table of records. `person` names the column with the
-- inburgeraar, by which a citizen's session sees the own rows only.
create procedure core.bescherm(target regclass, person text) language plpgsql as $$
begin
	execute format('alter table %s enable row level security', target);
	execute format('alter table %s force row level security', target);
	execute format('create policy tenant on %s using (gemeente = any (core.gemeenten())'
		' and (core.inburgeraar() is null or %I = core.inburgeraar()))', target, person);
	execute format('create trigger logboek after insert or update or delete on %s'
		' for each row execute function core.schrijf_logboek()', target);
end $$;

-- Idempotency-Key: what a key of a user has created. Written in the same batch as the thing itself.
create table core.idempotentie (
	gebruiker text not null,
	sleutel text not null,
	route text not null,
	vingerafdruk text not null,
	resource_id uuid not null,
	tijdstip timestamptz not null default now(),
	primary key (gebruiker, sleutel)
);

-- Called by the migration runner for each service after its own migrations.
create procedure core.geef_rechten(dienst text) language plpgsql as $$
declare
	rol text := 'regie_' || dienst;
begin
	execute format('grant usage on schema core to %I', rol);
	execute format('grant select on core.gemeente, core.medewerker, core.abonnement to %I', rol);
	execute format('grant insert, delete on core.abonnement to %I', rol);
	execute format('grant select, insert, update (verdeeld) on core.gebeurtenis to %I', rol);
	execute format('grant select, insert, update on core.levering to %I', rol);
	execute format('grant select, insert on core.idempotentie to %I', rol);
	execute format('grant select on core.logboek to %I', rol);
end $$;
