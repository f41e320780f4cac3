-- SPDX-License-Identifier: EUPL-1.2
-- Fines of gemeenten where the person lived before, handed over: they count for recidive (Besluit 7.1 lid 3).

create table enforcement.ontvangen_boete (
	id uuid primary key default gen_random_uuid(),
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,        -- intake.inburgeraar
	van_gemeente text not null,
	overdracht_id uuid not null,
	boete_id uuid not null,              -- the overtreding there
	artikel text not null check (artikel in ('22', '23')),
	stap int,
	gedraging text not null,
	datum_overtreding date not null,
	datum_constatering date not null,
	bedrag bigint not null,              -- cents
	besluit_datum date not null,
	bekendmaking_datum date not null,
	onherroepelijk_op date,
	status text not null,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, boete_id)
);
call core.bescherm('enforcement.ontvangen_boete', 'inburgeraar_id');
grant select on enforcement.ontvangen_boete to regie_enforcement;

-- Copies the fines that were made known of an accepted overdracht; how many there were.
create function enforcement.neem_over(p_overdracht uuid) returns int
	language plpgsql security definer set search_path = enforcement, core as $$
declare
	geopend record;
	o intake.overdracht;
	aantal int;
begin
	select * into geopend from intake.open_overdracht(p_overdracht);
	o := geopend.o;
	insert into enforcement.ontvangen_boete as t (gemeente, inburgeraar_id, van_gemeente, overdracht_id, boete_id,
		artikel, stap, gedraging, datum_overtreding, datum_constatering, bedrag, besluit_datum, bekendmaking_datum,
		onherroepelijk_op, status)
	select o.naar_gemeente, o.naar_inburgeraar_id, b.van, o.id, b.id, b.artikel, b.stap, b.gedraging,
		b.datum_overtreding, b.datum_constatering, b.bedrag, b.besluit_datum, b.bekendmaking_datum,
		b.onherroepelijk_op, b.status
	from (select gemeente as van, id, artikel, stap, gedraging, datum_overtreding, datum_constatering, bedrag,
			besluit_datum, bekendmaking_datum, onherroepelijk_op, status
		from enforcement.overtreding where inburgeraar_id = o.inburgeraar_id
			and status in ('bekendgemaakt', 'bezwaar', 'onherroepelijk')
		union all
		select van_gemeente, boete_id, artikel, stap, gedraging, datum_overtreding, datum_constatering, bedrag,
			besluit_datum, bekendmaking_datum, onherroepelijk_op, status
		from enforcement.ontvangen_boete where inburgeraar_id = o.inburgeraar_id
			and van_gemeente <> o.naar_gemeente) b
	on conflict (inburgeraar_id, boete_id) do update set overdracht_id = excluded.overdracht_id,
		onherroepelijk_op = excluded.onherroepelijk_op, status = excluded.status, versie = t.versie + 1;
	get diagnostics aantal = row_count;
	perform set_config('regie.gemeenten', geopend.eigen, true);
	return aantal;
end $$;
revoke execute on function enforcement.neem_over from public;
grant execute on function enforcement.neem_over to regie_enforcement;
