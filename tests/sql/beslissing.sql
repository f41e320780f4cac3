-- SPDX-License-Identifier: EUPL-1.2
-- Decisions by the law are kept for good: every service adds and reads, none changes or removes. A gemeente
-- sees its own, a citizen those about the own dossier, and every one leaves a line in the log.

-- The rights of every service role, also of one that is made tomorrow by core.geef_rechten.
do $$
declare
	rol text;
begin
	assert (select count(*) from pg_roles where rolname like 'regie\_%' and rolname <> 'regie_owner') > 5,
		'the service roles are there';
	for rol in select rolname from pg_roles where rolname like 'regie\_%' and rolname <> 'regie_owner' loop
		assert has_table_privilege(rol, 'core.beslissing', 'select'), format('%s reads', rol);
		assert has_table_privilege(rol, 'core.beslissing', 'insert'), format('%s adds', rol);
		assert not has_table_privilege(rol, 'core.beslissing', 'update,delete,truncate,references,trigger'),
			format('%s may change what was decided', rol);
		assert not has_any_column_privilege(rol, 'core.beslissing', 'update'),
			format('%s may change a column of what was decided', rol);
		assert not pg_has_role(rol, 'regie_owner', 'member'), format('%s may become the owner', rol);
	end loop;
end $$;

-- And in practice, with rows of two people of one gemeente and of another gemeente.
set session authorization regie_proef;

begin;
select set_config('regie.gemeenten', '9801', true), set_config('regie.gebruiker', 'tester', true);
insert into core.beslissing (gemeente, inburgeraar_id, dienst, gebruiker, regel, versie, peildatum, feiten,
	antwoord, verslag)
values ('9801', '00000000-0000-4000-8000-0000000000d1', 'proef', 'tester', 'overstap', 1, '2026-01-15', '{}', '{}', 'een'),
	('9801', '00000000-0000-4000-8000-0000000000d2', 'proef', 'tester', 'overstap', 1, null, '{}', '{}', 'twee');
commit;
begin;
select set_config('regie.gemeenten', '9802', true);
insert into core.beslissing (gemeente, inburgeraar_id, dienst, gebruiker, regel, versie, feiten, antwoord, verslag)
values ('9802', '00000000-0000-4000-8000-0000000000d3', 'proef', 'tester', 'overstap', 1, '{}', '{}', 'drie');
commit;

begin;
select set_config('regie.gemeenten', '9801', true);
do $$
declare
	opdracht text;
begin
	assert (select array_agg(verslag order by verslag) from core.beslissing) = '{een,twee}', 'own gemeente only';
	foreach opdracht in array array['update core.beslissing set antwoord = ''{"toegestaan": true}''',
			'update core.beslissing set verslag = verslag', 'delete from core.beslissing',
			'truncate core.beslissing', 'insert into core.beslissing select * from core.beslissing on conflict (id)'
			' do update set versie = 2'] loop
		begin
			execute opdracht;
			assert false, format('let through: %s', opdracht);
		exception when insufficient_privilege then null;
		end;
	end loop;
	begin
		insert into core.beslissing (gemeente, inburgeraar_id, dienst, gebruiker, regel, versie, feiten, antwoord, verslag)
		values ('9802', '00000000-0000-4000-8000-0000000000d1', 'proef', 'tester', 'overstap', 1, '{}', '{}', 'vreemd');
		assert false, 'a decision for another gemeente was let through';
	exception when insufficient_privilege then null;
	end;
end $$;
commit;

begin;
select set_config('regie.gemeenten', '9801', true),
	set_config('regie.inburgeraar', '00000000-0000-4000-8000-0000000000d1', true);
do $$ begin
	assert (select array_agg(verslag) from core.beslissing) = '{een}', 'a citizen sees the own decisions';
	begin
		insert into core.beslissing (gemeente, inburgeraar_id, dienst, gebruiker, regel, versie, feiten, antwoord, verslag)
		values ('9801', '00000000-0000-4000-8000-0000000000d2', 'proef', 'burger', 'overstap', 1, '{}', '{}', 'vreemd');
		assert false, 'a decision about somebody else was let through';
	exception when insufficient_privilege then null;
	end;
end $$;
commit;

do $$ begin
	assert (select count(*) from core.beslissing) = 0, 'without a tenant nothing is seen';
end $$;

reset session authorization;
do $$ begin
	assert (select count(*) from core.logboek where tabel = 'core.beslissing' and handeling = 'INSERT'
		and gebruiker = 'tester') >= 2, 'every decision is in the log';
	assert (select count(*) from core.beslissing where verslag in ('een', 'twee', 'drie')) = 3, 'nothing was lost';
end $$;
