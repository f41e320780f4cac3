-- SPDX-License-Identifier: EUPL-1.2

-- gemeente_van_oin: whose notification it is; opens that gemeente for the rest of the batch
select code, set_config('regie.gemeenten', code, true) from core.gemeente where oin = :doel;

-- notificatie_bewaren: stores it once, with the event that sets the job to work
with nieuw as (
	insert into duo.notificatie (id, gemeente, bsn_enc, bsn_hash, v_nummer, gebeurtenis_id,
		geregistreerd, inhoud_enc)
	select :bericht::uuid, code, :bsn_enc, :bsn_hash, :v_nummer::bigint, :gebeurtenis_id,
		:geregistreerd::timestamptz, :inhoud_enc
	from core.gemeente where oin = :doel
	on conflict (id) do nothing
	returning id, gemeente
)
insert into core.gebeurtenis (bron, type, gemeente, onderwerp, trace_id)
select 'duo', 'notificatie-ontvangen', gemeente, id, :trace from nieuw;

-- notificatie_laden: what the job works on, with the dossier when it is there: that of the BSN, or without
-- one the only one with the V-nummer. One event at DUO has one moment of registration: under another berichtId
-- it is told again
select n.id, n.gemeente, coalesce(n.bsn_enc, i.bsn_enc) as bsn_enc,
	coalesce(n.bsn_hash, i.bsn_hash) as bsn_hash, n.v_nummer, n.gebeurtenis_id, n.status, g.oin,
	i.id as inburgeraar_id, i.doelgroep, n.dossier_gevraagd, now() as geladen,
	to_char(n.geregistreerd at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as geregistreerd,
	least((n.geregistreerd at time zone 'Europe/Amsterdam')::date, :vandaag::date) as datum,
	exists (select 1 from duo.notificatie e where e.bsn_hash = n.bsn_hash and e.gemeente = n.gemeente
		and e.gebeurtenis_id = n.gebeurtenis_id and e.geregistreerd = n.geregistreerd
		and e.id <> n.id and e.afgehandeld is not null) as herhaald
from duo.notificatie n join core.gemeente g on g.code = n.gemeente
left join intake.v_inburgeraar i on i.gemeente = n.gemeente and i.id = coalesce(
	(select b.id from intake.v_inburgeraar b where b.bsn_hash = n.bsn_hash and b.gemeente = n.gemeente),
	(select min(v.id::text)::uuid from intake.v_inburgeraar v
		where n.bsn_hash is null and v.v_nummer = n.v_nummer::text and v.gemeente = n.gemeente
		having count(*) = 1))
where n.id = :notificatie::uuid;

-- notificaties_te_halen: those that wait, and are due; first those whose dossier is being made, for the others
-- may wait for one that never comes
select id, gemeente from duo.notificatie
where status = 'ontvangen' and pogingen > 0 and volgende <= now()
order by dossier_gevraagd desc, volgende limit 20;

-- persoon_vergrendelen: what is settled about one person is settled one after the other
select pg_advisory_xact_lock(hashtextextended('duo.persoon:' || :sleutel::text, 0));

-- notificatie_nog_actueel: ends the batch when something was settled after DUO was asked
select core.eis(not exists (select 1 from duo.notificatie where bsn_hash = :bsn_hash and gemeente = :gemeente
	and afgehandeld > :geladen::timestamptz), 409, :fout);

-- notificatie_nog_open: ends the batch when another process was faster
select core.eis(exists (select 1 from duo.notificatie
	where id = :notificatie::uuid and status = 'ontvangen' for update), 409, 'reeds verwerkt');

-- notificatie_klaar: worked off
update duo.notificatie set status = :status, inburgeraar_id = :dossier::uuid, pogingen = pogingen + 1,
	fout = null, afgehandeld = clock_timestamp(), versie = versie + 1
where id = :notificatie::uuid;

-- notificatie_wacht_op_dossier: the person was told
update duo.notificatie set dossier_gevraagd = true where id = :notificatie::uuid;

-- notificatie_later: not to be had yet; wait 1, 2, 4 … seconds, at most :hoogstens, and a little more
update duo.notificatie set fout = :fout, pogingen = pogingen + 1, volgende = now()
	+ make_interval(secs => least(2 ^ least(pogingen, 20), :hoogstens::int) * (1 + random() / 4))
where id = :notificatie::uuid and status = 'ontvangen';

-- persoon_bijwerken: what DUO now says of the person
insert into duo.persoon (id, gemeente, inburgeraar_id, bsn_enc, bsn_hash, v_nummer, doelgroep,
	datum_kennisgeving, begin_plicht)
values (:persoon::uuid, :gemeente, :dossier::uuid, :bsn_enc, :bsn_hash, :v_nummer, :doelgroep,
	:datum_kennisgeving::date, :begin_plicht::date)
on conflict (bsn_hash, gemeente) do update set inburgeraar_id = excluded.inburgeraar_id,
	v_nummer = coalesce(excluded.v_nummer, duo.persoon.v_nummer), doelgroep = excluded.doelgroep,
	datum_kennisgeving = coalesce(excluded.datum_kennisgeving, duo.persoon.datum_kennisgeving),
	begin_plicht = coalesce(excluded.begin_plicht, duo.persoon.begin_plicht),
	versie = duo.persoon.versie + 1
returning id;

-- persoon_melden: the event about it, with the id that the person really has
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
select 'duo', 'kennisgeving-ontvangen', p.gemeente, p.inburgeraar_id, p.id, :data::jsonb, :trace
from duo.persoon p where p.bsn_hash = :bsn_hash and p.gemeente = :gemeente;

-- uitslagen_melden: an event for each of a list
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
select 'duo', :type, :gemeente, :dossier::uuid, :notificatie::uuid, u.data, :trace
from jsonb_array_elements(:lijst::jsonb) with ordinality u (data, volgorde) order by u.volgorde;

-- melding_vervangen: a message about the same kind of thing that DUO does not have need not go any more,
-- and nobody need mend it; an aanbod that waits is about another one when the institution differs
with oud as (
	update duo.melding set status = 'vervangen', versie = versie + 1
	where inburgeraar_id = :inburgeraar_id::uuid and soort = :soort and (status = 'geweigerd'
		or (status = 'wacht' and instellingsnummer is not distinct from :instellingsnummer))
	returning gemeente, inburgeraar_id, onderwerp, soort
)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
select 'duo', 'melding-vervangen', gemeente, inburgeraar_id, onderwerp, jsonb_build_object('soort', soort), :trace
from oud;

-- melding_pip: the PIP in force as DUO wants it
insert into duo.melding (id, gemeente, inburgeraar_id, soort, onderwerp, bericht_id, inhoud)
select :melding::uuid, p.gemeente, p.inburgeraar_id, 'pip', p.id, :bericht::uuid,
	jsonb_strip_nulls(jsonb_build_object('dagtekeningPip', p.dagtekening, 'leerroute', p.leerroute,
		'niveau', p.niveau, 'geschatteIntensiteitB1Route', p.geschatte_intensiteit_b1_route,
		'indicatorMagOpleidingAfmaken', p.mag_opleiding_afmaken,
		'indicatorAlfabetiseringsonderwijs', p.alfabetisering))
from learning_routes.v_pip p where p.inburgeraar_id = :inburgeraar_id::uuid;

-- melding_aanbod: an offer as DUO wants it
insert into duo.melding (id, gemeente, inburgeraar_id, soort, onderwerp, instellingsnummer, bericht_id, inhoud)
select :melding::uuid, a.gemeente, a.inburgeraar_id, 'aanbod', a.id, a.instellingsnummer, :bericht::uuid,
	jsonb_strip_nulls(jsonb_build_object('datumInburgeringsaanbod', a.datum_aanbod,
		'verwachteStartdatumOpleiding', a.datum_start, 'verwachteEinddatumOpleiding', a.datum_einde,
		'indicatorAlfabetiseringsonderwijs', coalesce(p.alfabetisering, 'NVT')))
from learning_routes.v_aanbod a left join learning_routes.v_pip p using (inburgeraar_id)
where a.id = :onderwerp::uuid;

-- melding_afronding: MAP, PVT or Z-route; the body comes from the event
insert into duo.melding (id, gemeente, inburgeraar_id, soort, onderwerp, bericht_id, inhoud)
values (:melding::uuid, :gemeente, :inburgeraar_id::uuid, :soort, :onderwerp::uuid, :bericht::uuid,
	:inhoud::jsonb);

-- meldingen_te_verzenden: due, and no earlier one of the same person is waiting; in hand for a minute
with aan_de_beurt as (
	select m.id from duo.melding m
	where m.status = 'wacht' and m.volgende <= now()
		and not exists (select 1 from duo.melding e where e.inburgeraar_id = m.inburgeraar_id
			and e.volgnr < m.volgnr and e.status = 'wacht')
	order by m.volgnr limit 20 for update skip locked
), in_hand as (
	update duo.melding m set pogingen = pogingen + 1, volgende = now() + interval '1 minute'
	from aan_de_beurt a where m.id = a.id returning m.*
)
select m.id, m.gemeente, m.inburgeraar_id, m.soort, m.onderwerp, m.instellingsnummer, m.inhoud,
	m.bericht_id, m.pogingen, g.oin, i.bsn_enc
from in_hand m join core.gemeente g on g.code = m.gemeente
join intake.v_inburgeraar i on i.id = m.inburgeraar_id
order by m.volgnr;

-- melding_afgehandeld: DUO's answer; only while it was waiting
update duo.melding set status = :status, fout = :fout, versie = versie + 1
where id = :melding::uuid and status = 'wacht' returning id;

-- melding_later: no answer; wait 1, 2, 4 … seconds, at most :hoogstens, and a little more
update duo.melding set fout = :fout,
	volgende = now() + make_interval(secs => least(2 ^ least(pogingen - 1, 20), :hoogstens::int)
		* (1 + random() / 4))
where id = :melding::uuid and status = 'wacht';

-- berichten: messages of a person, both ways, newest first
select id, richting, soort, status, fout, pogingen, versie, tijdstip, volgorde from (
	select id, 'uit' as richting, soort, status, fout, pogingen, versie, aangemaakt as tijdstip,
		to_char(aangemaakt, 'YYYYMMDDHH24MISSUS') as volgorde
	from duo.melding where inburgeraar_id = :id::uuid
	union all
	select n.id, 'in', n.gebeurtenis_id, n.status, n.fout, n.pogingen, n.versie, n.aangemaakt,
		to_char(n.aangemaakt, 'YYYYMMDDHH24MISSUS')
	from duo.notificatie n
	where n.inburgeraar_id = :id::uuid or n.bsn_hash = (
		select i.bsn_hash from intake.v_inburgeraar i where i.id = :id::uuid)
) b
where :na_1::text is null or (volgorde, id::text) < (:na_1, :na_2::text)
order by volgorde desc, id::text desc limit :limiet::int;

-- persoon_bestaat: is this person one of ours
select id from intake.v_inburgeraar where id = :id::uuid;

-- melding_lezen: one message out
select id, 'uit' as richting, soort, status, fout, pogingen, versie, aangemaakt as tijdstip,
	to_char(aangemaakt, 'YYYYMMDDHH24MISSUS') as volgorde
from duo.melding where id = :id::uuid;

-- melding_herzenden: a person sends it again, as a new message
update duo.melding set status = 'wacht', volgende = now(), pogingen = 0, fout = null,
	bericht_id = :bericht::uuid, versie = versie + 1
where id = :id::uuid and versie = :versie::int and status = 'geweigerd'
returning id, 'uit' as richting, soort, status, fout, pogingen, versie, aangemaakt as tijdstip,
	to_char(aangemaakt, 'YYYYMMDDHH24MISSUS') as volgorde;
