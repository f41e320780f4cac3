-- SPDX-License-Identifier: EUPL-1.2
-- The login offers the people who were there first: those of the caseload, who have a dossier.
-- Step by step, so that the table is not rewritten: PostgreSQL refuses that while a function takes its row.
alter table simulator.persoon add column volgnr bigint;
update simulator.persoon p set volgnr = n.volgnr
	from (select ctid, row_number() over (order by ctid) as volgnr from simulator.persoon) n where n.ctid = p.ctid;
alter table simulator.persoon alter column volgnr set not null;
alter table simulator.persoon alter column volgnr add generated always as identity;
select setval(pg_get_serial_sequence('simulator.persoon', 'volgnr'), coalesce(max(volgnr), 0) + 1, false)
	from simulator.persoon;
