-- SPDX-License-Identifier: EUPL-1.2
-- Policy: what is vastgesteld stays as it is, no two documents hold on one day, each gemeente its own.
insert into core.medewerker (id, sub, naam, email, telefoon, rollen, gemeenten) values
	('00000000-0000-4000-8000-0000000000f1', 'beleid.proef', 'Proef', 'proef@example.test', '0900-0000',
		'{beleidsadviseur}', '{9801,9802}');
set session authorization regie_council;

-- Two documents of 9801, the second from July; a concept of 9802.
begin;
select set_config('regie.gemeenten', '9801,9802', true);
insert into council.beleidsdocument (id, gemeente, nummer, status, geldig_van, geldig_tot, document,
		vastgesteld_op, vastgesteld_door) values
	('00000000-0000-4000-8000-0000000000d1', '9801', 1, 'vastgesteld', '2026-01-01', '2026-06-30',
		'{"naam":"een"}', '2025-12-01', '00000000-0000-4000-8000-0000000000f1'),
	('00000000-0000-4000-8000-0000000000d2', '9801', 2, 'vastgesteld', '2026-07-01', null,
		'{"naam":"twee"}', '2026-06-01', '00000000-0000-4000-8000-0000000000f1');
insert into council.beleidsdocument (id, gemeente, nummer, geldig_van, document) values
	('00000000-0000-4000-8000-0000000000d3', '9802', 1, '2026-01-01', '{"naam":"drie"}');
commit;

begin;
select set_config('regie.gemeenten', '9801', true);
do $$
declare
	poging text;
begin
	foreach poging in array array[
		'set document = ''{"naam":"anders"}''',
		'set status = ''concept'', vastgesteld_op = null, vastgesteld_door = null',
		'set geldig_van = ''2026-08-01''',
		'set vastgesteld_op = ''2026-05-01''',
		'set geldig_tot = null'
	] loop
		begin
			execute 'update council.beleidsdocument ' || poging
				|| ' where id = ''00000000-0000-4000-8000-0000000000d2''';
			assert false, format('could be changed: %s', poging);
		exception when sqlstate 'RG409' then null;
		end;
	end loop;
	begin
		update council.beleidsdocument set geldig_tot = '2026-07-31'
			where id = '00000000-0000-4000-8000-0000000000d1';
		assert false, 'an end could be put off';
	exception when sqlstate 'RG409' then null;
	end;
	begin
		delete from council.beleidsdocument where id = '00000000-0000-4000-8000-0000000000d1';
		assert false, 'a document could be removed';
	exception when insufficient_privilege then null;
	end;
	update council.beleidsdocument set geldig_tot = '2026-12-31'
		where id = '00000000-0000-4000-8000-0000000000d2';
	assert found, 'an end can come nearer';
	begin
		insert into council.beleidsdocument (id, gemeente, nummer, status, geldig_van, document,
				vastgesteld_op, vastgesteld_door) values
			('00000000-0000-4000-8000-0000000000d4', '9801', 3, 'vastgesteld', '2026-12-31', '{}',
				'2026-12-01', '00000000-0000-4000-8000-0000000000f1');
		assert false, 'two documents hold on one day';
	exception when exclusion_violation then null;
	end;
	insert into council.beleidsdocument (id, gemeente, nummer, status, geldig_van, document,
			vastgesteld_op, vastgesteld_door) values
		('00000000-0000-4000-8000-0000000000d4', '9801', 3, 'vastgesteld', '2027-01-01', '{}',
			'2026-12-01', '00000000-0000-4000-8000-0000000000f1');
end $$;
commit;

-- What another service sees: the policy of the own gemeente, on each day the right one, also for a
-- citizen; never a concept, never the table.
set session authorization regie_learning_routes;
begin;
select set_config('regie.gemeenten', '9801', true),
	set_config('regie.inburgeraar', '00000000-0000-4000-8000-000000000001', true);
do $$ begin
	assert council.beleid_op('9801', '2025-12-31') is null, 'none before the first';
	assert council.beleid_op('9801', '2026-01-01') ->> 'naam' = 'een', 'the first day';
	assert council.beleid_op('9801', '2026-06-30') ->> 'naam' = 'een', 'the last day';
	assert council.beleid_op('9801', '2026-07-01') ->> 'naam' = 'twee', 'the day after';
	assert council.beleid_op('9801', '2099-01-01') = '{}', 'without an end';
	assert council.beleid_op('9802', '2026-01-01') is null, 'not that of another gemeente';
	begin
		perform from council.beleidsdocument;
		assert false, 'reads the table of council';
	exception when insufficient_privilege then null;
	end;
end $$;
select set_config('regie.gemeenten', '9802', true), set_config('regie.inburgeraar', '', true);
do $$ begin
	assert council.beleid_op('9802', '2026-01-01') is null, 'a concept holds on no day';
end $$;
commit;
