-- SPDX-License-Identifier: EUPL-1.2
-- Progress that was made in another gemeente and handed over: it counts like the own, and says where it is from.
-- Reports of talks stay where they were written.

alter table progress.voortgangsgesprek add column van_gemeente text;
alter table progress.uren add column van_gemeente text;
alter table progress.examenresultaat add column van_gemeente text;
alter table progress.afronding add column van_gemeente text;

-- Copies the progress of an accepted overdracht; how many rows of which kind. What is there already stays.
create function progress.neem_over(p_overdracht uuid) returns jsonb
	language plpgsql security definer set search_path = progress, core as $$
declare
	geopend record;
	o intake.overdracht;
	n int;
	aantallen jsonb := '{}';
begin
	select * into geopend from intake.open_overdracht(p_overdracht);
	o := geopend.o;
	insert into progress.traject (id, gemeente, inburgeraar_id, bron, termijn_begin, termijn_einde, voltooid_op)
	select gen_random_uuid(), o.naar_gemeente, o.naar_inburgeraar_id, bron, termijn_begin, termijn_einde, voltooid_op
	from progress.traject where inburgeraar_id = o.inburgeraar_id
	on conflict (inburgeraar_id) do nothing;
	get diagnostics n = row_count;
	aantallen := aantallen || jsonb_build_object('termijn', n);
	insert into progress.voortgangsgesprek (id, gemeente, inburgeraar_id, datum, tijd, plaats, status, verwijtbaar,
		van_gemeente)
	select gen_random_uuid(), o.naar_gemeente, o.naar_inburgeraar_id, g.datum, g.tijd, g.plaats, g.status,
		g.verwijtbaar, coalesce(g.van_gemeente, g.gemeente)
	from progress.voortgangsgesprek g where g.inburgeraar_id = o.inburgeraar_id
		and g.status in ('gehouden', 'niet-verschenen')
		and not exists (select 1 from progress.voortgangsgesprek e where e.inburgeraar_id = o.naar_inburgeraar_id
			and (e.datum, e.tijd) = (g.datum, g.tijd));
	get diagnostics n = row_count;
	aantallen := aantallen || jsonb_build_object('voortgangsgesprekken', n);
	insert into progress.uren (id, gemeente, inburgeraar_id, soort, van, tot, aantal, geoorloofd_verzuim,
		ongeoorloofd_verzuim, van_gemeente)
	select gen_random_uuid(), o.naar_gemeente, o.naar_inburgeraar_id, u.soort, u.van, u.tot, u.aantal,
		u.geoorloofd_verzuim, u.ongeoorloofd_verzuim, coalesce(u.van_gemeente, u.gemeente)
	from progress.uren u where u.inburgeraar_id = o.inburgeraar_id
		and not exists (select 1 from progress.uren e where e.inburgeraar_id = o.naar_inburgeraar_id
			and e.soort = u.soort and e.van <= u.tot and e.tot >= u.van);
	get diagnostics n = row_count;
	aantallen := aantallen || jsonb_build_object('uren', n);
	insert into progress.examenresultaat (id, gemeente, inburgeraar_id, onderdeel, niveau, resultaat, datum, bron,
		van_gemeente)
	select gen_random_uuid(), o.naar_gemeente, o.naar_inburgeraar_id, onderdeel, niveau, resultaat, datum, bron,
		coalesce(van_gemeente, gemeente)
	from progress.examenresultaat where inburgeraar_id = o.inburgeraar_id
	on conflict (inburgeraar_id, onderdeel, niveau, datum) do nothing;
	get diagnostics n = row_count;
	aantallen := aantallen || jsonb_build_object('examenresultaten', n);
	insert into progress.afronding (id, gemeente, inburgeraar_id, soort, datum, van_gemeente)
	select gen_random_uuid(), o.naar_gemeente, o.naar_inburgeraar_id, soort, datum, coalesce(van_gemeente, gemeente)
	from progress.afronding where inburgeraar_id = o.inburgeraar_id
	on conflict (inburgeraar_id, soort) do nothing;
	get diagnostics n = row_count;
	aantallen := aantallen || jsonb_build_object('afrondingen', n);
	insert into progress.beoordeling (id, gemeente, inburgeraar_id, aard, soort, oordeel, grond, aangevraagd, datum,
		van, tot, onderdeel, niveau, participatie_maximum)
	select gen_random_uuid(), o.naar_gemeente, o.naar_inburgeraar_id, aard, soort, oordeel, grond, aangevraagd, datum,
		van, tot, onderdeel, niveau, participatie_maximum
	from progress.beoordeling where inburgeraar_id = o.inburgeraar_id
	on conflict do nothing;
	get diagnostics n = row_count;
	aantallen := aantallen || jsonb_build_object('beoordelingen', n);
	perform set_config('regie.gemeenten', geopend.eigen, true);
	return aantallen;
end $$;
revoke execute on function progress.neem_over from public;
grant execute on function progress.neem_over to regie_progress;
