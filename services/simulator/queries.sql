-- SPDX-License-Identifier: EUPL-1.2

-- persoon_toevoegen: somebody who is inburgeringsplichtig from today
insert into simulator.persoon (id, bsn, v_nummer, naam, gemeentecode, documenten)
values (:id_nieuw::uuid, :bsn, :v_nummer::bigint, :naam, :gemeentecode, jsonb_build_object(
	'inburgeringsplicht', jsonb_build_object('indicatorInburgeringsplicht', true,
		'begindatum', :vandaag::text, 'datumKennisgevingInburgeringsplicht', :vandaag::text),
	'doelgroep', jsonb_build_object('indeling', :doelgroep::text, 'begindatum', :vandaag::text),
	'examens/resultaten', '[]'::jsonb, 'lbt/resultaten', '[]'::jsonb))
returning id, bsn, v_nummer, naam, gemeentecode, documenten;

-- persoon_tonen: all that DUO holds
select id, bsn, v_nummer, naam, gemeentecode, documenten from simulator.persoon where id = :id::uuid;

-- persoon_zoeken: the same by BSN
select id, bsn, v_nummer, naam, gemeentecode, documenten from simulator.persoon where bsn = :bsn;

-- document_zetten: what DUO will answer from now on
update simulator.persoon set documenten = documenten || jsonb_build_object(:soort::text, :document::jsonb)
where id = :id::uuid returning id;

-- notificatie_toevoegen: to be sent by the job
insert into simulator.notificatie (persoon_id, gebeurtenis_id)
select id, :gebeurtenis_id from simulator.persoon where id = :id::uuid returning id;

-- te_verzenden: notifications not acknowledged yet, oldest first
select n.id, n.gebeurtenis_id, p.bsn, p.v_nummer, g.oin,
	to_char(n.tijdstip at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as tijdstip
from simulator.notificatie n join simulator.persoon p on p.id = n.persoon_id
join core.gemeente g on g.code = p.gemeentecode
where not n.verzonden order by n.volgnr limit 20;

-- verzonden: acknowledged with 201
update simulator.notificatie set verzonden = true where id = :bericht::uuid;

-- duo_persoon: who DUO is asked about, if the asking gemeente may
select p.id, p.documenten, p.uren, p.gemeentecode, p.documenten -> :soort::text as document
from simulator.persoon p join core.gemeente g on g.code = p.gemeentecode
where p.bsn = :bsn and g.oin = :bron;

-- duo_bewaren: a document that the gemeente sent; null withdraws it
update simulator.persoon set documenten = case when :document::jsonb is null then documenten - :soort::text
	else documenten || jsonb_build_object(:soort::text, :document::jsonb) end
where id = :persoon::uuid;

-- duo_notificatie: an event that follows
insert into simulator.notificatie (persoon_id, gebeurtenis_id) values (:persoon::uuid, :gebeurtenis_id);

-- verkeer_bewaren: a request and its answer
insert into simulator.verkeer (methode, pad, verzoek, status, antwoord)
values (:methode, :pad, :verzoek::jsonb, :status::int, :antwoord::jsonb);

-- verkeer_tonen: the newest thousand
select methode, pad, verzoek, status, antwoord from simulator.verkeer order by volgnr desc limit 1000;

-- demo_burgers: people to choose from at the login page
select bsn as sub, coalesce(naam, 'Inburgeraar') as naam from simulator.persoon order by bsn limit 12;

-- demo_medewerkers: all staff
select sub, naam || ' (' || sub || ')' as naam from core.medewerker order by sub;

-- demo_medewerker: name and roles for the claims
select naam, to_json(rollen)::text as rollen from core.medewerker where sub = :sub;

-- sleutel_bewaren: the first one stays
insert into simulator.sleutel (naam, jwk) values ('oidc', :jwk) on conflict do nothing;

-- sleutel_lezen: the one that stayed
select jwk from simulator.sleutel where naam = 'oidc';
