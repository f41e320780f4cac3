-- SPDX-License-Identifier: EUPL-1.2

-- persoon_toevoegen: somebody who is inburgeringsplichtig from today
insert into simulator.persoon (id, bsn, v_nummer, naam, gemeentecode, coa, koppelgemeente, vestiging, wi2021, documenten)
values (:id_nieuw::uuid, :bsn, :v_nummer::bigint, :naam, :gemeentecode, coalesce(:coa::boolean, false),
	:koppelgemeente, :vestiging::date, coalesce(:wi2021::boolean, true), simulator.nieuw(:doelgroep, :vandaag))
returning id, bsn, v_nummer, naam, gemeentecode, coa, koppelgemeente, vestiging, wi2021, contactpersoon, documenten;

-- persoon_tonen: all that DUO holds
select id, bsn, v_nummer, naam, gemeentecode, coa, koppelgemeente, vestiging, wi2021, contactpersoon, documenten
from simulator.persoon where id = :id::uuid;

-- persoon_zoeken: the same by BSN
select id, bsn, v_nummer, naam, gemeentecode, coa, koppelgemeente, vestiging, wi2021, contactpersoon, documenten
from simulator.persoon where bsn = :bsn;

-- document_zetten: what DUO will answer from now on
update simulator.persoon set documenten = documenten || jsonb_build_object(:soort::text, :document::jsonb),
	versie = versie + 1
where id = :id::uuid returning id;

-- brp_zetten: what differs from the made-up record
update simulator.persoon set brp = :persoon::jsonb, versie = versie + 1 where id = :id::uuid returning id;

-- personen_laden: many at once, new or instead of what there was
insert into simulator.persoon as p (bsn, v_nummer, naam, gemeentecode, coa, koppelgemeente, vestiging, brp, documenten)
select r.bsn, r."vNummer", r.naam, r.gemeentecode, coalesce(r.coa, false), r.koppelgemeente, r.vestiging, r.brp,
	simulator.nieuw(coalesce(r.doelgroep, 'Asielstatushouder'), :vandaag) || coalesce(r.documenten, '{}')
from jsonb_to_recordset(:personen::jsonb) as r(bsn text, "vNummer" bigint, naam text, gemeentecode text,
	doelgroep text, coa boolean, koppelgemeente text, vestiging date, brp jsonb, documenten jsonb)
on conflict (bsn) do update set v_nummer = excluded.v_nummer, naam = excluded.naam,
	gemeentecode = excluded.gemeentecode, coa = excluded.coa, koppelgemeente = excluded.koppelgemeente,
	vestiging = excluded.vestiging, brp = excluded.brp, documenten = excluded.documenten, vorige_pip = null,
	contactpersoon = null, versie = p.versie + 1
returning bsn;

-- personen_maken: so many with numbers that pass the eleven-test, the next after those in use below 99…
with eerste as (
	select greatest(:vanaf::bigint, coalesce(max(bsn)::bigint, 0)) / 10 + 1 as n from simulator.persoon
	where bsn < '990000000'
), cijfers as (
	select s.n, (9 * (s.n / 10000000 % 10) + 8 * (s.n / 1000000 % 10) + 7 * (s.n / 100000 % 10)
		+ 6 * (s.n / 10000 % 10) + 5 * (s.n / 1000 % 10) + 4 * (s.n / 100 % 10) + 3 * (s.n / 10 % 10)
		+ 2 * (s.n % 10)) % 11 as proef
	from eerste e, generate_series(e.n, e.n + 2 * :aantal::int) as s(n)
), vrij as (
	select n * 10 + proef as bsn from cijfers where proef < 10 order by n limit :aantal::int
)
insert into simulator.persoon (bsn, gemeentecode, documenten)
select bsn::text, :gemeentecode, simulator.nieuw(coalesce(:doelgroep, 'Asielstatushouder'), :vandaag)
	|| coalesce(:documenten::jsonb, '{}') from vrij
returning bsn;

-- notificaties_laden: many notifications at once, in their order
insert into simulator.notificatie (persoon_id, gemeentecode, gebeurtenis_id)
select p.id, coalesce(case when p.coa then p.koppelgemeente end, p.gemeentecode), r.e ->> 'gebeurtenisId'
from jsonb_array_elements(:notificaties::jsonb) with ordinality as r(e, nr)
join simulator.persoon p on p.bsn = r.e ->> 'bsn' where p.gemeentecode is not null order by r.nr;

-- persoon_laden: what an event changes, by BSN
select d.verkeer, d.termijn, d.vertraging_ms, p.id, p.bsn, p.versie, p.gemeentecode, p.coa, p.koppelgemeente,
	p.vestiging, p.wi2021, p.vorige_pip, p.contactpersoon, coalesce(p.brp, '{}') as brp, p.documenten,
	nextval('simulator.examennummer') as examennummer
from simulator.gedrag d left join simulator.persoon p on p.bsn = :bsn;

-- persoon_bewaren: what became of it; nothing of the batch when somebody else was first
with bewaard as (
	update simulator.persoon set documenten = :documenten::jsonb, gemeentecode = :gemeentecode,
		coa = :coa::boolean, koppelgemeente = :koppelgemeente, vestiging = :vestiging::date,
		vorige_pip = :vorige_pip, contactpersoon = :contactpersoon::int, brp = :brp::jsonb, versie = versie + 1
	where id = :persoon::uuid and versie = :stand::int
	returning id
)
select core.eis(exists (select from bewaard), 409, 'Intussen gewijzigd');

-- notificatie_toevoegen: to be sent by the job, and nothing else
insert into simulator.notificatie (persoon_id, gemeentecode, gebeurtenis_id, na)
select id, coalesce(case when coa then koppelgemeente end, gemeentecode, koppelgemeente), :gebeurtenis_id,
	now() + d.vertraging_ms * interval '1 ms'
from simulator.persoon, simulator.gedrag d where id = :id::uuid returning id;

-- notificatie_klaarzetten: an event that became known
insert into simulator.notificatie (persoon_id, gemeentecode, gebeurtenis_id, na, los)
values (:persoon::uuid, :gemeentecode, :gebeurtenis_id, now() + :over_ms::int * interval '1 ms', :los::boolean);

-- te_verzenden: the oldest notification of each person that is not acknowledged, if it is due
select n.id, n.gebeurtenis_id, n.pogingen, p.bsn, p.v_nummer, g.oin,
	to_char(n.tijdstip at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as tijdstip,
	exists (select from simulator.fout where operatie = 'POST /notificaties') as gestoord
from simulator.notificatie n join simulator.persoon p on p.id = n.persoon_id
join core.gemeente g on g.code = n.gemeentecode
where not n.verzonden and n.na <= now() and (n.los or not exists (select from simulator.notificatie e
	where e.persoon_id = n.persoon_id and e.volgnr < n.volgnr and not e.verzonden and not e.los))
order by n.volgnr limit :hoeveel::int;

-- verzonden: acknowledged with 201
update simulator.notificatie set verzonden = true, pogingen = pogingen + 1 where id = any (:berichten::uuid[]);

-- uitgesteld: not acknowledged; again after 1, 2, 4 … 30 seconds
update simulator.notificatie set pogingen = pogingen + 1, na = now() + make_interval(secs => least(2 ^ pogingen, 30))
where id = any (:berichten::uuid[]);

-- opgehouden: held back by a fault; when it is overtaken, later ones need not wait for it
update simulator.notificatie set los = los or :los::boolean, na = now() + :over_ms::int * interval '1 ms'
where id = :bericht::uuid;

-- fouten_kiezen: what strikes this time
select simulator.kies_fouten(:operatie) as fouten;

-- duo_lezen: a document of the person that DUO is asked about, if the asking gemeente may; and it is counted
with storing as materialized (
	select case when exists (select from simulator.fout) then simulator.kies_fouten(:operatie) end as fouten
), persoon as materialized (
	select p.documenten -> :document::text as document
	from core.gemeente g join simulator.persoon p on p.bsn = :bsn and simulator.betreft(p, g.code, :vandaag::date)
	where g.oin = :bron
), uitkomst as (
	select (select jsonb_path_exists(fouten, '$[*] ? (@.soort != "vertraging")') from storing) is true as stuk,
		:altijd::text is not null and (:bsn::text is null or exists (select from persoon))
			or exists (select from persoon where document is not null) as gevonden
), geteld as (
	insert into simulator.teller as t (operatie, plek, gevraagd, aangenomen, geweigerd, fout)
	select :operatie, pg_backend_pid(), 1, (not stuk and gevonden)::int, (not stuk and not gevonden)::int, stuk::int
	from uitkomst
	on conflict (operatie, plek) do update set gevraagd = t.gevraagd + 1,
		aangenomen = t.aangenomen + excluded.aangenomen, geweigerd = t.geweigerd + excluded.geweigerd,
		fout = t.fout + excluded.fout
)
select d.verkeer, s.fouten, exists (select from core.gemeente where oin = :bron) as gemeente_bekend,
	exists (select from persoon) as bekend, (select document from persoon) as document,
	set_config('synchronous_commit', 'off', true)
from simulator.gedrag d, storing s;

-- duo_stand: all that a message of a gemeente is judged by
select d.verkeer, d.termijn, d.vertraging_ms, g.code as gemeente,
	case when exists (select from simulator.fout) then simulator.kies_fouten(:operatie) end as fouten,
	b.operatie as eerder, b.status as eerder_status, b.antwoord as eerder_antwoord,
	p.id, p.bsn, p.versie, p.gemeentecode, p.coa, p.koppelgemeente, p.vestiging, p.wi2021, p.vorige_pip,
	p.contactpersoon, p.brp, p.documenten, c.nummer as contact,
	case when :operatie = 'POST /contactpersonen' then nextval('simulator.contactnummer') end as nieuw_contact
from simulator.gedrag d left join core.gemeente g on g.oin = :bron
left join simulator.bericht b on b.bericht_id = :bericht_id::uuid
left join simulator.persoon p on p.bsn = :bsn and simulator.betreft(p, g.code, :vandaag::date)
left join simulator.contactpersoon c on c.nummer = :contact::int and c.gemeentecode = g.code;

-- bericht_bewaren: taken; a second one with the berichtId undoes its batch
insert into simulator.bericht (bericht_id, operatie, gemeentecode, over, onderwerp, inhoud, status, antwoord, dubbel)
select :bericht_id::uuid, :operatie, :gemeentecode, :over, :onderwerp, :inhoud::jsonb, :status::int, :antwoord::jsonb,
	coalesce((select l.operatie = :operatie and l.gemeentecode = :gemeentecode
			and l.inhoud is not distinct from :inhoud::jsonb
		from simulator.bericht l where l.over = :over and split_part(l.operatie, ' ', 2) = split_part(:operatie, ' ', 2)
			and coalesce(l.onderwerp, '') = coalesce(:onderwerp, '') order by l.volgnr desc limit 1), false);

-- tellen: one more of this outcome
insert into simulator.teller as t (operatie, plek, gevraagd, aangenomen, geweigerd, fout, herhaald)
values (:operatie, pg_backend_pid(), :gevraagd::int, :aangenomen::int, :geweigerd::int, :fout::int, :herhaald::int)
on conflict (operatie, plek) do update set gevraagd = t.gevraagd + excluded.gevraagd,
	aangenomen = t.aangenomen + excluded.aangenomen, geweigerd = t.geweigerd + excluded.geweigerd,
	fout = t.fout + excluded.fout, herhaald = t.herhaald + excluded.herhaald;

-- contact_maken: a contact person of the gemeente
insert into simulator.contactpersoon (nummer, gemeentecode, gegevens)
values (:nummer::int, :gemeentecode, :gegevens::jsonb);

-- contact_wijzigen: other details
update simulator.contactpersoon set gegevens = :gegevens::jsonb where nummer = :nummer::int;

-- contact_verwijderen: its links go with it
delete from simulator.contactpersoon where nummer = :nummer::int;

-- verkeer_bewaren: a request and its answer
insert into simulator.verkeer (methode, pad, verzoek, status, antwoord)
values (:methode, :pad, :verzoek::jsonb, :status::int, :antwoord::jsonb);

-- verkeer_tonen: the newest thousand
select methode, pad, verzoek, status, antwoord from simulator.verkeer order by volgnr desc limit 1000;

-- fout_toevoegen: a fault from now on
insert into simulator.fout (operatie, soort, na_afloop, procent, zaad, resterend, ms, status)
values (coalesce(:operatie, '*'), :soort, coalesce(:moment, 'voor') = 'na', :procent::int, coalesce(:zaad::int, 1),
	:aantal::int, :ms::int, :status::int)
returning id, operatie, soort, case when na_afloop then 'na' else 'voor' end as moment, procent, zaad,
	resterend as aantal, ms, status, gezien, geraakt;

-- fouten_tonen: in the order they were made
select id, operatie, soort, case when na_afloop then 'na' else 'voor' end as moment, procent, zaad,
	resterend as aantal, ms, status, gezien, geraakt
from simulator.fout order by volgnr;

-- fout_verwijderen: this one no more
delete from simulator.fout where id = :id::uuid;

-- fouten_verwijderen: none any more
delete from simulator.fout;

-- tellers_tonen: per operation, with those that said the same twice
select t.operatie, sum(gevraagd)::bigint as gevraagd, sum(aangenomen)::bigint as aangenomen,
	sum(geweigerd)::bigint as geweigerd, sum(fout)::bigint as fout, sum(herhaald)::bigint as herhaald,
	(select count(*) from simulator.bericht b where b.operatie = t.operatie and b.dubbel) as dubbel
from simulator.teller t group by t.operatie order by t.operatie;

-- tellers_wissen: from nought again
delete from simulator.teller;

-- gedrag_tonen: how DUO behaves
select verkeer, termijn, vertraging_ms from simulator.gedrag;

-- gedrag_zetten: what is given changes
update simulator.gedrag set verkeer = coalesce(:verkeer::boolean, verkeer), termijn = coalesce(:termijn::boolean, termijn),
	vertraging_ms = coalesce(:vertraging_ms::int, vertraging_ms)
returning verkeer, termijn, vertraging_ms;

-- stand_tonen: the played world in figures
select (select count(*) from simulator.persoon) as personen,
	(select count(*) from simulator.notificatie where not verzonden) as notificaties_wachten,
	(select count(*) from simulator.notificatie where verzonden) as notificaties_verzonden,
	(select count(*) from simulator.bericht) as berichten,
	(select count(*) from simulator.bericht where dubbel) as berichten_dubbel,
	(select count(*) from simulator.contactpersoon) as contactpersonen,
	(select count(*) from simulator.fout where resterend is null or resterend > 0) as fouten,
	(select count(*) from simulator.verkeer) as verkeer,
	:vandaag::text as vandaag;

-- brp_lezen: who is asked for, in the order of the question
with storing as materialized (
	select case when exists (select from simulator.fout) then simulator.kies_fouten(:operatie) end as fouten
), geteld as (
	insert into simulator.teller as t (operatie, plek, gevraagd, aangenomen, fout)
	select :operatie, pg_backend_pid(), 1, (not stuk)::int, stuk::int
	from (select jsonb_path_exists(fouten, '$[*] ? (@.soort != "vertraging")') is true as stuk from storing) s
	on conflict (operatie, plek) do update set gevraagd = t.gevraagd + 1,
		aangenomen = t.aangenomen + excluded.aangenomen, fout = t.fout + excluded.fout
)
select d.verkeer, s.fouten, exists (select from core.gemeente where oin = :bron) as gemeente_bekend,
	p.bsn, p.naam, p.gemeentecode, g.naam as gemeentenaam, p.vestiging, p.brp,
	p.documenten #>> '{inburgeringsplicht,begindatum}' as begin_plicht,
	p.documenten #>> '{doelgroep,indeling}' as doelgroep
from simulator.gedrag d cross join storing s
left join (unnest(:bsns::text[]) with ordinality as v(bsn, nr) join simulator.persoon x using (bsn)) p on true
left join core.gemeente g on g.code = p.gemeentecode
order by p.nr;

-- demo_burgers: people to choose from at the login page
select bsn as sub, coalesce(naam, 'Inburgeraar') as naam from simulator.persoon order by volgnr limit 12;

-- demo_medewerkers: all staff
select sub, naam || ' (' || sub || ')' as naam from core.medewerker order by sub;

-- demo_medewerker: name and roles for the claims
select naam, to_json(rollen)::text as rollen from core.medewerker where sub = :sub;

-- sleutel_bewaren: the first one stays
insert into simulator.sleutel (naam, jwk) values ('oidc', :jwk) on conflict do nothing;

-- sleutel_lezen: the one that stayed
select jwk from simulator.sleutel where naam = 'oidc';
