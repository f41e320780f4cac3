-- SPDX-License-Identifier: EUPL-1.2
-- PIPs of gemeenten where the person lived before, as DUO tells them and as they are handed over: what the law
-- says a PIP holds (Wi2021 art. 15), and not why, nor what came up in the intake.

create table learning_routes.ontvangen_pip (
	id uuid primary key default gen_random_uuid(),
	gemeente text not null references core.gemeente,
	inburgeraar_id uuid not null,        -- intake.inburgeraar
	van_gemeente text not null,
	bron text not null check (bron in ('duo', 'overdracht')),
	overdracht_id uuid,
	dagtekening date not null,
	leerroute text not null check (leerroute in ('B', 'O', 'Z')),
	niveau text check (niveau in ('A2', 'B1')),
	geschatte_intensiteit_b1_route int,
	pvt_uren int,
	map_uren int,
	aantal_voortgangsgesprekken int,
	begeleiding text,
	vve_afspraken text,
	alfabetisering text,
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (inburgeraar_id, van_gemeente, dagtekening)
);
call core.bescherm('learning_routes.ontvangen_pip', 'inburgeraar_id');
grant select, insert, update on learning_routes.ontvangen_pip to regie_learning_routes;

-- Copies the PIPs of an accepted overdracht; how many there were.
create function learning_routes.neem_over(p_overdracht uuid) returns int
	language plpgsql security definer set search_path = learning_routes, core as $$
declare
	geopend record;
	o intake.overdracht;
	aantal int;
begin
	select * into geopend from intake.open_overdracht(p_overdracht);
	o := geopend.o;
	insert into learning_routes.ontvangen_pip as t (gemeente, inburgeraar_id, van_gemeente, bron, overdracht_id,
		dagtekening, leerroute, niveau, geschatte_intensiteit_b1_route, pvt_uren, map_uren,
		aantal_voortgangsgesprekken, begeleiding, vve_afspraken, alfabetisering)
	select distinct on (van, p.dagtekening) o.naar_gemeente, o.naar_inburgeraar_id, p.van, 'overdracht', o.id,
		p.dagtekening, p.leerroute, p.niveau, p.geschatte_intensiteit_b1_route, p.pvt_uren, p.map_uren,
		p.aantal_voortgangsgesprekken, p.begeleiding, p.vve_afspraken, p.alfabetisering
	from (select gemeente as van, volgnummer, dagtekening, leerroute, niveau, geschatte_intensiteit_b1_route,
			pvt_uren, map_uren, aantal_voortgangsgesprekken, begeleiding, vve_afspraken, alfabetisering
		from learning_routes.pip where inburgeraar_id = o.inburgeraar_id and status <> 'concept'
		union all
		select van_gemeente, 0, dagtekening, leerroute, niveau, geschatte_intensiteit_b1_route,
			pvt_uren, map_uren, aantal_voortgangsgesprekken, begeleiding, vve_afspraken, alfabetisering
		from learning_routes.ontvangen_pip where inburgeraar_id = o.inburgeraar_id
			and van_gemeente <> o.naar_gemeente) p
	order by van, p.dagtekening, p.volgnummer desc
	on conflict (inburgeraar_id, van_gemeente, dagtekening) do update set bron = excluded.bron,
		overdracht_id = excluded.overdracht_id, leerroute = excluded.leerroute, niveau = excluded.niveau,
		geschatte_intensiteit_b1_route = excluded.geschatte_intensiteit_b1_route,
		pvt_uren = excluded.pvt_uren, map_uren = excluded.map_uren,
		aantal_voortgangsgesprekken = excluded.aantal_voortgangsgesprekken,
		begeleiding = excluded.begeleiding, vve_afspraken = excluded.vve_afspraken,
		alfabetisering = excluded.alfabetisering, versie = t.versie + 1;
	get diagnostics aantal = row_count;
	perform set_config('regie.gemeenten', geopend.eigen, true);
	return aantal;
end $$;
revoke execute on function learning_routes.neem_over from public;
grant execute on function learning_routes.neem_over to regie_learning_routes;
