-- SPDX-License-Identifier: EUPL-1.2
-- Row-level security: a gemeente sees its own rows, a citizen the own dossier, nobody sees nothing.
set session authorization regie_proef;

begin;
select set_config('regie.gemeenten', '9801', true), set_config('regie.gebruiker', 'tester', true);
insert into proef.ding (gemeente, inburgeraar_id, naam) values
	('9801', '00000000-0000-4000-8000-000000000001', 'een'),
	('9801', '00000000-0000-4000-8000-000000000002', 'twee');
commit;
begin;
select set_config('regie.gemeenten', '9802', true);
insert into proef.ding (gemeente, naam) values ('9802', 'drie');
commit;

begin;
select set_config('regie.gemeenten', '9801', true);
do $$ begin
	assert (select array_agg(naam order by naam) from proef.ding) = '{een,twee}', 'own gemeente only';
	update proef.ding set naam = 'x' where gemeente = '9802';
	assert not found, 'no update across gemeenten';
	delete from proef.ding where gemeente = '9802';
	assert not found, 'no delete across gemeenten';
	begin
		insert into proef.ding (gemeente, naam) values ('9802', 'vreemd');
		assert false, 'insert for another gemeente was let through';
	exception when insufficient_privilege then null;
	end;
	begin
		update proef.ding set gemeente = '9802' where naam = 'een';
		assert false, 'moving a row to another gemeente was let through';
	exception when insufficient_privilege then null;
	end;
end $$;
commit;

begin;
select set_config('regie.gemeenten', '9801,9802', true);
do $$ begin
	assert (select count(*) from proef.ding) = 3, 'a regional organisation sees both';
end $$;
commit;

begin;
select set_config('regie.gemeenten', '9801', true),
	set_config('regie.inburgeraar', '00000000-0000-4000-8000-000000000001', true);
do $$ begin
	assert (select array_agg(naam) from proef.ding) = '{een}', 'a citizen sees the own rows';
	update proef.ding set aantal = 1 where naam = 'twee';
	assert not found, 'a citizen changes nothing of another';
end $$;
commit;

do $$ begin
	assert (select count(*) from proef.ding) = 0, 'without a tenant nothing is seen';
end $$;
begin;
select set_config('regie.gemeenten', '', true);
do $$ begin
	assert (select count(*) from proef.ding) = 0, 'an open request sees nothing';
end $$;
commit;
