-- SPDX-License-Identifier: EUPL-1.2
-- The kit's own statements; enum kit_query in kit.h names them in this order. Their plans are made when the
-- tables may still be empty, so they are written such that only one plan fits.

-- kit_context: tenant, user and trace of the transaction that the batch is
select set_config('regie.gemeenten', :gemeenten, true), set_config('regie.gebruiker', :gebruiker, true),
	set_config('regie.inburgeraar', :inburgeraar, true), set_config('regie.trace', :trace, true);

-- kit_event: an event into the outbox
insert into core.gebeurtenis (bron, type, gemeente, inburgeraar_id, onderwerp, data, trace_id)
values (:bron, :type, :gemeente, :inburgeraar, :onderwerp, :data, :trace);

-- kit_decision: a decision by a rule of the law, with its facts
insert into core.beslissing (gemeente, inburgeraar_id, onderwerp, dienst, gebruiker, regel, versie, peildatum,
	feiten, antwoord, verslag)
values (:gemeente, :inburgeraar::uuid, :onderwerp::uuid, :bron, :gebruiker, :regel, :regelversie::int,
	:peildatum::date, :feiten::jsonb, :antwoord::jsonb, :verslag);

-- kit_claim: the delivery is done in this transaction, or the transaction is undone
select core.claim(:gebeurtenis, :dienst);

-- kit_idempotent: what the key of this user has created
insert into core.idempotentie (gebruiker, sleutel, route, vingerafdruk, resource_id)
values (:gebruiker, :sleutel, :route, :vingerafdruk, :resource);

-- kit_idempotent_lookup: what it created before
select resource_id, (route = :route and vingerafdruk = :vingerafdruk)::int as gelijk
from core.idempotentie where gebruiker = :gebruiker and sleutel = :sleutel;

-- kit_subscribe: the types this service listens to, no more and no less
with oud as (
	delete from core.abonnement where dienst = :dienst and type <> all (:typen::text[])
)
insert into core.abonnement (dienst, type) select :dienst, unnest(:typen::text[])
on conflict do nothing;

-- kit_distribute: events of this service that are not yet with their listeners; as with core.claim, what
-- a power cut takes is done again, so the disk is not waited for
with nieuw as (
	select id, type, inburgeraar_id, volgnr from core.gebeurtenis where bron = :bron and not verdeeld
	order by volgnr limit 200 for update skip locked
), geleverd as (
	insert into core.levering (gebeurtenis_id, dienst, inburgeraar_id, volgnr, volgende)
	select n.id, a.dienst, n.inburgeraar_id, n.volgnr, now() + interval '5 seconds' from nieuw n join core.abonnement a using (type)
	on conflict do nothing returning gebeurtenis_id, dienst, volgnr
), gezet as (
	update core.gebeurtenis set verdeeld = true where id = any (array(select id from nieuw))
)
select gebeurtenis_id, dienst, set_config('synchronous_commit', 'off', true) from geleverd
order by volgnr;

-- kit_sweep: what is due: lost by Redis, failed before, or left by a process that ended; of what is
-- new also what becomes due within :vooruit
select array(select l.gebeurtenis_id from core.levering l
	where l.dienst = :dienst and l.status = 'wacht' and l.volgnr > 0
		and l.volgende <= now() + :vooruit::interval
		and (l.volgende <= now() or l.pogingen = 0)
		and (select w.volgnr from core.levering w
			where w.inburgeraar_id = l.inburgeraar_id and w.dienst = l.dienst and w.volgnr < l.volgnr
				and w.status = 'wacht' limit 1) is null
		and not exists (select 1 from core.gebeurtenis e join core.abonnement a on a.dienst = l.dienst and a.type = e.type
			where e.inburgeraar_id = l.inburgeraar_id and e.volgnr < l.volgnr and not e.verdeeld)
	order by l.volgnr limit 32) as ids;

-- kit_take: takes the named events in hand for 30 seconds; not what another process has in hand, and not
-- while an earlier event of the same inburgeraar waits or is still with the service that told it; `not in`, so that the primary key is used and not an
-- index of all that waits
with vrij as (
	select gebeurtenis_id from core.levering l
	where l.dienst = :dienst and l.status not in ('klaar', 'dood') and l.gebeurtenis_id = any (:ids::uuid[])
		and (l.volgende <= now() or l.pogingen = 0)
		and (select w.volgnr from core.levering w
			where w.inburgeraar_id = l.inburgeraar_id and w.dienst = l.dienst and w.volgnr < l.volgnr
				and w.status = 'wacht' limit 1) is null
		and not exists (select 1 from core.gebeurtenis e join core.abonnement a on a.dienst = l.dienst and a.type = e.type
			where e.inburgeraar_id = l.inburgeraar_id and e.volgnr < l.volgnr and not e.verdeeld)
	for update of l skip locked
), genomen as (
	update core.levering l set volgende = now() + interval '30 seconds', pogingen = l.pogingen + 1
	from vrij where l.gebeurtenis_id = vrij.gebeurtenis_id and l.dienst = :dienst
	returning l.gebeurtenis_id, l.pogingen
)
select g.id, g.type, g.gemeente, g.inburgeraar_id, g.onderwerp, g.data, g.trace_id, t.pogingen,
	to_char(g.tijdstip at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as tijdstip,
	set_config('synchronous_commit', 'off', true)
from genomen t join core.gebeurtenis g on g.id = t.gebeurtenis_id
order by g.volgnr;

-- kit_done: handled by a handler that stored nothing; what a power cut takes is handled again
update core.levering set status = 'klaar', fout = null
where gebeurtenis_id = :gebeurtenis and dienst = :dienst and status not in ('klaar', 'dood')
returning set_config('synchronous_commit', 'off', true);

-- kit_failed: waits 1, 2, 4 … 300 seconds and a little; after the last attempt a dead letter
update core.levering set fout = :fout,
	status = case when pogingen >= :grens::int then 'dood' else 'wacht' end,
	volgende = now() + make_interval(secs => least(2 ^ (pogingen - 1), 300) * (1 + random() / 4))
where gebeurtenis_id = :gebeurtenis and dienst = :dienst and status not in ('klaar', 'dood')
returning status;

-- kit_gemeenten: for work that is nobody's in particular
select string_agg(code, ',' order by code) as gemeenten from core.gemeente;
