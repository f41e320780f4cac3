-- SPDX-License-Identifier: EUPL-1.2

-- persoon: the facts that a PIP rests on, those of PIPs of other gemeenten among them, and the policy
select i.id, i.gemeente, i.doelgroep, i.lbt_uitslag as lbt, i.intake_afgerond_op, i.datum_kennisgeving,
	coalesce(v.datum_vestiging, i.datum_inschrijving_brp) as datum_inschrijving_brp,
	e.aantal as vastgestelde_pips, o.aantal as ontvangen_pips,
	greatest(e.laatste, o.laatste) as vorige_dagtekening, e.leerroute, e.dagtekening,
	o.leerroute as ontvangen_leerroute, i.termijn_begin, i.termijn_einde,
	least(e.eerste, o.eerste) as eerste_dagtekening, (select u.aantal from progress.v_uren u
		where u.inburgeraar_id = i.id and u.soort = 'cursus') as cursusuren,
	council.beleid_op(i.gemeente, :vandaag::date) as beleid
from intake.v_inburgeraar i left join intake.v_verhuizing v on v.id = i.id
cross join lateral (select count(*) as aantal, min(p.dagtekening) as eerste, max(p.dagtekening) as laatste,
		max(p.leerroute) filter (where p.status = 'vastgesteld') as leerroute,
		max(p.dagtekening) filter (where p.status = 'vastgesteld') as dagtekening
	from learning_routes.pip p
	where p.inburgeraar_id = i.id and p.status in ('vastgesteld', 'vervangen')) e
cross join lateral (select count(*) as aantal, min(p.dagtekening) as eerste, max(p.dagtekening) as laatste,
		(array_agg(p.leerroute order by p.dagtekening desc))[1] as leerroute
	from learning_routes.ontvangen_pip p where p.inburgeraar_id = i.id) o
where i.id = :persoon_id::uuid;

-- pip_toevoegen: a new concept; none when the person is not ours
insert into learning_routes.pip (id, gemeente, inburgeraar_id, volgnummer, leerroute, niveau,
	geschatte_intensiteit_b1_route, pvt_uren, map_uren, aantal_voortgangsgesprekken, begeleiding,
	vve_afspraken, alfabetisering, mag_opleiding_afmaken, wenst_opleiding, grote_kans_diploma,
	redelijkerwijs_haalbaar_b1, bijzonder_geval, motivering, lbt_uitslag, bezwaren, grondslag, uitleg)
select :pip_id::uuid, i.gemeente, i.id,
	1 + coalesce((select max(volgnummer) from learning_routes.pip where inburgeraar_id = i.id), 0),
	:leerroute, :niveau, :geschatte_intensiteit_b1_route::int, :pvt_uren::int, :map_uren::int,
	:aantal_voortgangsgesprekken::int, :begeleiding, :vve_afspraken, :alfabetisering,
	:mag_opleiding_afmaken::boolean, :wenst_opleiding::boolean, :grote_kans_diploma::boolean,
	:redelijkerwijs_haalbaar_b1::boolean, :bijzonder_geval::boolean, :motivering, i.lbt_uitslag,
	:bezwaren::jsonb, :grondslag::jsonb, :uitleg
from intake.v_inburgeraar i where i.id = :id::uuid
returning *;

-- pip_wijzigen: the concept with new contents
update learning_routes.pip set leerroute = :leerroute, niveau = :niveau,
	geschatte_intensiteit_b1_route = :geschatte_intensiteit_b1_route::int, pvt_uren = :pvt_uren::int,
	map_uren = :map_uren::int, aantal_voortgangsgesprekken = :aantal_voortgangsgesprekken::int,
	begeleiding = :begeleiding, vve_afspraken = :vve_afspraken, alfabetisering = :alfabetisering,
	mag_opleiding_afmaken = :mag_opleiding_afmaken::boolean,
	wenst_opleiding = :wenst_opleiding::boolean, grote_kans_diploma = :grote_kans_diploma::boolean,
	redelijkerwijs_haalbaar_b1 = :redelijkerwijs_haalbaar_b1::boolean,
	bijzonder_geval = :bijzonder_geval::boolean, motivering = :motivering,
	bezwaren = :bezwaren::jsonb, grondslag = :grondslag::jsonb, uitleg = :uitleg, versie = versie + 1
where id = :id::uuid and versie = :versie::int and status = 'concept'
returning *;

-- pip_lezen: one PIP
select * from learning_routes.pip where id = :id::uuid;

-- pip_geldend: the PIP in force
select * from learning_routes.pip where inburgeraar_id = :id::uuid and status = 'vastgesteld';

-- pips: all versions, newest first
select * from learning_routes.pip
where inburgeraar_id = :id::uuid
	and (:na_1::int is null or (volgnummer, id) < (:na_1::int, :na_2::uuid))
order by volgnummer desc, id desc limit :limiet::int;

-- pip_nog_concept: ends the batch when the concept was changed or set meanwhile
select core.eis(exists (select 1 from learning_routes.pip
	where id = :id::uuid and versie = :versie::int and status = 'concept' for update), 412,
	'Haal het PIP opnieuw op en probeer het nog eens');

-- pip_vervangen: the PIP in force gives way to this concept
update learning_routes.pip oud set status = 'vervangen', versie = oud.versie + 1
from learning_routes.pip nieuw
where nieuw.id = :id::uuid and oud.inburgeraar_id = nieuw.inburgeraar_id and oud.status = 'vastgesteld';

-- pip_vaststellen: the concept becomes a decision
update learning_routes.pip set status = 'vastgesteld', dagtekening = :dagtekening::date,
	niveau = :niveau, bezwaren = '[]', grondslag = :grondslag::jsonb, uitleg = :uitleg,
	bezwaar_tot = :bezwaar_tot::date, duo_status = 'wacht', vastgesteld_door = :medewerker::uuid,
	versie = versie + 1
where id = :id::uuid
returning *;

-- pip_melden: the event
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'learning-routes', 'pip-vastgesteld', p.gemeente, p.inburgeraar_id, p.id, :trace,
	jsonb_strip_nulls(jsonb_build_object('dagtekening', p.dagtekening, 'leerroute', p.leerroute,
		'niveau', p.niveau, 'versie', p.volgnummer,
		'aantalVoortgangsgesprekken', p.aantal_voortgangsgesprekken))
from learning_routes.pip p where p.id = :id::uuid;

-- pip_duo: what DUO answered
update learning_routes.pip set duo_status = :duo_status, duo_fout = :duo_fout, versie = versie + 1
where id = :onderwerp::uuid and status <> 'concept';

-- pip_nog_vastgesteld: ends the batch when it was replaced or withdrawn meanwhile
select core.eis(exists (select 1 from learning_routes.pip
	where id = :id::uuid and versie = :versie::int and status = 'vastgesteld' for update), 412,
	'Haal het PIP opnieuw op en probeer het nog eens');

-- pip_intrekken: it was a mistake
update learning_routes.pip set status = 'ingetrokken', intrekking_reden = :reden, versie = versie + 1
where id = :id::uuid
returning *;

-- pip_herleven: the PIP that it had taken the place of holds again
update learning_routes.pip oud set status = 'vastgesteld', versie = oud.versie + 1
where oud.id = (select v.id from learning_routes.pip v join learning_routes.pip weg using (inburgeraar_id)
	where weg.id = :id::uuid and v.status = 'vervangen' order by v.volgnummer desc limit 1);

-- pip_intrekking_melden: the event, with the PIP that holds now
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'learning-routes', 'pip-ingetrokken', weg.gemeente, weg.inburgeraar_id, weg.id, :trace,
	jsonb_strip_nulls(jsonb_build_object('dagtekening', p.dagtekening, 'leerroute', p.leerroute,
		'eersteDagtekening', p.eerste_dagtekening))
from learning_routes.pip weg left join learning_routes.v_pip p using (inburgeraar_id) where weg.id = :id::uuid;

-- instelling: the facts of a cursusinstelling that DUO looks at
select bow_keurmerk, tst_keurmerk from learning_routes.cursusinstelling
where instellingsnummer = :instellingsnummer;

-- aanbod_mogelijk: ends the batch when the PIP that it rests on was replaced or withdrawn meanwhile
select core.eis(exists (select 1 from learning_routes.pip
	where inburgeraar_id = :id::uuid and status = 'vastgesteld' and dagtekening = :dagtekening::date for share), 409,
	'Het PIP is intussen gewijzigd; probeer het opnieuw');

-- aanbod_vervangen: the current offer of the same institution gives way
update learning_routes.aanbod set status = 'vervangen', versie = versie + 1
where inburgeraar_id = :id::uuid and instellingsnummer = :instellingsnummer and status = 'vastgelegd';

-- aanbod_toevoegen: an offer to an asielstatushouder with a PIP
insert into learning_routes.aanbod (id, gemeente, inburgeraar_id, instellingsnummer, datum_aanbod,
	datum_start, datum_einde, uren_per_week, duo_status)
select :aanbod_id::uuid, p.gemeente, p.inburgeraar_id, c.instellingsnummer, :datum_aanbod::date,
	:datum_start::date, :datum_einde::date, :uren_per_week::int, 'wacht'
from learning_routes.pip p, learning_routes.cursusinstelling c
where p.inburgeraar_id = :id::uuid and p.status = 'vastgesteld'
	and c.instellingsnummer = :instellingsnummer
returning *, (select naam from learning_routes.cursusinstelling c
	where c.instellingsnummer = aanbod.instellingsnummer) as instelling_naam;

-- aanbod_melden: the event, only when this transaction made the offer
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'learning-routes', 'aanbod-vastgelegd', a.gemeente, a.inburgeraar_id, a.id, :trace,
	jsonb_build_object('instellingsnummer', a.instellingsnummer, 'datum', a.datum_aanbod)
from learning_routes.aanbod a where a.id = :aanbod_id::uuid;

-- aanbod_lezen: one offer
select a.*, c.naam as instelling_naam
from learning_routes.aanbod a join learning_routes.cursusinstelling c using (instellingsnummer)
where a.id = :id::uuid;

-- aanbiedingen: of a person, newest first
select a.*, c.naam as instelling_naam
from learning_routes.aanbod a join learning_routes.cursusinstelling c using (instellingsnummer)
where a.inburgeraar_id = :id::uuid
	and (:na_1::date is null or (a.datum_aanbod, a.id) < (:na_1::date, :na_2::uuid))
order by a.datum_aanbod desc, a.id desc limit :limiet::int;

-- aanbod_duo: what DUO answered
update learning_routes.aanbod set duo_status = :duo_status, duo_fout = :duo_fout, versie = versie + 1
where id = :onderwerp::uuid;

-- aanbod_nog_zo: ends the batch when it was changed meanwhile
select core.eis(exists (select 1 from learning_routes.aanbod
	where id = :id::uuid and versie = :versie::int and status = 'vastgelegd' for update), 412,
	'Haal het aanbod opnieuw op en probeer het nog eens');

-- aanbod_intrekken: it was a mistake, or is no longer there
update learning_routes.aanbod set status = 'ingetrokken', intrekking_reden = :reden, versie = versie + 1
where id = :id::uuid
returning *, (select naam from learning_routes.cursusinstelling c
	where c.instellingsnummer = aanbod.instellingsnummer) as instelling_naam;

-- aanbod_intrekking_melden: the event
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'learning-routes', 'aanbod-ingetrokken', a.gemeente, a.inburgeraar_id, a.id, :trace,
	jsonb_build_object('instellingsnummer', a.instellingsnummer)
from learning_routes.aanbod a where a.id = :id::uuid;

-- cursusinstellingen: by number
select * from learning_routes.cursusinstelling
where :na_1::text is null or instellingsnummer > :na_1
order by instellingsnummer limit :limiet::int;

-- persoon_bestaat: is this person ours
select id from intake.v_inburgeraar where id = :id::uuid;

-- pip_van_duo: the PIP that the gemeente before set; what was handed over says more and stays
insert into learning_routes.ontvangen_pip as t (gemeente, inburgeraar_id, van_gemeente, bron, dagtekening,
	leerroute, niveau, geschatte_intensiteit_b1_route)
values (:van_event, :persoon::uuid, :gemeentecode, 'duo', :dagtekening::date, :leerroute, :niveau,
	:intensiteit::int)
on conflict (inburgeraar_id, van_gemeente, dagtekening) do update set leerroute = excluded.leerroute,
	niveau = excluded.niveau, geschatte_intensiteit_b1_route = excluded.geschatte_intensiteit_b1_route,
	versie = t.versie + 1
	where t.bron = 'duo' and (t.leerroute, t.niveau, t.geschatte_intensiteit_b1_route) is distinct from
		(excluded.leerroute, excluded.niveau, excluded.geschatte_intensiteit_b1_route);

-- ontvangen_pips: of other gemeenten, oldest first
select * from learning_routes.ontvangen_pip
where inburgeraar_id = :id::uuid and (:na_1::date is null or (dagtekening, id) > (:na_1::date, :na_2::uuid))
order by dagtekening, id limit :limiet::int;

-- overnemen: the PIPs of an accepted overdracht, and word of it
with n as (select learning_routes.neem_over(:overdracht::uuid) as aantal)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'learning-routes', 'overdracht-overgenomen', :van_event, :persoon::uuid, :overdracht::uuid, :trace,
	jsonb_build_object('wat', format('PIP''s: %s', aantal)) from n;
