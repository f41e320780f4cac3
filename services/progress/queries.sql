-- SPDX-License-Identifier: EUPL-1.2

-- persoon: the person, the term and what is finished; no row for another gemeente's
select i.id, i.gemeente, t.termijn_begin, t.termijn_einde, t.bron, i.plicht_einde, i.plicht_einde_reden, p.leerroute,
	a.pvt_ondertekend_op, a.map_eindgesprek_op, a.z_eindgesprek_op
from intake.v_inburgeraar i
left join progress.traject t on t.inburgeraar_id = i.id
left join learning_routes.v_pip p on p.inburgeraar_id = i.id
left join progress.v_pvt_map a on a.inburgeraar_id = i.id
where i.id = :id;

-- bestaat: is there such a person for this reader
select 1 from intake.v_inburgeraar where id = :id;

-- termijn: the term as it stands
select t.inburgeraar_id, t.termijn_begin as begin, t.termijn_einde as einde, t.bron, i.plicht_einde,
	i.plicht_einde_reden, t.voltooid_op
from progress.traject t join intake.v_inburgeraar i on i.id = t.inburgeraar_id
where t.inburgeraar_id = :id;

-- feiten: all that completion depends on, in one row
select i.id as inburgeraar_id, i.gemeente, i.doelgroep, p.leerroute, p.niveau, p.pvt_uren as pvt_pip_uren,
	p.map_uren as map_pip_uren, t.termijn_begin, t.termijn_einde, i.plicht_einde, i.plicht_einde_reden,
	t.voltooid_op, t.id as traject_id, u.cursus, u.participatie, u.pvt, u.map, a.pvt_ondertekend_op,
	a.map_eindgesprek_op, a.z_eindgesprek_op, a.tst_behaald_op
from intake.v_inburgeraar i
left join progress.traject t on t.inburgeraar_id = i.id
left join learning_routes.v_pip p on p.inburgeraar_id = i.id
left join progress.v_pvt_map a on a.inburgeraar_id = i.id
cross join lateral (
	select coalesce(sum(r.aantal) filter (where r.soort = 'cursus'), 0) as cursus,
		coalesce(sum(r.aantal) filter (where r.soort = 'participatie'), 0) as participatie,
		coalesce(sum(r.aantal) filter (where r.soort = 'pvt'), 0) as pvt,
		coalesce(sum(r.aantal) filter (where r.soort = 'map'), 0) as map
	from progress.uren r where r.inburgeraar_id = i.id) u
where i.id = :id;

-- feiten_examens: what was passed or exempted
select onderdeel, niveau, resultaat from progress.examenresultaat
where inburgeraar_id = :id and resultaat in ('geslaagd', 'vrijgesteld');

-- feiten_beoordelingen: what the person is exempted or dispensed from; an exemption counts at the level of the PIP
select b.aard, b.onderdeel, b.participatie_maximum
from progress.beoordeling b left join learning_routes.v_pip p on p.inburgeraar_id = b.inburgeraar_id
where b.inburgeraar_id = :id and b.soort = 'gedeeltelijk' and b.oordeel = 'toegekend'
	and (b.aard = 'ontheffing' or b.niveau >= coalesce(p.niveau, 'B1'));

-- beoordeling_van_duo: a decision as DUO tells it; told again it replaces what was told before
insert into progress.beoordeling as b (id, gemeente, inburgeraar_id, aard, soort, oordeel, grond, aangevraagd,
	datum, van, tot, onderdeel, niveau, participatie_maximum)
values (:nieuw::uuid, :van_gemeente, :persoon::uuid, :aard, :soort, :oordeel, :grond, :aangevraagd::date,
	:datum::date, :van::date, :tot::date, :onderdeel, :niveau, :participatie_maximum::int)
on conflict (inburgeraar_id, aard, soort, onderdeel, niveau, (coalesce(aangevraagd, datum))) do update
	set oordeel = excluded.oordeel, grond = excluded.grond, datum = excluded.datum, van = excluded.van,
		tot = excluded.tot, participatie_maximum = excluded.participatie_maximum, versie = b.versie + 1
	where (b.oordeel, b.grond, b.datum, b.van, b.tot, b.participatie_maximum) is distinct from
		(excluded.oordeel, excluded.grond, excluded.datum, excluded.van, excluded.tot,
			excluded.participatie_maximum);

-- beoordelingen: of a person, in the order in which they were asked for or made
select * from (
	select id, inburgeraar_id, aard, soort, oordeel, grond, aangevraagd, datum, van, tot, onderdeel, niveau,
		participatie_maximum, coalesce(aangevraagd, datum, aangemaakt::date) as dag
	from progress.beoordeling where inburgeraar_id = :id) b
where :na_1::date is null or (dag, id) > (:na_1::date, :na_2::uuid)
order by dag, id limit :limiet::int;

-- gesprek_toevoegen: plans a talk; ends the batch when there is no such person for this reader
insert into progress.voortgangsgesprek (id, gemeente, inburgeraar_id, datum, tijd, plaats, onderwerp,
	regisseur_id)
select :gesprek::uuid, i.gemeente, i.id, :datum::date, :tijd::text, :plaats, :onderwerp, :medewerker::uuid
from (select :id::uuid as id) v left join intake.v_inburgeraar i on i.id = v.id
	cross join core.eis(i.id is not null, 404, 'Inburgeraar niet gevonden')
returning *;

-- gesprek_melden: the event of the new talk
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'progress', 'gesprek-gepland', gemeente, inburgeraar_id, id, :trace, jsonb_build_object('datum', datum)
from progress.voortgangsgesprek where id = :gesprek::uuid;

-- gesprek: one talk
select * from progress.voortgangsgesprek where id = :id;

-- gesprekken: the talks of a person
select * from progress.voortgangsgesprek
where inburgeraar_id = :id and (:na_1::date is null or (datum, id) > (:na_1::date, :na_2::uuid))
order by datum, id limit :limiet::int;

-- gesprek_uitkomst: how it went; only of a planned talk that nobody changed meanwhile
update progress.voortgangsgesprek set status = :status, verwijtbaar = :verwijtbaar::boolean,
	verslag = :verslag, versie = versie + 1
where id = :id and versie = :versie and status = 'gepland'
returning *;

-- gesprek_nog_gepland: ends the batch when the talk was changed meanwhile
select core.eis(exists (select 1 from progress.voortgangsgesprek
	where id = :id and versie = :versie and status = 'gepland' for update), 412,
	'Haal het gesprek opnieuw op en probeer het nog eens');

-- vergrendel_persoon: one change of this kind at a time per person
select pg_advisory_xact_lock(hashtextextended('progress.uren:' || :id::text, 0));

-- uren_vrij: ends the batch when the period is already there
select core.eis(not exists (select 1 from progress.uren
	where inburgeraar_id = :id and soort = :soort and van <= :tot::date and tot >= :van::date), 409,
	'Over (een deel van) deze periode staan al uren van deze soort');

-- uren_toevoegen: hours of one period
insert into progress.uren (id, gemeente, inburgeraar_id, soort, van, tot, aantal, geoorloofd_verzuim,
	ongeoorloofd_verzuim)
values (:nieuw::uuid, :van_gemeente, :id, :soort, :van, :tot, :aantal,
	coalesce(:geoorloofd_verzuim::int, 0), coalesce(:ongeoorloofd_verzuim::int, 0))
returning *;

-- uren: one period
select * from progress.uren where id = :id;

-- uren_van: the periods of a person
select * from progress.uren
where inburgeraar_id = :id and (:na_1::date is null or (van, id) > (:na_1::date, :na_2::uuid))
order by van, id limit :limiet::int;

-- examen_toevoegen: a result, entered by hand
insert into progress.examenresultaat (id, gemeente, inburgeraar_id, onderdeel, niveau, resultaat, datum, bron)
values (:nieuw::uuid, :van_gemeente, :id, :onderdeel, :niveau, :resultaat, :datum, 'gemeente')
returning *;

-- examen_van_duo: a result as DUO tells it; the same attempt again replaces it
insert into progress.examenresultaat (id, gemeente, inburgeraar_id, onderdeel, niveau, resultaat, datum, bron)
values (:nieuw::uuid, :van_gemeente, :persoon::uuid, :onderdeel, :niveau, lower(:resultaat), :datum, 'duo')
on conflict (inburgeraar_id, onderdeel, niveau, datum) do update
	set resultaat = excluded.resultaat, bron = 'duo', versie = examenresultaat.versie + 1
	where (examenresultaat.resultaat, examenresultaat.bron) is distinct from (excluded.resultaat, 'duo');

-- examen: one result
select * from progress.examenresultaat where id = :id;

-- examens: the results of a person
select * from progress.examenresultaat
where inburgeraar_id = :id and (:na_1::date is null or (datum, id) > (:na_1::date, :na_2::uuid))
order by datum, id limit :limiet::int;

-- afronding: the date of one soort; its name differs per soort
select inburgeraar_id, datum as ondertekend_op, datum as eindgesprek_op, datum as behaald_op,
	verwijtbaar, van_gemeente, versie
from progress.afronding where inburgeraar_id = :id and soort = :soort;

-- afronding_vastleggen: sets the date, the first time or over the version that the caller saw
insert into progress.afronding as a (id, gemeente, inburgeraar_id, soort, datum, verwijtbaar)
values (:nieuw::uuid, :van_gemeente, :id, :soort, :datum, :verwijtbaar::boolean)
on conflict (inburgeraar_id, soort) do update set datum = excluded.datum, verwijtbaar = excluded.verwijtbaar,
	versie = a.versie + 1
	where a.versie = :gezien::int
returning inburgeraar_id, datum as ondertekend_op, datum as eindgesprek_op, datum as behaald_op, verwijtbaar,
	van_gemeente, versie;

-- afronding_gelukt: ends the batch when somebody else set it meanwhile
select core.eis((select versie = coalesce(:gezien::int, 0) + 1 from progress.afronding
	where inburgeraar_id = :id and soort = :soort and datum = :datum), 412,
	'Haal het gegeven opnieuw op en probeer het nog eens');

-- afronding_nog_zo: ends the batch when it was changed or withdrawn meanwhile
select core.eis(exists (select 1 from progress.afronding
	where inburgeraar_id = :id and soort = :soort and versie = :versie::int for update), 412,
	'Haal het gegeven opnieuw op en probeer het nog eens');

-- afronding_intrekken: the date was wrong
delete from progress.afronding where inburgeraar_id = :id and soort = :soort;

-- traject_weer_open: what is withdrawn is not complete any more
update progress.traject set voltooid_op = null, versie = versie + 1
where inburgeraar_id = :id and voltooid_op is not null;

-- traject_bestaat: has this person a term
select 1 from progress.traject where inburgeraar_id = :persoon::uuid;

-- traject_uit_pip: the expected term, for who has none (Wi2021 art. 11(3))
insert into progress.traject (id, gemeente, inburgeraar_id, bron, termijn_begin, termijn_einde)
values (:nieuw::uuid, :van_gemeente, :persoon::uuid, 'pip', :begin, :einde);

-- traject_zonder_pip: a term that was only expected goes with the PIP, or begins after the one that holds again
with weg as (
	delete from progress.traject where inburgeraar_id = :persoon::uuid and bron = 'pip' and :begin::date is null
)
update progress.traject set termijn_begin = :begin::date, termijn_einde = :einde::date, versie = versie + 1
where inburgeraar_id = :persoon::uuid and bron = 'pip' and :begin::date is not null
	and termijn_begin is distinct from :begin::date;

-- traject_uit_duo: the term as DUO fixed it; completion is judged anew when that is something else
with anders as (
	insert into progress.traject as t (id, gemeente, inburgeraar_id, bron, termijn_begin, termijn_einde)
	values (:nieuw::uuid, :van_gemeente, :persoon::uuid, 'duo', :begin, :einde)
	on conflict (inburgeraar_id) do update set bron = 'duo', termijn_begin = excluded.termijn_begin,
		termijn_einde = excluded.termijn_einde, versie = t.versie + 1
		where (t.bron, t.termijn_begin, t.termijn_einde)
			is distinct from ('duo', excluded.termijn_begin, excluded.termijn_einde)
	returning gemeente, inburgeraar_id
)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id)
select 'progress', 'voortgang-gewijzigd', gemeente, inburgeraar_id, inburgeraar_id, :trace from anders;

-- traject_voltooid: marks it complete, once
select core.eis(exists (select 1 from progress.traject
	where inburgeraar_id = :persoon::uuid and voltooid_op is null for update), 409, 'reeds voltooid');

-- traject_voltooien: the day it became complete
update progress.traject set voltooid_op = :vandaag, versie = versie + 1
where inburgeraar_id = :persoon::uuid;

-- overnemen: the progress of an accepted overdracht, and word of it
with n as (select progress.neem_over(:overdracht::uuid) as aantallen)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'progress', 'overdracht-overgenomen', :van_gemeente, :persoon::uuid, :overdracht::uuid, :trace,
	jsonb_build_object('wat', (select string_agg(format('%s: %s', key, value), ', ' order by key)
		from jsonb_each_text(aantallen))) from n;
