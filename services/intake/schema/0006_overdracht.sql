-- SPDX-License-Identifier: EUPL-1.2
-- A dossier goes from the gemeente that somebody left to the one where he or she lives now (Wi2021 art. 35 lid 4).
-- Both see the offer and its log; nobody sees anything of the other's dossier.

create table intake.overdracht (
	id uuid primary key,
	gemeente text not null references core.gemeente,            -- that was left
	inburgeraar_id uuid not null references intake.inburgeraar, -- the dossier there
	naar_gemeente text not null references core.gemeente check (naar_gemeente <> gemeente),
	naar_inburgeraar_id uuid not null references intake.inburgeraar,
	status text not null default 'aangeboden'
		check (status in ('aangeboden', 'geaccepteerd', 'geweigerd', 'ingetrokken')),
	toelichting text,
	aangeboden_op date not null,
	beslist_op date,
	reden text check (reden is not null or status <> 'geweigerd'),
	versie int not null default 1,
	aangemaakt timestamptz not null default now()
);
create unique index overdracht_een on intake.overdracht (inburgeraar_id, naar_inburgeraar_id)
	where status = 'aangeboden';
create index overdracht_van on intake.overdracht (gemeente, aangeboden_op, id);
create index overdracht_naar on intake.overdracht (naar_gemeente, aangeboden_op, id);
create index overdracht_naar_inburgeraar on intake.overdracht (naar_inburgeraar_id);

-- Who did what and when; for both.
create table intake.overdracht_regel (
	id uuid primary key default gen_random_uuid(),
	volgnr bigint generated always as identity,
	overdracht_id uuid not null references intake.overdracht,
	gemeente text not null,
	inburgeraar_id uuid not null,
	naar_gemeente text not null,
	handeling text not null
		check (handeling in ('aangeboden', 'geaccepteerd', 'geweigerd', 'ingetrokken', 'overgenomen')),
	wat text,                            -- what was taken over, and how much of it
	door text not null,                  -- member of staff, or DUO's event
	tijdstip timestamptz not null default now()
);
create index overdracht_regel_volgorde on intake.overdracht_regel (overdracht_id, volgnr);

do $$
declare
	tabel text;
begin
	foreach tabel in array array['intake.overdracht', 'intake.overdracht_regel'] loop
		execute format('alter table %s enable row level security', tabel);
		execute format('alter table %s force row level security', tabel);
		execute format('create policy tenant on %s using (core.inburgeraar() is null'
			' and (gemeente = any (core.gemeenten()) or naar_gemeente = any (core.gemeenten())))', tabel);
		execute format('create trigger logboek after insert or update or delete on %s'
			' for each row execute function core.schrijf_logboek(''inburgeraar_id'')', tabel);
	end loop;
end $$;
grant select, update (status, beslist_op, reden, versie) on intake.overdracht to regie_intake;
grant select, insert on intake.overdracht_regel to regie_intake;

create function intake.noteer_overdracht(o intake.overdracht, p_handeling text, p_wat text, p_door text) returns void
	language sql as $$
	insert into intake.overdracht_regel (overdracht_id, gemeente, inburgeraar_id, naar_gemeente, handeling, wat, door)
	values (o.id, o.gemeente, o.inburgeraar_id, o.naar_gemeente, p_handeling, p_wat, p_door);
$$;
grant execute on function intake.noteer_overdracht to regie_intake;

-- The functions below look into dossiers of other gemeenten: for one person, by the BSN of a dossier that the
-- caller may see, and give nothing of them away but the offer itself.

-- The other dossiers of the person of `van`.
create function intake.andere_dossiers(van intake.inburgeraar) returns setof intake.inburgeraar
	language plpgsql as $$
declare
	eigen text := current_setting('regie.gemeenten', true);
begin
	perform set_config('regie.gemeenten', (select string_agg(code, ',') from core.gemeente), true);
	return query select * from intake.inburgeraar i where i.bsn_hash = van.bsn_hash and i.gemeente <> van.gemeente;
	perform set_config('regie.gemeenten', eigen, true);
end $$;
revoke execute on function intake.andere_dossiers from public;

-- A caseworker offers a dossier of the own gemeente to the one where the person lives now.
create function intake.bied_overdracht_aan(p_overdracht uuid, p_inburgeraar uuid, p_dag date, p_toelichting text,
		p_door text) returns void language plpgsql security definer set search_path = intake, core as $$
declare
	van intake.inburgeraar;
	naar intake.inburgeraar;
	o intake.overdracht;
begin
	select * into van from intake.inburgeraar where id = p_inburgeraar;
	perform core.eis(van.id is not null, 404, 'Inburgeraar niet gevonden');
	perform core.eis(van.vertrokken_op is not null, 409, 'DUO heeft niet gemeld dat deze persoon is vertrokken');
	perform core.eis(van.overgedragen_op is null, 409, 'Dit dossier is al overgedragen');
	select * into naar from intake.andere_dossiers(van) a
		where a.vertrokken_op is null and a.overgedragen_op is null and a.verhuisd is not null
		order by a.verhuisd desc limit 1;
	perform core.eis(naar.id is not null, 409,
		'De nieuwe gemeente heeft hier (nog) geen dossier van deze persoon; draag het dossier anders over');
	perform core.eis(not exists (select 1 from intake.overdracht where inburgeraar_id = van.id
		and status = 'aangeboden'), 409, 'Dit dossier is al aangeboden');
	insert into intake.overdracht (id, gemeente, inburgeraar_id, naar_gemeente, naar_inburgeraar_id, toelichting,
		aangeboden_op) values (p_overdracht, van.gemeente, van.id, naar.gemeente, naar.id, p_toelichting, p_dag)
		returning * into o;
	perform intake.noteer_overdracht(o, 'aangeboden', null, p_door);
end $$;
revoke execute on function intake.bied_overdracht_aan from public;
grant execute on function intake.bied_overdracht_aan to regie_intake;

-- DUO told that the person settled here: the gemeente before hands over what it has (once per arrival).
create function intake.bied_overdracht_bij_aankomst(p_overdracht uuid, p_bsn_hash text, p_gemeente text, p_dag date,
		p_door text) returns void language plpgsql security definer set search_path = intake, core as $$
declare
	naar intake.inburgeraar;
	van intake.inburgeraar;
	o intake.overdracht;
begin
	select * into naar from intake.inburgeraar where bsn_hash = p_bsn_hash and gemeente = p_gemeente
		and gemeente = any (core.gemeenten()) and vertrokken_op is null;
	if not found then
		return;
	end if;
	select * into van from intake.andere_dossiers(naar) a
		where a.overgedragen_op is null and coalesce(a.verhuisd, '-infinity') <= naar.verhuisd
		order by coalesce(a.verhuisd, '-infinity') desc, a.aangemaakt desc limit 1;
	if van.id is null or exists (select 1 from intake.overdracht b where b.inburgeraar_id = van.id
			and b.naar_inburgeraar_id = naar.id and (b.status = 'aangeboden' or b.aangeboden_op >= p_dag)) then
		return;
	end if;
	insert into intake.overdracht (id, gemeente, inburgeraar_id, naar_gemeente, naar_inburgeraar_id, aangeboden_op)
		values (p_overdracht, van.gemeente, van.id, naar.gemeente, naar.id, p_dag)
		returning * into o;
	perform intake.noteer_overdracht(o, 'aangeboden', null, p_door);
end $$;
revoke execute on function intake.bied_overdracht_bij_aankomst from public;
grant execute on function intake.bied_overdracht_bij_aankomst to regie_intake;

-- For the functions of other services that copy: the overdracht of the caller's gemeente, accepted, and both
-- gemeenten opened for the rest of the function, which closes them with core's setting that it is given back.
create function intake.open_overdracht(p_overdracht uuid, out o intake.overdracht, out eigen text)
	language plpgsql as $$
begin
	eigen := current_setting('regie.gemeenten', true);
	select * into o from intake.overdracht where id = p_overdracht and status = 'geaccepteerd'
		and naar_gemeente = any (core.gemeenten());
	perform core.eis(o.id is not null, 409, 'Deze overdracht is niet geaccepteerd');
	perform set_config('regie.gemeenten', o.gemeente || ',' || o.naar_gemeente, true);
end $$;
revoke execute on function intake.open_overdracht from public;
