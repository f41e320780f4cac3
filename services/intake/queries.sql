-- SPDX-License-Identifier: EUPL-1.2

-- inburgeraar_toevoegen: a dossier made by hand
insert into intake.inburgeraar (id, gemeente, bsn_enc, bsn_hash, v_nummer, voornamen, achternaam,
	geboortedatum, doelgroep, taal, telefoon, email, regisseur_id, datum_kennisgeving,
	datum_inschrijving_brp, pip_uiterlijk)
values (:nieuw_id::uuid, :gemeente, :bsn_enc, :bsn_hash, :v_nummer, :voornamen, :achternaam,
	:geboortedatum::date, :doelgroep, :taal, :telefoon, :email, :regisseur_id::uuid,
	:datum_kennisgeving::date, :datum_inschrijving_brp::date, :pip_uiterlijk::date)
returning *, (select naam from core.medewerker m where m.id = regisseur_id) as regisseur_naam;

-- inburgeraar_lezen: one dossier
select i.*, m.naam as regisseur_naam
from intake.inburgeraar i left join core.medewerker m on m.id = i.regisseur_id
where i.id = :id::uuid;

-- inburgeraar_wijzigen: only what was sent changes
update intake.inburgeraar i set v_nummer = coalesce(:v_nummer, v_nummer),
	voornamen = coalesce(:voornamen, voornamen), achternaam = coalesce(:achternaam, achternaam),
	geboortedatum = coalesce(:geboortedatum::date, geboortedatum), taal = coalesce(:taal, taal),
	datum_vestiging = coalesce(:datum_vestiging::date, datum_vestiging),
	telefoon = coalesce(:telefoon, telefoon), email = coalesce(:email, email),
	regisseur_id = coalesce(:regisseur_id::uuid, regisseur_id),
	datum_inschrijving_brp = coalesce(:datum_inschrijving_brp::date, datum_inschrijving_brp),
	pip_uiterlijk = :pip_uiterlijk::date, versie = versie + 1
where id = :id::uuid and versie = :versie::int
returning *, (select naam from core.medewerker m where m.id = regisseur_id) as regisseur_naam;

-- dossier_nog_zo: ends the batch when the dossier was changed meanwhile
select core.eis(exists (select 1 from intake.inburgeraar
	where id = :id::uuid and versie = :versie::int for update), 412,
	'Haal het gegeven opnieuw op en probeer het nog eens');
-- regisseur_van_gemeente: does this member of staff work for the gemeente
select id from core.medewerker where id = :regisseur_id::uuid and :van_gemeente = any (gemeenten);

-- taken_overdragen: open tasks go along with the dossier
update intake.taak t set regisseur_id = i.regisseur_id, versie = t.versie + 1
from intake.inburgeraar i
where i.id = :id::uuid and t.inburgeraar_id = i.id and t.status = 'open'
	and t.regisseur_id is distinct from i.regisseur_id;

-- inburgeraars: by name; per gemeente from the index, then merged. The index begins at the cursor: into it,
-- row-level security lets only what cannot leak, and PostgreSQL holds that of case, not of coalesce
select i.*, m.naam as regisseur_naam
from unnest(core.gemeenten()) as g(code) cross join lateral (
	select * from intake.inburgeraar
	where gemeente = g.code and (naam, id) > (case when :na_1::text is null then '' else :na_1 end,
			case when :na_2::uuid is null then '00000000-0000-0000-0000-000000000000' else :na_2::uuid end)
		and (:fase::text is null or fase = :fase)
		and (:doelgroep::text is null or doelgroep = :doelgroep)
	order by naam, id limit :limiet::int) i
left join core.medewerker m on m.id = i.regisseur_id
order by i.naam, i.id limit :limiet::int;

-- inburgeraars_van_regisseur: the same for one worker
select i.*, m.naam as regisseur_naam
from (
	select * from intake.inburgeraar
	where regisseur_id = :regisseur_id::uuid
		and (naam, id) > (case when :na_1::text is null then '' else :na_1 end,
			case when :na_2::uuid is null then '00000000-0000-0000-0000-000000000000' else :na_2::uuid end)
		and (:fase::text is null or fase = :fase)
		and (:doelgroep::text is null or doelgroep = :doelgroep)
	order by naam, id limit :limiet::int) i
left join core.medewerker m on m.id = i.regisseur_id
order by i.naam, i.id;

-- zoek_bsn: by the keyed hash
select i.*, m.naam as regisseur_naam
from intake.inburgeraar i left join core.medewerker m on m.id = i.regisseur_id
where i.bsn_hash = :bsn_hash and (:na_2::uuid is null or i.id > :na_2::uuid)
order by i.id limit :limiet::int;

-- zoek_v_nummer: exact
select i.*, m.naam as regisseur_naam
from intake.inburgeraar i left join core.medewerker m on m.id = i.regisseur_id
where i.v_nummer = :v_nummer and (:na_2::uuid is null or i.id > :na_2::uuid)
order by i.id limit :limiet::int;

-- zoek_naam: names that begin with the text, in the order of the index; the page goes on after the
-- person that it names
select i.*, m.naam as regisseur_naam
from unnest(core.gemeenten()) as g(code) cross join lateral (
	select * from intake.inburgeraar
	where gemeente = g.code and zoeknaam >= lower(:naam) and zoeknaam < lower(:naam) || chr(1114109)
		and (:na_2::uuid is null or (zoeknaam, id)
			> ((select v.zoeknaam from intake.inburgeraar v where v.id = :na_2::uuid), :na_2::uuid))
	order by zoeknaam, id limit :limiet::int) i
left join core.medewerker m on m.id = i.regisseur_id
order by i.zoeknaam, i.id limit :limiet::int;

-- klok_redenen: why the clock paused or ran over, oldest first
select * from intake.klok_reden where inburgeraar_id = :id::uuid order by van, id;

-- klok_nog_zo: ends the batch when a fact of the clock may have changed since it was read
select core.eis(exists (select 1 from intake.inburgeraar
	where id = :id::uuid and versie = :gezien::int for update), 409,
	'Het dossier is intussen gewijzigd; probeer het opnieuw');

-- klok_reden_toevoegen: one more
insert into intake.klok_reden (id, gemeente, inburgeraar_id, oorzaak, toelichting, van, tot)
select :nieuw_id::uuid, gemeente, id, :oorzaak, :toelichting, :van::date, :tot::date
from intake.inburgeraar where id = :id::uuid
returning *;

-- klok_reden_lezen: one
select * from intake.klok_reden where id = :id::uuid;

-- pip_uiterlijk_zetten: the deadline after a fact of the clock changed
update intake.inburgeraar set pip_uiterlijk = :pip_uiterlijk::date, versie = versie + 1
where id = :id::uuid;

-- oproepen: of a person, in order
select * from intake.oproep
where inburgeraar_id = :id::uuid
	and (:na_1::int is null or (volgnummer, id) > (:na_1::int, :na_2::uuid))
order by volgnummer, id limit :limiet::int;

-- ladder_persoon: whose ladder it is
select id as inburgeraar_id, gemeente from intake.inburgeraar
where id = coalesce((select inburgeraar_id from intake.oproep where id = :id::uuid), :id::uuid);

-- ladder: all oproepen of the person that an oproep (or a person) belongs to; a coalesce outside a subselect
-- is not leakproof, and would come after row-level security instead of by the index
select o.id, o.volgnummer, o.datum, o.termijn, o.waarschuwing, o.status, o.verzonden_op, o.uitkomst,
	o.verwijtbaar
from intake.oproep o
where o.inburgeraar_id = (select coalesce((select inburgeraar_id from intake.oproep where id = :id::uuid), :id::uuid))
order by o.volgnummer;

-- ladder_boetes: fines of art. 22 of the same person that stand
select b.bekendmaking, b.nieuwe_termijn
from intake.intakeboete b
where b.inburgeraar_id = (select coalesce((select inburgeraar_id from intake.oproep where id = :id::uuid), :id::uuid))
	and not b.ingetrokken
order by b.bekendmaking;

-- oproep_toevoegen: planned, not sent yet
insert into intake.oproep (id, gemeente, inburgeraar_id, volgnummer, soort, datum, tijd, plaats,
	termijn, waarschuwing, grondslag, uitleg)
select :nieuw_id::uuid, i.gemeente, i.id,
	1 + coalesce((select max(volgnummer) from intake.oproep where inburgeraar_id = i.id), 0),
	:soort, :datum::date, :tijd, :plaats, :termijn::date, :waarschuwing::boolean, :grondslag::jsonb,
	:uitleg
from intake.inburgeraar i where i.id = :id::uuid
returning *;

-- oproep_lezen: one
select * from intake.oproep where id = :id::uuid;

-- oproep_nog_zo: ends the batch when the oproep was changed meanwhile
select core.eis(exists (select 1 from intake.oproep
	where id = :id::uuid and versie = :versie::int for update), 412,
	'Haal de oproep opnieuw op en probeer het nog eens');

-- oproep_wijzigen: another appointment
update intake.oproep set datum = :datum::date, tijd = :tijd, plaats = :plaats, termijn = :termijn::date,
	versie = versie + 1
where id = :id::uuid
returning *;

-- oproep_verzonden: with proof of sending
update intake.oproep set status = 'verzonden', verzonden_op = :verzonden_op::date, bewijs = :bewijs,
	versie = versie + 1
where id = :id::uuid
returning *;

-- oproep_verzonden_melden: the event
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'intake', 'oproep-verstuurd', gemeente, inburgeraar_id, id, :trace,
	jsonb_build_object('volgnummer', volgnummer, 'soort', soort, 'termijn', termijn)
from intake.oproep where id = :id::uuid;

-- oproep_uitkomst: came, did not come, did not cooperate
update intake.oproep set status = 'afgerond', uitkomst = :uitkomst, verwijtbaar = :verwijtbaar::boolean,
	toelichting = :toelichting, versie = versie + 1
where id = :id::uuid
returning *;

-- oproep_uitkomst_melden: the event
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'intake', case uitkomst when 'verschenen' then 'oproep-verschenen' else 'oproep-niet-verschenen' end,
	gemeente, inburgeraar_id, id, :trace, jsonb_strip_nulls(jsonb_build_object('volgnummer', volgnummer,
		'uitkomst', uitkomst, 'verwijtbaar', verwijtbaar, 'datum', :vandaag::text,
		'volgendeStap', :volgende::text))
from intake.oproep where id = :id::uuid;

-- onderwerpen: answers of the brede intake so far
select * from intake.intake_onderwerp
where inburgeraar_id = :id::uuid and (:na_1::text is null or onderwerp > :na_1)
order by onderwerp limit :limiet::int;

-- onderwerp_versie: of the answers about one topic
select versie from intake.intake_onderwerp where inburgeraar_id = :id::uuid and onderwerp = :welk;

-- onderwerp_bewaren: answers of one topic; none when they changed since they were read
insert into intake.intake_onderwerp (id, gemeente, inburgeraar_id, onderwerp, antwoorden, afspraak, wijze, taal)
select :nieuw_id::uuid, gemeente, id, :welk, :antwoorden::jsonb, :afspraak, :wijze, :taal
from intake.inburgeraar where id = :id::uuid
on conflict (inburgeraar_id, onderwerp) do update set antwoorden = excluded.antwoorden,
	afspraak = excluded.afspraak, wijze = excluded.wijze, taal = excluded.taal,
	versie = intake.intake_onderwerp.versie + 1
	where intake.intake_onderwerp.versie = :gezien::int
returning *;

-- intake_nog_open: ends the batch when the intake was finished before
select core.eis(exists (select 1 from intake.inburgeraar
	where id = :id::uuid and intake_afgerond_op is null for update), 409,
	'De brede intake is al afgerond');

-- intake_afronden: done, by talk or in absentia
update intake.inburgeraar set intake_afgerond_op = :datum::date, intake_wijze = :wijze, fase = 'pip',
	versie = versie + 1
where id = :id::uuid
returning *, (select naam from core.medewerker m where m.id = regisseur_id) as regisseur_naam;

-- intake_melden: the event
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, trace_id, data)
select 'intake', 'intake-afgerond', gemeente, id, :trace, jsonb_build_object('wijze', intake_wijze)
from intake.inburgeraar where id = :id::uuid;

-- lbt_toevoegen: a result entered by hand
insert into intake.leerbaarheidstoets (id, gemeente, inburgeraar_id, datum_afname, uitslag,
	behaalde_score, benodigde_score, toelichting, bron)
select :nieuw_id::uuid, gemeente, id, :datum_afname::date, :uitslag, :behaalde_score::bigint,
	:benodigde_score::bigint, :toelichting, 'gemeente'
from intake.inburgeraar where id = :id::uuid
returning *;

-- lbt_van_duo: a result that DUO reported, or reported otherwise before
insert into intake.leerbaarheidstoets (id, gemeente, inburgeraar_id, datum_afname, uitslag,
	behaalde_score, benodigde_score, bron)
select :nieuw_id::uuid, gemeente, id, :datum_afname::date, :uitslag, :behaalde_score::bigint,
	:benodigde_score::bigint, 'duo'
from intake.inburgeraar where id = :dossier::uuid
on conflict (inburgeraar_id, datum_afname, bron) do update set uitslag = excluded.uitslag,
	behaalde_score = excluded.behaalde_score, benodigde_score = excluded.benodigde_score,
	versie = leerbaarheidstoets.versie + 1
	where (leerbaarheidstoets.uitslag, leerbaarheidstoets.behaalde_score, leerbaarheidstoets.benodigde_score)
		is distinct from (excluded.uitslag, excluded.behaalde_score, excluded.benodigde_score);

-- lbts: results, newest first
select * from intake.leerbaarheidstoets
where inburgeraar_id = :id::uuid
	and (:na_1::date is null or (datum_afname, id) < (:na_1::date, :na_2::uuid))
order by datum_afname desc, id desc limit :limiet::int;

-- lbt_lezen: one
select * from intake.leerbaarheidstoets where id = :id::uuid;

-- taken: open tasks by deadline; per gemeente from the index, then merged
select t.id, t.inburgeraar_id, i.naam as inburgeraar_naam, t.soort, t.rol, t.omschrijving, t.uiterlijk,
	t.regisseur_id, t.status, i.fase, i.doelgroep, i.leerroute, t.versie
from unnest(core.gemeenten()) as g(code) cross join lateral (
	select * from intake.taak
	where gemeente = g.code and status = 'open'
		and (uiterlijk, id) > (case when :na_1::date is null then '-infinity' else :na_1::date end,
			case when :na_2::uuid is null then '00000000-0000-0000-0000-000000000000' else :na_2::uuid end)
		and uiterlijk <= case when :tot::date is null then 'infinity' else :tot::date end
		and (:rol::text is null or rol = :rol)
	order by uiterlijk, id limit :limiet::int) t
join intake.inburgeraar i on i.id = t.inburgeraar_id
order by t.uiterlijk, t.id limit :limiet::int;

-- taken_van_regisseur: the same for one worker
select t.id, t.inburgeraar_id, i.naam as inburgeraar_naam, t.soort, t.rol, t.omschrijving, t.uiterlijk,
	t.regisseur_id, t.status, i.fase, i.doelgroep, i.leerroute, t.versie
from (
	select * from intake.taak
	where regisseur_id = :regisseur_id::uuid and status = 'open'
		and (uiterlijk, id) > (case when :na_1::date is null then '-infinity' else :na_1::date end,
			case when :na_2::uuid is null then '00000000-0000-0000-0000-000000000000' else :na_2::uuid end)
		and uiterlijk <= case when :tot::date is null then 'infinity' else :tot::date end
		and (:rol::text is null or rol = :rol)
	order by uiterlijk, id limit :limiet::int) t
join intake.inburgeraar i on i.id = t.inburgeraar_id
order by t.uiterlijk, t.id;

-- taak_lezen: one task
select t.id, t.inburgeraar_id, i.naam as inburgeraar_naam, t.soort, t.rol, t.omschrijving, t.uiterlijk,
	t.regisseur_id, t.status, i.fase, i.doelgroep, i.leerroute, t.versie
from intake.taak t join intake.inburgeraar i on i.id = t.inburgeraar_id
where t.id = :id::uuid;

-- taak_afronden: a person says that it is done
update intake.taak set status = 'klaar', versie = versie + 1
where id = :id::uuid and versie = :versie::int and status = 'open';

-- taak_openen: once per subject, the earliest deadline counts. Without a day of its own it has the deadline of
-- the PIP, and while that does not run :zonder_klok. When the plicht is over it is put away: it comes back with it
insert into intake.taak as t (id, gemeente, inburgeraar_id, soort, rol, onderwerp, omschrijving, uiterlijk,
	regisseur_id, status, opgeruimd)
select :nieuw_id::uuid, i.gemeente, i.id, :soort, :rol, coalesce(:onderwerp::uuid, i.id), :omschrijving,
	coalesce(:uiterlijk::date, i.pip_uiterlijk, :zonder_klok::date), i.regisseur_id,
	case when o.over then 'klaar' else 'open' end, o.over
from intake.inburgeraar i
	cross join lateral (select i.plicht_einde is not null and :wanneer::text is distinct from 'ook-na-einde') o (over)
where i.id = :dossier::uuid and i.overgedragen_op is null
	and (:wanneer::text is distinct from 'zonder-pip' or i.pip_dagtekening is null
		or i.pip_dagtekening < i.datum_vestiging)
	and (:wanneer::text is distinct from 'vertrokken' or i.vertrokken_op is not null)
on conflict (inburgeraar_id, soort, onderwerp) where status = 'open'
	do update set uiterlijk = excluded.uiterlijk, versie = t.versie + 1 where t.uiterlijk > excluded.uiterlijk;

-- taak_sluiten: done; without a subject all of the kind, those that were put away, too
update intake.taak set status = 'klaar', opgeruimd = false, versie = versie + 1
where inburgeraar_id = :dossier::uuid and soort = :soort and (status = 'open' or opgeruimd)
	and (:onderwerp::uuid is null or onderwerp = :onderwerp::uuid);

-- taken_opruimen: the plicht is over, nothing is left to do but what goes on after it
update intake.taak set status = 'klaar', opgeruimd = true, versie = versie + 1
where inburgeraar_id = :dossier::uuid and status = 'open' and soort <> all (:behalve::text[]);

-- taken_herstellen: the plicht is back, and with it what was put away
update intake.taak set status = 'open', opgeruimd = false, versie = versie + 1
where id in (select distinct on (t.soort, t.onderwerp) t.id from intake.taak t
	where t.inburgeraar_id = :dossier::uuid and t.opgeruimd
		and not exists (select 1 from intake.taak o where o.inburgeraar_id = t.inburgeraar_id
			and o.soort = t.soort and o.onderwerp = t.onderwerp and o.status = 'open')
	order by t.soort, t.onderwerp, t.uiterlijk);

-- taken_van_vertrek: whoever lives here again has not left
update intake.taak t set status = 'klaar', versie = t.versie + 1
from intake.inburgeraar i join duo.v_persoon p on p.bsn_hash = i.bsn_hash and p.gemeente = i.gemeente
where p.id = :persoon::uuid and t.inburgeraar_id = i.id and t.status = 'open' and i.vertrokken_op is null
	and t.soort in ('dossier-overdragen', 'vertrek-afronden');

-- dossier_van_persoon: the facts of the clock in the dossier that there is of a person at DUO; a move that DUO
-- registered before the last one known changes nothing
select i.*, case when :vestiging::date is not null and (i.verhuisd is null or i.verhuisd < :geregistreerd::timestamptz)
	then :vestiging::date else i.datum_vestiging end as vestiging
from intake.inburgeraar i
join duo.v_persoon p on p.bsn_hash = i.bsn_hash and p.gemeente = i.gemeente
where p.id = :persoon::uuid;

-- klok_redenen_van_persoon: and the reasons in it
select r.* from intake.klok_reden r
join intake.inburgeraar i on i.id = r.inburgeraar_id
join duo.v_persoon p on p.bsn_hash = i.bsn_hash and p.gemeente = i.gemeente
where p.id = :persoon::uuid;

-- dossier_van_duo: a new dossier, or new facts for the one there is; ends the batch when that is no longer
-- the one from which the deadline was computed
with dossier as (
	insert into intake.inburgeraar as i (id, gemeente, bsn_enc, bsn_hash, v_nummer, voornamen, achternaam,
		geboortedatum, doelgroep, datum_kennisgeving, datum_inschrijving_brp, datum_vestiging, verhuisd,
		pip_uiterlijk)
	select :nieuw_id::uuid, p.gemeente, p.bsn_enc, p.bsn_hash, p.v_nummer, p.voornamen, p.achternaam,
		p.geboortedatum, p.doelgroep, p.datum_kennisgeving,
		case when :klok_loopt::boolean then p.datum_kennisgeving end, :vestiging::date,
		:aankomst::timestamptz, :pip_uiterlijk::date
	from duo.v_persoon p where p.id = :persoon::uuid
	on conflict (bsn_hash, gemeente) do update set doelgroep = excluded.doelgroep,
		v_nummer = coalesce(excluded.v_nummer, i.v_nummer),
		datum_kennisgeving = coalesce(i.datum_kennisgeving, excluded.datum_kennisgeving),
		datum_inschrijving_brp = coalesce(i.datum_inschrijving_brp, excluded.datum_inschrijving_brp),
		(datum_vestiging, verhuisd, vertrokken_op, overgedragen_op, fase) = (
			select case when a.nieuw and :vestiging::date is not null then :vestiging::date
					else i.datum_vestiging end,
				greatest(i.verhuisd, excluded.verhuisd),
				case when not a.nieuw then i.vertrokken_op end,
				case when not a.nieuw then i.overgedragen_op end,
				case when a.nieuw and i.overgedragen_op is not null and i.plicht_einde is null
					then intake.fase_van(i) else i.fase end
			from (select coalesce(excluded.verhuisd > coalesce(i.verhuisd, '-infinity'), false)) a (nieuw)),
		pip_uiterlijk = excluded.pip_uiterlijk, versie = i.versie + 1
		where i.versie = :gezien::int
	returning id, gemeente, versie
), gemeld as (
	insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id)
	select 'intake', 'inburgeraar-aangemaakt', gemeente, id, id, :trace from dossier where versie = 1
)
select core.eis(exists (select 1 from dossier), 409, 'Het dossier is intussen gewijzigd');

-- taak_eerste_oproep: for a dossier without an oproep
insert into intake.taak (id, gemeente, inburgeraar_id, soort, onderwerp, omschrijving, uiterlijk, regisseur_id)
select :nieuw_id::uuid, i.gemeente, i.id, 'oproep-sturen', i.id, :omschrijving, :uiterlijk::date,
	i.regisseur_id
from intake.inburgeraar i join duo.v_persoon p on p.bsn_hash = i.bsn_hash and p.gemeente = i.gemeente
where p.id = :persoon::uuid and i.plicht_einde is null
	and not exists (select 1 from intake.oproep o where o.inburgeraar_id = i.id)
on conflict do nothing;

-- dossier_fase: forward only
update intake.inburgeraar set fase = :fase, versie = versie + 1
where id = :dossier::uuid and array_position(array['aangemeld', 'intake', 'pip', 'traject', 'voldaan',
	'beeindigd'], fase) < array_position(array['aangemeld', 'intake', 'pip', 'traject', 'voldaan',
	'beeindigd'], :fase);

-- dossier_pip: what the PIP says
update intake.inburgeraar set leerroute = :leerroute, pip_dagtekening = :dagtekening::date,
	pip_eerste = coalesce(pip_eerste, :dagtekening::date),
	fase = case when fase in ('aangemeld', 'intake', 'pip') then 'traject' else fase end,
	versie = versie + 1
where id = :dossier::uuid;

-- dossier_zonder_pip: it is withdrawn; what the one before says, if there is one
update intake.inburgeraar set leerroute = :leerroute, pip_dagtekening = :dagtekening::date,
	pip_eerste = :eerste::date,
	fase = case when fase = 'traject' and :dagtekening::date is null then 'pip' else fase end, versie = versie + 1
where id = :dossier::uuid;

-- regisseur_melden: who is the regisseur from now on; nothing when that was so
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, trace_id, data)
select 'intake', 'regisseur-toegewezen', gemeente, id, :trace, jsonb_build_object('medewerker', regisseur_id)
from intake.inburgeraar
where id = :over::uuid and regisseur_id is not null and regisseur_id is distinct from :was::uuid;

-- regisseur_ontheven_melden: the event, before the regisseur is taken off
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, trace_id, data)
select 'intake', 'regisseur-ontheven', gemeente, id, :trace, jsonb_build_object('medewerker', regisseur_id)
from intake.inburgeraar where id = :id::uuid and regisseur_id is not null;

-- regisseur_ontheffen: nobody is the regisseur
update intake.inburgeraar set regisseur_id = null, versie = versie + 1 where id = :id::uuid;

-- dossier_termijn: what DUO set, when that is something else
update intake.inburgeraar set termijn_begin = :begin::date, termijn_einde = :einde::date,
	versie = versie + 1
where id = :dossier::uuid
	and (termijn_begin, termijn_einde) is distinct from (:begin::date, :einde::date);

-- dossier_examennummer: of the leerbaarheidstoets, as DUO gave it last
update intake.inburgeraar set lbt_examennummer = :examennummer, versie = versie + 1
where id = :dossier::uuid and lbt_examennummer is distinct from :examennummer;

-- dossier_vertrokken: unless DUO registered a later move
update intake.inburgeraar set vertrokken_op = :datum::date, verhuisd = :geregistreerd::timestamptz,
	versie = versie + 1
where id = :dossier::uuid and (verhuisd is null or verhuisd < :geregistreerd::timestamptz);

-- dossier_herstellen: there is a plicht after all
update intake.inburgeraar i set plicht_einde = null, plicht_einde_reden = null,
	fase = case when i.overgedragen_op is null then intake.fase_van(i) else i.fase end, versie = versie + 1
where i.id = :dossier::uuid and i.plicht_einde is not null;

-- dossier_einde: the plicht is over
update intake.inburgeraar set plicht_einde = coalesce(:datum::date, plicht_einde, :vandaag::date),
	plicht_einde_reden = :reden, fase = :fase, versie = versie + 1
where id = :dossier::uuid;

-- boete_bewaren: a fine of art. 22 carries the ladder on until it is withdrawn; in whatever order that is told
insert into intake.intakeboete as b (id, gemeente, inburgeraar_id, bedrag_cent, bekendmaking, nieuwe_termijn,
	ingetrokken)
values (:boete::uuid, :gemeente, :dossier::uuid, :bedrag::bigint, :bekendmaking::date,
	:nieuwe_termijn::date, :ingetrokken::boolean)
on conflict (id) do update set ingetrokken = b.ingetrokken or excluded.ingetrokken, versie = b.versie + 1;

-- persoon_bestaat: is this person ours
select id from intake.inburgeraar where id = :id::uuid;

-- beslissingen: what the law decided about a person, oldest first. What enforcement prepares is not for the
-- person before it is made known.
select id, dienst, onderwerp, regel, versie, peildatum, feiten, antwoord, verslag,
	date_trunc('second', tijdstip) as tijdstip
from core.beslissing b
where inburgeraar_id = :id::uuid
	and (:na_1::timestamptz is null
		or (date_trunc('second', tijdstip), id) > (:na_1::timestamptz, :na_2::uuid))
	and (core.inburgeraar() is null or dienst <> 'enforcement'
		or exists (select 1 from enforcement.v_boete o where o.id = b.onderwerp))
order by date_trunc('second', tijdstip), id limit :limiet::int;

-- beslissingen_nieuw: the same, newest first
select id, dienst, onderwerp, regel, versie, peildatum, feiten, antwoord, verslag,
	date_trunc('second', tijdstip) as tijdstip
from core.beslissing b
where inburgeraar_id = :id::uuid
	and (:na_1::timestamptz is null
		or (date_trunc('second', tijdstip), id) < (:na_1::timestamptz, :na_2::uuid))
	and (core.inburgeraar() is null or dienst <> 'enforcement'
		or exists (select 1 from enforcement.v_boete o where o.id = b.onderwerp))
order by date_trunc('second', tijdstip) desc, id desc limit :limiet::int;

-- brp_vraag: wants to know what the BRP says; once, while it waits
insert into intake.brp_raadpleging (id, gemeente, inburgeraar_id, doel, aanleiding, gebruiker)
select :nieuw_id::uuid, gemeente, id, :doel, :aanleiding, :gebruiker
from intake.inburgeraar where id = :dossier::uuid
on conflict (inburgeraar_id, doel) where status = 'wacht' do nothing;

-- brp_vraag_van_persoon: the same for the dossier of a person at DUO, when the BRP has not told who it is
insert into intake.brp_raadpleging (id, gemeente, inburgeraar_id, doel, aanleiding, gebruiker)
select :nieuw_id::uuid, i.gemeente, i.id, :doel, :aanleiding, :gebruiker
from intake.inburgeraar i join duo.v_persoon p on p.bsn_hash = i.bsn_hash and p.gemeente = i.gemeente
where p.id = :persoon::uuid and not exists (select 1 from intake.brp_gegeven g
	where g.inburgeraar_id = i.id and g.deel = 'persoon')
on conflict (inburgeraar_id, doel) where status = 'wacht' do nothing;

-- brp_beurt: questions that can go in one, of one gemeente, purpose and asker; in hand for a minute. While
-- the BRP is away for a gemeente it is not asked before the first question that failed is due
with eerste as (
	select r.gemeente, r.doel, r.gebruiker from intake.brp_raadpleging r
	where r.status = 'wacht' and r.volgende <= now()
		and coalesce((select min(s.volgende) from intake.brp_raadpleging s
			where s.status = 'wacht' and s.storing and s.gemeente = r.gemeente), '-infinity') <= now()
	order by r.volgende limit 1
), beurt as (
	select r.id from intake.brp_raadpleging r join eerste e using (gemeente, doel, gebruiker)
	where r.status = 'wacht' and r.volgende <= now() order by r.volgende limit 20
	for update of r skip locked
), in_hand as (
	update intake.brp_raadpleging r set pogingen = pogingen + 1, versie = versie + 1,
		volgende = now() + interval '1 minute'
	from beurt b where r.id = b.id returning r.*
)
select h.id, h.gemeente, h.inburgeraar_id, h.doel, h.gebruiker, now() as begin, i.bsn_enc, i.bsn_hash
from in_hand h join intake.inburgeraar i on i.id = h.inburgeraar_id;

-- brp_later: no answer that can be used; wait 1, 2, 4 … seconds, at most :hoogstens, and a little more
update intake.brp_raadpleging set fout = :fout, storing = :storing::boolean, versie = versie + 1,
	volgende = now() + make_interval(secs => least(2 ^ least(pogingen - 1, 20), :hoogstens::int)
		* (1 + random() / 4))
where id = :raadpleging::uuid and status = 'wacht';

-- brp_hervat: the BRP answers again
update intake.brp_raadpleging set storing = false, volgende = now(), versie = versie + 1
where gemeente = :van_gemeente and status = 'wacht' and storing;

-- brp_afgehandeld: answered
update intake.brp_raadpleging set status = :status, fout = :fout, storing = false, versie = versie + 1
where id = :raadpleging::uuid and status = 'wacht';

-- brp_dossier: what the dossier itself takes over; another version only when that differs
update intake.inburgeraar set geheimhouding = :geheimhouding::boolean, brp_opschorting = :opschorting,
	voornamen = case when :persoon::boolean then :voornamen else voornamen end,
	achternaam = case when :persoon::boolean then coalesce(:achternaam, achternaam) else achternaam end,
	geboortedatum = case when :persoon::boolean then :geboortedatum::date else geboortedatum end,
	persoon_bron = case when :persoon::boolean then 'brp' else persoon_bron end, versie = versie + 1
where id = :dossier::uuid and ((geheimhouding, brp_opschorting)
		is distinct from (:geheimhouding::boolean, :opschorting::text)
	or (:persoon::boolean and (voornamen, achternaam, geboortedatum, persoon_bron) is distinct from
		(:voornamen::text, coalesce(:achternaam::text, achternaam), :geboortedatum::date, 'brp')));

-- brp_deel: one part of what the BRP says, instead of what it said before
insert into intake.brp_gegeven (id, gemeente, inburgeraar_id, deel, inhoud_enc, doel, peildatum)
select :nieuw_id::uuid, gemeente, id, :deel, :inhoud_enc, :doel, :vandaag::date
from intake.inburgeraar where id = :dossier::uuid
on conflict (inburgeraar_id, deel) do update set inhoud_enc = excluded.inhoud_enc, doel = excluded.doel,
	peildatum = excluded.peildatum, versie = intake.brp_gegeven.versie + 1;

-- brp_relaties_weg: those of before
delete from intake.brp_relatie where inburgeraar_id = :dossier::uuid;

-- brp_relaties: partners, children and parents
insert into intake.brp_relatie (gemeente, inburgeraar_id, soort, bsn_enc, bsn_hash, naam_enc, geboortedatum,
	verbintenis, sinds, tot)
select i.gemeente, i.id, r.soort, r."bsnEnc", r."bsnHash", r."naamEnc", r.geboortedatum, r.verbintenis,
	r.sinds, r.tot
from intake.inburgeraar i cross join jsonb_to_recordset(:relaties::jsonb) as r(soort text, "bsnEnc" text,
	"bsnHash" text, "naamEnc" text, geboortedatum text, verbintenis text, sinds text, tot text)
where i.id = :dossier::uuid;

-- verwerking: the log of the processing, a line per data subject: the person, and of a family those who have
-- a BSN; which fields, never what they hold
insert into intake.verwerking (gemeente, inburgeraar_id, raadpleging_id, trace_id, span_id, status, naam,
	begin, activiteit, betrokkene, gebruiker, doel, grondslag, velden)
select :gemeente, :dossier::uuid, :raadpleging::uuid, :trace, :span, :status, :naam, :begin::timestamptz,
	:activiteit, w.betrokkene, :gebruiker, :doel, :grondslag, :velden::text[]
from (
	select :betrokkene::text as betrokkene
	union
	select bsn_hash from intake.brp_relatie
	where :familie::boolean and inburgeraar_id = :dossier::uuid and bsn_hash is not null) w;

-- brp_bijhouden: running dossiers whose data of the BRP are of before a day ask for them again
insert into intake.brp_raadpleging (id, gemeente, inburgeraar_id, doel, aanleiding, gebruiker)
select gen_random_uuid(), g.gemeente, g.inburgeraar_id, :doel, 'bijhouden', :gebruiker
from intake.brp_gegeven g join intake.inburgeraar i on i.id = g.inburgeraar_id
where g.deel = 'persoon' and g.peildatum < :voor::date and i.plicht_einde is null
	and i.brp_opschorting is distinct from 'overlijden'
on conflict (inburgeraar_id, doel) where status = 'wacht' do nothing;

-- brp_delen: what the BRP said of a person
select deel, inhoud_enc, doel, peildatum from intake.brp_gegeven where inburgeraar_id = :id::uuid;

-- brp_relaties_lezen: and of the family
select id, soort, bsn_enc, naam_enc, geboortedatum, verbintenis, sinds, tot from intake.brp_relatie
where inburgeraar_id = :id::uuid
order by array_position(array['partner', 'kind', 'ouder'], soort), geboortedatum, id;

-- brp_raadpleging_wacht_niet: ends the batch when the same question waits
select core.eis(not exists (select 1 from intake.brp_raadpleging
	where inburgeraar_id = :id::uuid and doel = :doel and status = 'wacht'), 409,
	'Deze vraag aan de BRP staat al open');

-- brp_raadpleging_toevoegen: a member of staff wants to know
insert into intake.brp_raadpleging (id, gemeente, inburgeraar_id, doel, aanleiding, gebruiker)
select :nieuw_id::uuid, gemeente, id, :doel, 'medewerker', :gebruiker
from intake.inburgeraar where id = :id::uuid
returning *, date_trunc('second', aangemaakt) as tijdstip;

-- brp_raadpleging_lezen: one
select *, date_trunc('second', aangemaakt) as tijdstip from intake.brp_raadpleging where id = :id::uuid;

-- brp_raadplegingen: of a person, newest first
select *, date_trunc('second', aangemaakt) as tijdstip from intake.brp_raadpleging
where inburgeraar_id = :id::uuid and (:na_1::timestamptz is null
	or (date_trunc('second', aangemaakt), id) < (:na_1::timestamptz, :na_2::uuid))
order by date_trunc('second', aangemaakt) desc, id desc limit :limiet::int;

-- terugmelding_toevoegen: a doubt
insert into intake.terugmelding (id, gemeente, inburgeraar_id, gegeven, twijfel, reden, gemaakt_door)
select :nieuw_id::uuid, gemeente, id, :gegeven, :twijfel, :reden, :medewerker::uuid
from intake.inburgeraar where id = :id::uuid
returning *, date_trunc('second', aangemaakt) as tijdstip;

-- terugmelding_lezen: one
select *, date_trunc('second', aangemaakt) as tijdstip from intake.terugmelding where id = :id::uuid;

-- terugmeldingen: of a person, newest first
select *, date_trunc('second', aangemaakt) as tijdstip from intake.terugmelding
where inburgeraar_id = :id::uuid and (:na_1::timestamptz is null
	or (date_trunc('second', aangemaakt), id) < (:na_1::timestamptz, :na_2::uuid))
order by date_trunc('second', aangemaakt) desc, id desc limit :limiet::int;

-- terugmelding_nog_zo: ends the batch when it was changed meanwhile
select core.eis(exists (select 1 from intake.terugmelding
	where id = :id::uuid and versie = :versie::int for update), 412,
	'Haal het gegeven opnieuw op en probeer het nog eens');

-- terugmelding_wijzigen: told, or answered
update intake.terugmelding set status = :status,
	gemeld_op = coalesce(:gemeld_op::date, gemeld_op, :vandaag::date),
	uitkomst = coalesce(:uitkomst, uitkomst), versie = versie + 1
where id = :id::uuid
returning *, date_trunc('second', aangemaakt) as tijdstip;

-- terugmelding_taak_klaar: it was told
update intake.taak set status = 'klaar', versie = versie + 1
where soort = 'terugmelding' and onderwerp = :id::uuid and status = 'open'
	and inburgeraar_id = (select inburgeraar_id from intake.terugmelding where id = :id::uuid);

-- overdracht_aanbieden: to the gemeente where the person lives now
select intake.bied_overdracht_aan(:overdracht::uuid, :inburgeraar_id::uuid, :vandaag::date, :toelichting, :door);

-- overdracht_bij_aankomst: from the gemeente where the person lived before
select intake.bied_overdracht_bij_aankomst(:overdracht::uuid, p.bsn_hash, p.gemeente, :dag::date, :door)
from duo.v_persoon p where p.id = :persoon::uuid;

-- overdracht_melden: to the new gemeente, and to the one before
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, trace_id, data)
select 'intake', e.type, e.gemeente, e.inburgeraar, o.id, :trace, coalesce(:data::jsonb, '{}')
from intake.overdracht o cross join lateral (values (:nieuwe::text, o.naar_gemeente, o.naar_inburgeraar_id),
	(:vorige::text, o.gemeente, o.inburgeraar_id)) e (type, gemeente, inburgeraar)
where o.id = :overdracht::uuid and e.type is not null;

-- overdracht_lezen: as the reader's gemeente sees it
select o.id, o.gemeente, o.naar_gemeente,
	case when o.naar_gemeente = any (core.gemeenten()) then o.naar_inburgeraar_id else o.inburgeraar_id end
		as inburgeraar_id,
	case when o.naar_gemeente = any (core.gemeenten()) then 'in' else 'uit' end as richting, o.status,
	o.toelichting, o.aangeboden_op, o.beslist_op, o.reden, o.versie
from intake.overdracht o
where o.id = :id::uuid;

-- overdrachten: of all people, oldest first
select o.id, o.gemeente, o.naar_gemeente,
	case when o.naar_gemeente = any (core.gemeenten()) then o.naar_inburgeraar_id else o.inburgeraar_id end
		as inburgeraar_id,
	case when o.naar_gemeente = any (core.gemeenten()) then 'in' else 'uit' end as richting, o.status,
	o.toelichting, o.aangeboden_op, o.beslist_op, o.reden, o.versie
from intake.overdracht o
where :na_1::date is null or (o.aangeboden_op, o.id) > (:na_1::date, :na_2::uuid)
order by o.aangeboden_op, o.id limit :limiet::int;

-- overdrachten_van_persoon: of one dossier
select o.id, o.gemeente, o.naar_gemeente,
	case when o.naar_gemeente = any (core.gemeenten()) then o.naar_inburgeraar_id else o.inburgeraar_id end
		as inburgeraar_id,
	case when o.naar_gemeente = any (core.gemeenten()) then 'in' else 'uit' end as richting, o.status,
	o.toelichting, o.aangeboden_op, o.beslist_op, o.reden, o.versie
from intake.overdracht o
where :id::uuid in (o.inburgeraar_id, o.naar_inburgeraar_id)
	and (:na_1::date is null or (o.aangeboden_op, o.id) > (:na_1::date, :na_2::uuid))
order by o.aangeboden_op, o.id limit :limiet::int;

-- overdracht_regels: its log
select id, volgnr, date_trunc('second', tijdstip) as tijdstip, handeling, wat, door
from intake.overdracht_regel
where overdracht_id = :id::uuid and (:na_1::bigint is null or volgnr > :na_1::bigint)
order by volgnr limit :limiet::int;

-- overdracht_beslissen: only what is offered and as it was seen; ends the batch otherwise
with beslist as (
	update intake.overdracht set status = :status, reden = :reden, beslist_op = :vandaag::date,
		versie = versie + 1
	where id = :id::uuid and versie = :versie::int and status = 'aangeboden'
	returning id
)
select core.eis(exists (select 1 from beslist), 412, 'Haal de overdracht opnieuw op en probeer het nog eens');

-- overdracht_noteren: a line in the log of both
select intake.noteer_overdracht(o, :handeling, :wat, :door)
from intake.overdracht o where o.id = :overdracht::uuid;

-- dossier_overgedragen: the new gemeente has it; what is left here is closed
update intake.inburgeraar set overgedragen_op = :vandaag::date,
	fase = case when plicht_einde is null then 'beeindigd' else fase end, versie = versie + 1
where id = :dossier::uuid;

-- taken_afsluiten: nothing is left to do here
update intake.taak set status = 'klaar', opgeruimd = false, versie = versie + 1
where inburgeraar_id = :dossier::uuid and (status = 'open' or opgeruimd);
