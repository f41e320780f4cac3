-- SPDX-License-Identifier: EUPL-1.2

-- persoon: the person; no row for another gemeente's
select i.id, i.gemeente, i.doelgroep, council.beleid_op(i.gemeente, :vandaag::date) as beleid
from intake.v_inburgeraar i where i.id = :id;

-- bestaat: is there such a person for this reader
select 1 from intake.v_inburgeraar where id = :id;

-- ladder: the newest missed oproep, and whether an overtreding rests on it
select s.id, s.datum, s.verwijtbaar, s.volgende_stap, exists (select 1 from enforcement.overtreding o
	where o.signaal_id = s.id and o.status <> 'geseponeerd') as gebruikt
from enforcement.signaal s
where s.inburgeraar_id = :id and s.soort = 'oproep-niet-verschenen'
order by s.volgnummer desc, s.datum desc limit 1;

-- signaal_toevoegen: a fact that intake or progress told
insert into enforcement.signaal (id, gemeente, inburgeraar_id, soort, datum, verwijtbaar, volgnummer,
	volgende_stap, onderwerp)
values (:signaal::uuid, :van_gemeente, :persoon::uuid, :soort, :datum, :verwijtbaar::boolean,
	:volgnummer::int, :volgende_stap, :onderwerp::uuid)
on conflict (id) do nothing;

-- signalen: the facts of a person
select * from enforcement.signaal
where inburgeraar_id = :id and (:na_1::date is null or (datum, id) > (:na_1::date, :na_2::uuid))
order by datum, id limit :limiet::int;

-- overtreding_toevoegen: establishes an overtreding
insert into enforcement.overtreding (id, gemeente, inburgeraar_id, artikel, stap, gedraging,
	datum_overtreding, datum_constatering, omschrijving, verwijtbaarheid, bijstand_verlaagd,
	aanhoudende_onwil, signaal_id, verjaart_op, zienswijze_voor)
values (:id, :van_gemeente, :inburgeraar_id, :artikel, :stap, :gedraging, :datum_overtreding,
	:datum_constatering, :omschrijving, :verwijtbaarheid, :bijstand_verlaagd, :aanhoudende_onwil,
	:signaal_id, :verjaart_op, :zienswijze_voor)
returning *;

-- overtreding: one, with the person's data that the law asks for
select o.*, i.doelgroep, council.beleid_op(o.gemeente, :vandaag::date) as beleid
from enforcement.overtreding o join intake.v_inburgeraar i on i.id = o.inburgeraar_id
where o.id = :id;

-- eerdere: the person's other overtredingen with a decision that stands, those of other gemeenten among them,
-- oldest first
select e.artikel, e.datum_constatering, e.onherroepelijk_op, e.bedrag
from enforcement.overtreding o cross join lateral (
	select id, artikel, datum_constatering, onherroepelijk_op, bedrag from enforcement.overtreding
	where inburgeraar_id = o.inburgeraar_id and id <> o.id
		and status in ('besloten', 'bekendgemaakt', 'bezwaar', 'onherroepelijk')
	union all
	select boete_id, artikel, datum_constatering, onherroepelijk_op, bedrag from enforcement.ontvangen_boete
	where inburgeraar_id = o.inburgeraar_id) e
where o.id = :id
order by e.datum_constatering, e.id;

-- overtredingen: of a person
select * from enforcement.overtreding
where inburgeraar_id = :id
	and (:na_1::date is null or (datum_constatering, id) > (:na_1::date, :na_2::uuid))
order by datum_constatering, id limit :limiet::int;

-- ongewijzigd: ends the batch when the overtreding was changed meanwhile
select core.eis(exists (select 1 from enforcement.overtreding
	where id = :id and versie = :versie for update), 412,
	'Haal de overtreding opnieuw op en probeer het nog eens');

-- overtreding_bijwerken: one move further
update enforcement.overtreding set status = :status, verwijtbaarheid = :verwijtbaarheid,
	bijstand_verlaagd = :bijstand_verlaagd, aanhoudende_onwil = :aanhoudende_onwil, gewaarschuwd_op = :gewaarschuwd_op,
	rapporteur_id = :rapporteur_id, rapport_datum = :rapport_datum, rapport = :rapport,
	zienswijze_voor = :zienswijze_voor, zienswijze_op = :zienswijze_op, zienswijze = :zienswijze,
	voorsteller_id = :voorsteller_id, voorstel_datum = :voorstel_datum,
	vereist = coalesce(:vereist::jsonb, '[]'), hulp_aangeboden_op = :hulp_aangeboden_op,
	tweede_lezer_id = :tweede_lezer_id, tweede_lezing_op = :tweede_lezing_op, tweede_lezing = :tweede_lezing,
	tweede_lezing_akkoord = :tweede_lezing_akkoord, bedrag = :bedrag,
	basisbedrag = :basisbedrag, trede = :trede, percentage = :percentage, reden = :reden,
	grondslag = coalesce(:grondslag::jsonb, '[]'), uitleg = :uitleg, beslisser_id = :beslisser_id,
	besluit_datum = :besluit_datum, motivering = :motivering, beslissen_voor = :beslissen_voor,
	bekendmaking_datum = :bekendmaking_datum, bezwaar_tot = :bezwaar_tot,
	nieuwe_termijn_uiterlijk = :nieuwe_termijn_uiterlijk,
	bezwaar_ingediend_op = :bezwaar_ingediend_op, bezwaar_beslist_op = :bezwaar_beslist_op,
	bezwaar_uitkomst = :bezwaar_uitkomst, bezwaar_beslisser_id = :bezwaar_beslisser_id,
	beroep_tot = :beroep_tot,
	onherroepelijk_op = :onherroepelijk_op, seponering_datum = :seponering_datum,
	seponering_reden = :seponering_reden, versie = versie + 1
where id = :id and versie = :versie
returning *;

-- boetes: fines of a person that were made known
select * from enforcement.v_boete
where inburgeraar_id = :id
	and (:na_1::date is null or (bekendmaking_datum, id) > (:na_1::date, :na_2::uuid))
order by bekendmaking_datum, id limit :limiet::int;

-- ontvangen_boetes: fines of gemeenten where the person lived before
select * from enforcement.ontvangen_boete
where inburgeraar_id = :id
	and (:na_1::date is null or (bekendmaking_datum, id) > (:na_1::date, :na_2::uuid))
order by bekendmaking_datum, id limit :limiet::int;

-- overnemen: the fines of an accepted overdracht, and word of it
with n as (select enforcement.neem_over(:overdracht::uuid) as aantal)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'enforcement', 'overdracht-overgenomen', :van_gemeente, :persoon::uuid, :overdracht::uuid, :trace,
	jsonb_build_object('wat', format('boetes: %s', aantal)) from n;
