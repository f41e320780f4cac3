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
-- one the only one with the V-nummer
select n.id, n.gemeente, coalesce(n.bsn_enc, i.bsn_enc) as bsn_enc,
	coalesce(n.bsn_hash, i.bsn_hash) as bsn_hash, n.v_nummer, n.gebeurtenis_id, n.status, g.oin,
	i.id as inburgeraar_id, i.doelgroep
from duo.notificatie n join core.gemeente g on g.code = n.gemeente
left join intake.v_inburgeraar i on i.gemeente = n.gemeente and i.id = coalesce(
	(select b.id from intake.v_inburgeraar b where b.bsn_hash = n.bsn_hash and b.gemeente = n.gemeente),
	(select min(v.id::text)::uuid from intake.v_inburgeraar v
		where n.bsn_hash is null and v.v_nummer = n.v_nummer::text and v.gemeente = n.gemeente
		having count(*) = 1))
where n.id = :notificatie::uuid;

-- notificaties_te_halen: those that wait, and are due
select id, gemeente from duo.notificatie
where status = 'ontvangen' and pogingen > 0 and volgende <= now()
order by volgende limit 20;

-- notificatie_nog_open: ends the batch when another process was faster
select core.eis(exists (select 1 from duo.notificatie
	where id = :notificatie::uuid and status = 'ontvangen' for update), 409, 'reeds verwerkt');

-- notificatie_klaar: worked off
update duo.notificatie set status = :status, inburgeraar_id = :dossier::uuid, pogingen = pogingen + 1,
	fout = null, versie = versie + 1
where id = :notificatie::uuid;

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
