-- SPDX-License-Identifier: EUPL-1.2

-- gemeenten_van_oin: whose notifications they are; opens those gemeenten for the rest of the batch
select set_config('regie.gemeenten', coalesce(string_agg(code, ','), ''), true) from core.gemeente
where oin = any (:doelen::text[]);

-- notificaties_bewaren: stores each once, with the event that sets the job to work; of each what became of it, as
-- enum arrival counts: 0 new, 1 its berichtId is there, 3 none of our gemeenten
with binnen as materialized (
	select b.*, g.code as gemeente
	from jsonb_to_recordset(:lijst::jsonb) as b (nr int, bericht uuid, doel text, bsn_enc text, bsn_hash text,
		v_nummer bigint, gebeurtenis_id text, geregistreerd timestamptz, inhoud_enc text, trace text)
	left join core.gemeente g on g.oin = b.doel
), eerste as (
	select distinct on (bericht) * from binnen where gemeente is not null order by bericht, nr
), nieuw as (
	insert into duo.notificatie (id, gemeente, bsn_enc, bsn_hash, v_nummer, gebeurtenis_id,
		geregistreerd, inhoud_enc)
	select bericht, gemeente, bsn_enc, bsn_hash, v_nummer, gebeurtenis_id, geregistreerd, inhoud_enc
	from eerste
	on conflict (id) do nothing
	returning id
), gemeld as (
	insert into core.gebeurtenis (bron, type, gemeente, onderwerp, trace_id)
	select 'duo', 'notificatie-ontvangen', e.gemeente, e.bericht, e.trace
	from eerste e join nieuw n on n.id = e.bericht order by e.nr
)
select case when b.gemeente is null then 3
	when exists (select 1 from eerste e join nieuw n on n.id = e.bericht where e.nr = b.nr) then 0 else 1 end as hoe
from binnen b order by b.nr;

-- notificatie_gelijk: is what came under this berichtId the same message; no row when another gemeente has it
select (gebeurtenis_id = :gebeurtenis_id and bsn_hash is not distinct from :bsn_hash
	and v_nummer is not distinct from :v_nummer::bigint
	and geregistreerd = :geregistreerd::timestamptz)::int as gelijk
from duo.notificatie where id = :bericht::uuid;

-- notificatie_laden: what the job works on, with the dossier when it is there: that of the BSN, or without
-- one the only one with the V-nummer; whose it is comes first, so that nobody else is looked at. One event at
-- DUO has one moment of registration: under another berichtId it is told again
select n.id, n.gemeente, coalesce(n.bsn_enc, i.bsn_enc) as bsn_enc,
	coalesce(n.bsn_hash, i.bsn_hash) as bsn_hash, n.v_nummer, n.gebeurtenis_id, n.status, g.oin,
	i.id as inburgeraar_id, i.doelgroep, n.dossier_gevraagd, now() as geladen,
	to_char(n.geregistreerd at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as geregistreerd,
	least((n.geregistreerd at time zone 'Europe/Amsterdam')::date, :vandaag::date) as datum,
	exists (select 1 from duo.notificatie e where e.bsn_hash = n.bsn_hash and e.gemeente = n.gemeente
		and e.gebeurtenis_id = n.gebeurtenis_id and e.geregistreerd = n.geregistreerd
		and e.id <> n.id and e.afgehandeld is not null) as herhaald
from duo.notificatie n join core.gemeente g on g.code = n.gemeente
left join lateral (
	select b.id from intake.v_inburgeraar b where b.bsn_hash = n.bsn_hash and b.gemeente = n.gemeente
	union all
	select min(v.id::text)::uuid from intake.v_inburgeraar v
	where n.bsn_hash is null and v.v_nummer = n.v_nummer::text and v.gemeente = n.gemeente
	having count(*) = 1
) wie on true
left join intake.v_inburgeraar i on i.id = wie.id
where n.id = :notificatie::uuid;

-- notificatie_te_halen: one that waits, and is due; first of those whose dossier is being made, for the others
-- may wait for one that never comes
select id, gemeente from duo.notificatie
where status = 'ontvangen' and pogingen > 0 and volgende <= now()
order by dossier_gevraagd desc, volgende limit 1;

-- notificaties_aanbieden: the others that are due go the way of new ones, not again before these had their time
with weer as (
	update duo.notificatie set volgende = now() + interval '1 minute'
	where id = any (array(select id from duo.notificatie
		where status = 'ontvangen' and pogingen > 0 and volgende <= now()
		order by dossier_gevraagd desc, volgende limit 500))
	returning id, gemeente
)
insert into core.gebeurtenis (bron, type, gemeente, onderwerp, trace_id)
select 'duo', 'notificatie-ontvangen', gemeente, id, :trace from weer;

-- notificaties_van_dossier: what waited for the dossier that is now there
insert into core.gebeurtenis (bron, type, gemeente, onderwerp, trace_id)
select 'duo', 'notificatie-ontvangen', n.gemeente, n.id, :trace
from intake.v_inburgeraar i join duo.notificatie n on n.bsn_hash = i.bsn_hash and n.gemeente = i.gemeente
where i.id = :dossier::uuid and n.status = 'ontvangen' and n.pogingen > 0
order by n.geregistreerd;

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

-- melding_vervangen: what a new message makes superfluous, so that nobody need mend it: an older one about the
-- same thing that DUO does not have, of an aanbod that waits only one at the same institution. What is withdrawn
-- before it was ever sent need not go at all.
with oud as (
	update duo.melding set status = 'vervangen', versie = versie + 1
	where rij = :persoon::uuid and status in ('wacht', 'geweigerd', 'dood')
		and case when :trekt_in::boolean
			then onderwerp = :onderwerp::uuid and (status = 'geweigerd'
				or (soort = :tegen and status = 'wacht' and pogingen = 0))
			else (soort = :soort and (status <> 'wacht'
					or instellingsnummer is not distinct from :instellingsnummer))
				or (soort = :tegen and status <> 'wacht'
					and instellingsnummer is not distinct from :instellingsnummer) end
	returning gemeente, inburgeraar_id, onderwerp, soort
)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
select 'duo', 'melding-vervangen', gemeente, inburgeraar_id, onderwerp, jsonb_build_object('soort', soort), :trace
from oud;

-- melding_toevoegen: the message as DUO wants it, from the facts of now or from the event. Nothing when DUO has
-- it already (:vervangt, the message replaces the whole), and no withdrawal of what never went.
with nieuw as (
	select p.gemeente, jsonb_strip_nulls(jsonb_build_object('dagtekeningPip', p.dagtekening,
		'leerroute', p.leerroute, 'niveau', p.niveau,
		'geschatteIntensiteitB1Route', p.geschatte_intensiteit_b1_route,
		'indicatorMagOpleidingAfmaken', p.mag_opleiding_afmaken,
		'indicatorAlfabetiseringsonderwijs', p.alfabetisering)) as inhoud
	from learning_routes.v_pip_besluit p where :bron::text = 'pip' and p.id = :onderwerp::uuid
	union all
	select a.gemeente, jsonb_strip_nulls(jsonb_build_object('datumInburgeringsaanbod', a.datum_aanbod,
		'verwachteStartdatumOpleiding', a.datum_start, 'verwachteEinddatumOpleiding', a.datum_einde,
		'indicatorAlfabetiseringsonderwijs', coalesce(p.alfabetisering, 'NVT')))
	from learning_routes.v_aanbod a left join learning_routes.v_pip p using (inburgeraar_id)
	where :bron = 'aanbod' and a.id = :onderwerp::uuid
	union all
	select u.gemeente, jsonb_build_object('uren', least(u.aantal, 9999))
	from progress.v_uren u
	where :bron = 'uren' and u.inburgeraar_id = :persoon::uuid and u.soort = :onderdeel::text
	union all
	select i.gemeente, :inhoud::jsonb from intake.v_inburgeraar i
	where :bron = 'gebeurtenis' and i.id = :persoon::uuid
), over as (
	select coalesce(:onderwerp::uuid, md5(:persoon::text || :soort::text)::uuid) as id
), laatste as (
	select m.status, m.inhoud from duo.melding m, over
	where m.rij = :persoon::uuid and m.soort = :soort and m.onderwerp = over.id and m.pogingen > 0
		and m.status <> 'geweigerd'
	order by m.volgnr desc limit 1
)
insert into duo.melding (id, gemeente, inburgeraar_id, soort, onderwerp, instellingsnummer, bericht_id, inhoud)
select :melding::uuid, n.gemeente, :persoon::uuid, :soort, over.id, :instellingsnummer, :bericht::uuid, n.inhoud
from nieuw n cross join over
where not exists (select 1 from laatste l where :vervangt::boolean and l.status in ('geaccepteerd', 'overgetypt')
		and l.inhoud = n.inhoud)
	and (not :trekt_in::boolean
		or exists (select 1 from duo.melding m where m.rij = :persoon::uuid and m.soort = :tegen
			and m.onderwerp = over.id and m.status not in ('vervangen', 'geweigerd', 'vervallen'))
		or not exists (select 1 from duo.melding m where m.rij = :persoon::uuid and m.soort = :tegen
			and m.onderwerp = over.id));

-- persoon_moet_bestaan: ends the batch without such a person for this reader
select core.eis(exists (select 1 from intake.v_inburgeraar where id = :id::uuid), 404, 'Inburgeraar niet gevonden');

-- contactpersoon_kennen: the member of staff who is to be one
insert into duo.contactpersoon (id, gemeente, medewerker_id, gegevens)
select :contactpersoon::uuid, :gemeente, m.id,
	jsonb_build_object('naam', left(m.naam, 100), 'email', m.email, 'telefoonnummer', m.telefoon)
from core.medewerker m where m.id = :wie::uuid
on conflict do nothing;

-- contactpersoon_maken: unless DUO knows the contact person or is being told
insert into duo.melding (id, gemeente, soort, onderwerp, contactpersoon_id, baan, bericht_id, inhoud)
select :melding::uuid, c.gemeente, :soort, c.id, c.id, c.id, :bericht::uuid, c.gegevens
from duo.contactpersoon c
where c.gemeente = :gemeente and c.medewerker_id = :wie::uuid and c.nummer is null
	and not exists (select 1 from duo.melding m where m.contactpersoon_id = c.id and m.soort = :soort
		and m.status in ('wacht', 'geweigerd', 'dood'));

-- koppeling_vervangen: who is linked in the end is what counts; the links of a person are a queue of their own
with oud as (
	update duo.melding set status = 'vervangen', versie = versie + 1
	where rij = md5(:persoon::text || :koppelen::text)::uuid and soort in (:koppelen, :ontkoppelen)
		and (status in ('geweigerd', 'dood') or (status = 'wacht' and pogingen = 0))
	returning gemeente, inburgeraar_id, onderwerp, soort
)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
select 'duo', 'melding-vervangen', gemeente, inburgeraar_id, onderwerp, jsonb_build_object('soort', soort), :trace
from oud;

-- koppeling_melden: the person and the contact person belong together, or no longer
insert into duo.melding (id, gemeente, inburgeraar_id, soort, onderwerp, contactpersoon_id, baan, bericht_id, inhoud)
select :melding::uuid, c.gemeente, :persoon::uuid, :soort, md5(:persoon::text || :koppelen::text)::uuid, c.id,
	md5(:persoon::text || :koppelen::text)::uuid, :bericht::uuid, '{}'
from duo.contactpersoon c where c.gemeente = :gemeente and c.medewerker_id = :wie::uuid;

-- contactpersonen_wijzigen: staff whose details are others than DUO was told; who could not be made known is made
-- known anew
with anders as (
	select c.id, c.gemeente, n.gegevens, c.nummer is null and not exists (select 1 from duo.melding m
		where m.contactpersoon_id = c.id and m.soort = :maken and m.status = 'wacht' and m.pogingen > 0) as onbekend
	from duo.contactpersoon c join core.medewerker m on m.id = c.medewerker_id and c.gemeente = any (m.gemeenten)
	cross join lateral (select jsonb_build_object('naam', left(m.naam, 100), 'email', m.email,
		'telefoonnummer', m.telefoon) as gegevens) n
	where c.gegevens is distinct from n.gegevens
), bijgewerkt as (
	update duo.contactpersoon c set gegevens = a.gegevens, versie = c.versie + 1 from anders a where a.id = c.id
), oud as (
	update duo.melding m set status = 'vervangen', versie = m.versie + 1 from anders a
	where m.contactpersoon_id = a.id and m.soort in (:maken, :wijzigen)
		and (m.status in ('geweigerd', 'dood') or (m.status = 'wacht' and m.pogingen = 0))
)
insert into duo.melding (id, gemeente, soort, onderwerp, contactpersoon_id, baan, bericht_id, inhoud)
select gen_random_uuid(), gemeente, case when onbekend then :maken else :wijzigen end, id, id, id,
	gen_random_uuid(), gegevens
from anders;

-- contactpersonen_verwijderen: who does not work for the gemeente any more; DUO drops the links itself
with weg as (
	select c.id, c.gemeente from duo.contactpersoon c
	where c.nummer is not null
		and not exists (select 1 from core.medewerker m where m.id = c.medewerker_id and c.gemeente = any (m.gemeenten))
		and not exists (select 1 from duo.melding m where m.contactpersoon_id = c.id and m.soort = :verwijderen
			and m.status in ('wacht', 'geweigerd', 'dood'))
), oud as (
	update duo.melding m set status = 'vervangen', versie = m.versie + 1 from weg
	where m.contactpersoon_id = weg.id and m.status = 'wacht' and m.pogingen = 0
)
insert into duo.melding (id, gemeente, soort, onderwerp, contactpersoon_id, baan, bericht_id, inhoud)
select gen_random_uuid(), gemeente, :verwijderen, id, id, id, gen_random_uuid(), '{}' from weg;

-- meldingen_om_de_beurt: one process at a time takes, so that all of them together keep the pace
select pg_advisory_xact_lock(hashtextextended('duo.melding', 0));

-- meldingen_nemen: as many as the pace still allows in this second, of each queue the first that waits, while
-- nothing of it is under way; a contact person is spoken of once DUO has given a number. Each look is one into an
-- index (`limit 1`), whatever PostgreSQL believes of how much waits
with tempo as (
	select greatest(least(:hoogstens::int, :tempo::int - count(*)), 0)::int as ruimte
	from duo.melding where genomen > statement_timestamp() - interval '1 second'
), aan_de_beurt as (
	select m.id from duo.melding m left join duo.contactpersoon c on c.id = m.contactpersoon_id
	where m.status = 'wacht' and m.volgende <= now()
		and (c.id is null or c.nummer is not null or m.soort = 'contactpersoon-maken')
		and (select e.volgnr from duo.melding e where e.rij = m.rij and e.status = 'wacht'
			order by e.volgnr limit 1) = m.volgnr
		and (select e.volgnr from duo.melding e where e.rij = m.rij and e.in_hand_tot > now() limit 1) is null
	order by m.volgnr limit (select ruimte from tempo) for update of m skip locked
), in_hand as (
	update duo.melding m set pogingen = pogingen + 1, genomen = clock_timestamp(),
		in_hand_tot = now() + interval '1 minute'
	from aan_de_beurt a where m.id = a.id returning m.*
)
select m.id, m.gemeente, m.soort, m.inhoud, m.bericht_id, coalesce(m.instellingsnummer, c.nummer::text) as nummer,
	g.oin, i.bsn_enc
from in_hand m join core.gemeente g on g.code = m.gemeente
left join intake.v_inburgeraar i on i.id = m.inburgeraar_id
left join duo.contactpersoon c on c.id = m.contactpersoon_id
order by m.volgnr;

-- meldingen_afhandelen: what became of all that was sent together; what was replaced meanwhile stays so. Without
-- an answer: wait 1, 2, 4 … seconds, at most :hoogstens, and a little more; after :grens times it is dead
with uitkomst as (
	select * from jsonb_to_recordset(:lijst::jsonb) as u (id uuid, uitkomst text, fout text, nummer int)
), gezet as (
	update duo.melding m set in_hand_tot = null,
		status = case when m.status <> 'wacht' then m.status
			when u.uitkomst <> 'later' then u.uitkomst
			when m.pogingen >= :grens::int then 'dood' else 'wacht' end,
		versie = m.versie + (m.status = 'wacht' and (u.uitkomst <> 'later' or m.pogingen >= :grens::int))::int,
		fout = case when m.status = 'wacht' then u.fout else m.fout end,
		volgende = now() + make_interval(secs => least(2 ^ least(m.pogingen - 1, 20), :hoogstens::int)
			* (1 + random() / 4))
	from uitkomst u where m.id = u.id
	returning m.*, m.status = u.uitkomst or (u.uitkomst = 'later' and m.status = 'dood') as afgelopen,
		u.nummer as nieuw_nummer
), nummers as (
	update duo.contactpersoon c set nummer = nullif(g.nieuw_nummer, 0), versie = c.versie + 1
	from gezet g where c.id = g.contactpersoon_id and g.nieuw_nummer is not null
)
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
select 'duo', 'melding-' || status, gemeente, inburgeraar_id, onderwerp,
	jsonb_strip_nulls(jsonb_build_object('soort', soort, 'fouttekst', fout)), :trace
from gezet where afgelopen order by volgnr;

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

-- melding_herzenden: a person sends it again; what DUO refused as a new message, what never got an answer as the
-- same one
update duo.melding set status = 'wacht', volgende = now(), pogingen = 0, fout = null,
	bericht_id = case when status = 'geweigerd' then :bericht::uuid else bericht_id end, versie = versie + 1
where id = :id::uuid and versie = :versie::int and status in ('geweigerd', 'dood')
returning id;

-- melding_afdoen: a person says that it need not go, or that DUO knows it by another way; not while it is being sent
with klaar as (
	update duo.melding set status = :status, reden = :reden, afgehandeld_door = :medewerker::uuid,
		afgehandeld_op = now(), versie = versie + 1
	where id = :id::uuid and versie = :versie::int and status in ('wacht', 'geweigerd', 'dood')
		and coalesce(in_hand_tot <= now(), true)
	returning *
), verteld as (
	insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
	select 'duo', 'melding-' || status, gemeente, inburgeraar_id, onderwerp, jsonb_build_object('soort', soort), :trace
	from klaar
)
select id from klaar;

-- melding_lezen: one message out
select m.*, i.naam as inburgeraar_naam
from duo.v_melding m left join intake.v_inburgeraar i on i.id = m.inburgeraar_id
where m.id = :id::uuid;

-- meldingen: messages out, newest first
select m.*, i.naam as inburgeraar_naam
from duo.v_melding m left join intake.v_inburgeraar i on i.id = m.inburgeraar_id
where (:status::text is null or m.status = :status) and (:soort::text is null or m.soort = :soort)
	and (:inburgeraar_id::uuid is null or m.inburgeraar_id = :inburgeraar_id::uuid)
	and (:na_1::bigint is null or m.volgnummer < :na_1::bigint)
order by m.volgnummer desc limit :limiet::int;

-- portaalwerk: what DUO did not take, or has not got for so many hours, oldest first
select m.*, i.naam as inburgeraar_naam
from duo.v_melding m left join intake.v_inburgeraar i on i.id = m.inburgeraar_id
where (m.status in ('geweigerd', 'dood')
		or (m.status = 'wacht' and m.aangemaakt <= now() - make_interval(hours => :uren::int)))
	and (:na_1::bigint is null or m.volgnummer > :na_1::bigint)
order by m.volgnummer limit :limiet::int;

-- wachtrij: how many messages are in which state; of everybody or of one person
select count(*) filter (where status = 'wacht') as wacht,
	count(*) filter (where status = 'geaccepteerd') as geaccepteerd,
	count(*) filter (where status = 'geweigerd') as geweigerd, count(*) filter (where status = 'dood') as dood,
	count(*) filter (where status = 'vervangen') as vervangen,
	count(*) filter (where status = 'vervallen') as vervallen,
	count(*) filter (where status = 'overgetypt') as overgetypt,
	min(aangemaakt) filter (where status = 'wacht') as oudste_wacht
from duo.melding where :persoon::uuid is null or inburgeraar_id = :persoon::uuid;

-- persoon_bij_duo: as whom and about whom DUO is asked
select i.gemeente, g.oin, i.bsn_enc from intake.v_inburgeraar i join core.gemeente g on g.code = i.gemeente
where i.id = :id::uuid;

-- certificaten_bewaren: all of them, and no others
with nieuw as (
	select * from jsonb_to_recordset(:lijst::jsonb) as c (naam text, soort text, vervalt date)
), weg as (
	delete from duo.certificaat c where not exists (select 1 from nieuw n where n.naam = c.naam)
)
insert into duo.certificaat (naam, soort, vervalt) select naam, soort, vervalt from nieuw
on conflict (naam) do update set soort = excluded.soort, vervalt = excluded.vervalt, gezien = now();

-- certificaten: those of the own gemeenten and of all together
select naam, soort, vervalt, vervalt - :vandaag::date as dagen, gezien from duo.certificaat
where (soort <> 'gemeente' or left(naam, 4) = any (core.gemeenten()))
	and (:na_1::text is null or naam > :na_1)
order by naam limit :limiet::int;

-- notificaties_opruimen: the sealed text of what was worked off long ago, some thousands at a time
update duo.notificatie set inhoud_enc = null
where id = any (array(select id from duo.notificatie
	where inhoud_enc is not null and status <> 'ontvangen' and aangemaakt < :vandaag::date - :dagen::int
	order by aangemaakt limit 4000));

-- aansluiting_adres: where this gemeente reaches DUO, when that is not where all do
select adres from duo.aansluiting where gemeente = :van;

-- vergelijk_feiten: what we hold of the next people of a gemeente (or of :persoon alone), in DUO's words, and
-- what is under way between us and DUO; columns as the rows of `leden` in vergelijking.c name them. The limit on
-- v_pvt_map keeps the person inside: without it the view is made for everybody
with wie as materialized (
	(select i.id, i.gemeente, i.bsn_enc, i.bsn_hash, i.doelgroep, i.leerroute, i.fase, i.plicht_einde, i.datum_kennisgeving
	from intake.v_inburgeraar i
	where :persoon::uuid is null and i.gemeente = :gemeente and i.id > :na::uuid
	order by i.id limit :hoeveel::int)
	union all
	(select i.id, i.gemeente, i.bsn_enc, i.bsn_hash, i.doelgroep, i.leerroute, i.fase, i.plicht_einde, i.datum_kennisgeving
	from intake.v_inburgeraar i where i.id = :persoon::uuid)
)
select w.id, w.gemeente, g.oin, w.bsn_enc, now() as gelezen,
	case when w.fase in ('voldaan', 'beeindigd') then 1 else 0 end as voorbij,
	case when w.plicht_einde is not null then 'ja' end as plicht_over, w.plicht_einde, w.datum_kennisgeving,
	case w.doelgroep when 'asielstatushouder' then 'Asielstatushouder'
		else 'Gezinsmigrant en overige migrant' end as doelgroep,
	case when t.bron = 'duo' then t.termijn_begin end as termijn_begin,
	case when t.bron = 'duo' then t.termijn_einde end as termijn_einde,
	case when p.id is not null then w.gemeente end as pip_gemeente,
	p.dagtekening as pip_dagtekening, p.leerroute as pip_leerroute,
	coalesce(p.niveau, case when p.leerroute in ('B', 'O') then 'B1' end) as pip_niveau,
	p.geschatte_intensiteit_b1_route as pip_intensiteit,
	p.mag_opleiding_afmaken as pip_opleiding, p.alfabetisering as pip_alfabetisering,
	a.pvt_ondertekend_op, a.map_eindgesprek_op,
	case when w.plicht_einde is null then a.z_eindgesprek_op end as z_eindgesprek_op,
	case when w.plicht_einde is null then
		(select m.inhoud ->> 'datumAfrondingZroute' from duo.melding m
		where m.inburgeraar_id = w.id and m.soort = 'zroute'
			and m.status in ('geaccepteerd', 'overgetypt')
		order by m.volgnr desc limit 1) end as z_gemeld,
	concat_ws(' ', o.instellingsnummer, o.datum_aanbod, o.datum_start, o.datum_einde) as aanbod,
	case when l.soort is null and o.duo_status = 'geaccepteerd'
		then concat_ws(' ', o.instellingsnummer, o.datum_aanbod, o.datum_start, o.datum_einde)
		when l.soort = 'aanbod' then concat_ws(' ', o.instellingsnummer, l.inhoud ->> 'datumInburgeringsaanbod',
			l.inhoud ->> 'verwachteStartdatumOpleiding', l.inhoud ->> 'verwachteEinddatumOpleiding')
		end as aanbod_gemeld,
	u.cursus as uren_cursus, u.participatie as uren_participatie, u.taalles_intake as uren_taalles_intake,
	coalesce((select jsonb_agg(concat_ws(' ', e.datum, e.onderdeel, e.niveau, initcap(e.resultaat))
			order by e.datum, e.onderdeel, e.niveau)
		from progress.v_examenresultaat e
		where e.inburgeraar_id = w.id and e.resultaat <> 'vrijgesteld'), '[]') as examens,
	(select string_agg(' ' || m.soort || ' ', '') from duo.melding m
		where m.inburgeraar_id = w.id and m.status = 'wacht') as onderweg,
	case when exists (select 1 from duo.notificatie n
			where n.bsn_hash = w.bsn_hash and n.afgehandeld is null and n.status = 'ontvangen')
		or exists (select 1 from duo.notificatie n where n.inburgeraar_id = w.id and n.status = 'ontvangen')
		then 1 else 0 end as bericht_wacht
from wie w join core.gemeente g on g.code = w.gemeente
left join lateral (select * from progress.v_termijn t where t.inburgeraar_id = w.id) t on true
left join lateral (select * from learning_routes.v_pip p where p.inburgeraar_id = w.id) p on true
left join lateral (select * from progress.v_pvt_map a where a.inburgeraar_id = w.id limit 1) a on true
left join lateral (select max(least(u.aantal, 9999)) filter (where u.soort = 'cursus') as cursus,
	max(least(u.aantal, 9999)) filter (where u.soort = 'participatie') as participatie,
	max(least(u.aantal, 9999)) filter (where u.soort = 'taalles-intake') as taalles_intake
	from progress.v_uren u where u.inburgeraar_id = w.id) u on true
left join lateral (select * from learning_routes.v_aanbod o where o.inburgeraar_id = w.id
	order by o.datum_aanbod desc, o.id desc limit 1) o on true
left join lateral (select m.soort, m.inhoud from duo.melding m
	where m.inburgeraar_id = w.id and m.instellingsnummer = o.instellingsnummer
		and m.status in ('geaccepteerd', 'overgetypt')
	order by m.volgnr desc limit 1) l on true
order by w.id;

-- verschillen_bewaren: what a comparison of :personen found: new, changed, there again although a repair was
-- decided on before we read (:gelezen), and gone; :buiten names what could not be compared now. An accepted
-- difference stays so while it is the same
with gevonden as (
	select v.inburgeraar_id, v.onderdeel, v.ons, v.duo, v.voorstel, v.omschrijving
	from jsonb_to_recordset(:gevonden::jsonb) as v (inburgeraar_id uuid, onderdeel text, ons text, duo text,
		voorstel text, omschrijving text)
), nieuw as (
	insert into duo.verschil as v (gemeente, inburgeraar_id, onderdeel, ons, duo, voorstel)
	select :gemeente, g.inburgeraar_id, g.onderdeel, g.ons, g.duo, g.voorstel from gevonden g
	on conflict (inburgeraar_id, onderdeel) where status <> 'opgelost' do update
		set ons = excluded.ons, duo = excluded.duo, voorstel = excluded.voorstel, status = 'open', besluit = null,
			toelichting = null, besloten_door = null, besloten_op = null, versie = v.versie + 1
		where (v.besloten_op is null or v.besloten_op < :gelezen::timestamptz)
			and ((v.ons, v.duo, v.voorstel) is distinct from (excluded.ons, excluded.duo, excluded.voorstel)
				or (v.status = 'open' and v.besluit is not null))
	returning v.id, v.inburgeraar_id, v.onderdeel
), dicht as (
	update duo.verschil v set status = 'opgelost', opgelost_op = now(),
		opgelost_door = coalesce(v.besloten_door, 'vergelijking'), versie = v.versie + 1
	where v.inburgeraar_id = any (:personen::uuid[]) and v.status <> 'opgelost'
		and not exists (select from gevonden g
			where g.inburgeraar_id = v.inburgeraar_id and g.onderdeel = v.onderdeel)
		and not exists (select from jsonb_to_recordset(:buiten::jsonb) as b (inburgeraar_id uuid, onderdeel text)
			where b.inburgeraar_id = v.inburgeraar_id and (b.onderdeel is null or b.onderdeel = v.onderdeel))
	returning v.id, v.inburgeraar_id, v.onderdeel
), verteld as (
	insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
	select 'duo', 'verschil-gevonden', :gemeente, n.inburgeraar_id, n.id,
		jsonb_build_object('onderdeel', n.onderdeel, 'omschrijving', g.omschrijving), :trace
	from nieuw n join gevonden g using (inburgeraar_id, onderdeel)
	union all
	select 'duo', 'verschil-opgelost', :gemeente, d.inburgeraar_id, d.id,
		jsonb_build_object('onderdeel', d.onderdeel), :trace
	from dicht d
)
select (select count(*) from dicht) as opgelost;

-- vergelijking_nacht: begins the run of each gemeente in the hours after :uur, once a day
insert into duo.vergelijking (gemeente, dag, reden)
select g.code, :vandaag::date, 'Elke nacht' from core.gemeente g
where extract(hour from now() at time zone 'Europe/Amsterdam')::int between :uur::int and :uur::int + 3
	and :uur::int >= 0 and not exists (select from duo.vergelijking v where v.gemeente = g.code
		and (v.status = 'bezig' or (v.dag = :vandaag::date and v.reden = 'Elke nacht')))
on conflict do nothing;

-- vergelijking_beginnen: because a person wants it
insert into duo.vergelijking (gemeente, dag, reden) values (:gemeente, :vandaag::date, :reden)
on conflict (gemeente) where status = 'bezig' do nothing
returning *;

-- vergelijking_nemen: takes a run in hand for 15 seconds: that of who ended meanwhile, too
update duo.vergelijking set volgende = now() + interval '15 seconds'
where id = (select v.id from duo.vergelijking v where v.status = 'bezig' and v.volgende <= now()
	order by v.volgende limit 1 for update skip locked)
returning id, gemeente, na, pogingen;

-- vergelijking_verder: these people are done; nothing when another process was faster
update duo.vergelijking set na = :tot::uuid, personen = personen + :personen::int,
	niet_gelukt = niet_gelukt + :niet_gelukt::int, verschillen = verschillen + :gevonden::int,
	pogingen = 0, fout = null, volgende = now(),
	status = case when :klaar::boolean then 'klaar' else 'bezig' end,
	geeindigd = case when :klaar::boolean then now() end, versie = versie + 1
where id = :vergelijking::uuid and na = :na::uuid and status = 'bezig';

-- vergelijking_later: DUO is away; wait 1, 2, 4 … seconds, at most :hoogstens
update duo.vergelijking set fout = :fout, pogingen = pogingen + 1,
	volgende = now() + make_interval(secs => least(2 ^ least(pogingen, 20), :hoogstens::int))
where id = :vergelijking::uuid;

-- vergelijkingen: the runs, newest first
select * from duo.vergelijking where :na_1::bigint is null or volgnr < :na_1::bigint
order by volgnr desc limit :limiet::int;

-- vergelijking_lezen: one run
select * from duo.vergelijking where id = :id::uuid;

-- verschillen: of all people, newest first; per gemeente from the index, then merged
select v.*, i.naam as inburgeraar_naam
from unnest(core.gemeenten()) as g (code) cross join lateral (
	select * from duo.verschil
	where gemeente = g.code and volgnr < case when :na_1::bigint is null then 9223372036854775807 else :na_1::bigint end
		and (:status::text is null or status = :status) and (:onderdeel::text is null or onderdeel = :onderdeel)
		and (:voorstel::text is null or voorstel = :voorstel)
	order by volgnr desc limit :limiet::int) v
join intake.v_inburgeraar i on i.id = v.inburgeraar_id
order by v.volgnr desc limit :limiet::int;

-- verschillen_van_persoon: of one person
select v.*, i.naam as inburgeraar_naam
from duo.verschil v join intake.v_inburgeraar i on i.id = v.inburgeraar_id
where v.inburgeraar_id = :id::uuid and (:na_1::bigint is null or v.volgnr < :na_1::bigint)
	and (:status::text is null or v.status = :status) and (:onderdeel::text is null or v.onderdeel = :onderdeel)
	and (:voorstel::text is null or v.voorstel = :voorstel)
order by v.volgnr desc limit :limiet::int;

-- verschil_lezen: one difference
select v.*, i.naam as inburgeraar_naam
from duo.verschil v join intake.v_inburgeraar i on i.id = v.inburgeraar_id
where v.id = :id::uuid;

-- verschil_herstellen: what a repair needs to know of the person; the bodies of messages with one date are those
-- that told it before, which may say more (verwijtbaar)
select v.id, v.gemeente, v.inburgeraar_id, v.onderdeel, v.status, v.versie, g.oin, i.bsn_enc, i.bsn_hash, i.v_nummer,
	i.doelgroep, p.id as pip_id, o.id as aanbod_id, o.instellingsnummer,
	coalesce(eerder.pvt, jsonb_strip_nulls(jsonb_build_object('datumOndertekeningPvt', a.pvt_ondertekend_op))) as pvt,
	coalesce(eerder.map, jsonb_strip_nulls(jsonb_build_object('datumEindgesprekMap', a.map_eindgesprek_op))) as map,
	jsonb_strip_nulls(jsonb_build_object('datumAfrondingZroute', a.z_eindgesprek_op)) as zroute,
	now() as geladen, :vandaag::date as datum,
	to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as geregistreerd
from duo.verschil v join core.gemeente g on g.code = v.gemeente
join intake.v_inburgeraar i on i.id = v.inburgeraar_id
left join lateral (select * from learning_routes.v_pip p where p.inburgeraar_id = i.id) p on true
left join lateral (select * from progress.v_pvt_map a where a.inburgeraar_id = i.id limit 1) a on true
left join lateral (select * from learning_routes.v_aanbod o where o.inburgeraar_id = i.id
	order by o.datum_aanbod desc, o.id desc limit 1) o on true
left join lateral (select
	(array_agg(m.inhoud order by m.volgnr desc) filter (where m.soort = 'pvt'
		and m.inhoud ->> 'datumOndertekeningPvt' = a.pvt_ondertekend_op::text))[1] as pvt,
	(array_agg(m.inhoud order by m.volgnr desc) filter (where m.soort = 'map'
		and m.inhoud ->> 'datumEindgesprekMap' = a.map_eindgesprek_op::text))[1] as map
	from duo.melding m where m.inburgeraar_id = i.id) eerder on true
where v.id = :id::uuid;

-- verschil_gemeld: ends the batch when the dossier had nothing to tell
select core.eis(exists (select from duo.melding
	where inburgeraar_id = :persoon::uuid and soort = :soort and status = 'wacht'), 409,
	'Het dossier heeft niets om aan DUO te melden');

-- verschil_besluiten: ends the batch when it is no longer as the person saw it
with besloten as (
	update duo.verschil set besluit = :besluit, toelichting = :toelichting, besloten_op = now(),
		besloten_door = current_setting('regie.gebruiker'),
		status = case when :besluit = 'accepteren' then 'geaccepteerd' else status end, versie = versie + 1
	where id = :id::uuid and versie = :versie::int and status = 'open'
	returning *
), eis as materialized (
	select core.eis(exists (select from besloten), 412, 'Het verschil is intussen gewijzigd; haal het opnieuw op')
)
select v.*, i.naam as inburgeraar_naam
from besloten v join intake.v_inburgeraar i on i.id = v.inburgeraar_id cross join eis;
