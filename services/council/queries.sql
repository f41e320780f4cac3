-- SPDX-License-Identifier: EUPL-1.2

-- document_toevoegen: a new concept, with the next number of the gemeente
insert into council.beleidsdocument (id, gemeente, nummer, geldig_van, geldig_tot, document)
values (:document_id::uuid, :voor_gemeente,
	1 + coalesce((select max(nummer) from council.beleidsdocument where gemeente = :voor_gemeente), 0),
	:geldig_van::date, :geldig_tot::date, :document::jsonb)
returning *;

-- document_wijzigen: the concept with new contents
update council.beleidsdocument set geldig_van = :geldig_van::date, geldig_tot = :geldig_tot::date,
	document = :document::jsonb, versie = versie + 1
where id = :id::uuid and versie = :versie::int and status = 'concept'
returning *;

-- document_lezen: one document
select b.*, m.naam as vastgesteld_door_naam
from council.beleidsdocument b left join core.medewerker m on m.id = b.vastgesteld_door
where b.id = :id::uuid;

-- documenten: newest first
select b.*, m.naam as vastgesteld_door_naam
from council.beleidsdocument b left join core.medewerker m on m.id = b.vastgesteld_door
where :na_1::int is null or (b.nummer, b.id) < (:na_1::int, :na_2::uuid)
order by b.nummer desc, b.id desc limit :limiet::int;

-- vorige_beeindigen: what held until this concept gives way the day before
update council.beleidsdocument oud set geldig_tot = nieuw.geldig_van - 1, versie = oud.versie + 1
from council.beleidsdocument nieuw
where nieuw.id = :id::uuid and nieuw.versie = :versie::int and nieuw.status = 'concept'
	and oud.gemeente = nieuw.gemeente and oud.status = 'vastgesteld'
	and oud.geldig_van < nieuw.geldig_van
	and (oud.geldig_tot is null or oud.geldig_tot >= nieuw.geldig_van);

-- document_vaststellen: the concept becomes policy
update council.beleidsdocument b set status = 'vastgesteld', vastgesteld_op = :vastgesteld_op::date,
	vastgesteld_door = :medewerker::uuid, versie = versie + 1
where id = :id::uuid and versie = :versie::int and status = 'concept'
returning *, (select m.naam from core.medewerker m where m.id = b.vastgesteld_door)
	as vastgesteld_door_naam;

-- vaststelling_melden: the event, only when this transaction made it policy
insert into core.gebeurtenis (bron, type, gemeente, onderwerp, trace_id, data)
select 'council', 'beleid-vastgesteld', b.gemeente, b.id, :trace,
	jsonb_strip_nulls(jsonb_build_object('nummer', b.nummer, 'geldigVan', b.geldig_van,
		'geldigTot', b.geldig_tot))
from council.beleidsdocument b
where b.id = :id::uuid and b.status = 'vastgesteld' and b.versie = :versie::int + 1;

-- geldend: what is in force on a day
select b.id as document_id, b.nummer, b.geldig_van, b.geldig_tot, b.document as beleid
from council.v_beleid b
where b.gemeente = :gemeente and daterange(b.geldig_van, b.geldig_tot, '[]') @> :datum::date;
