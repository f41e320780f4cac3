-- SPDX-License-Identifier: EUPL-1.2
-- A delivery is claimed once; a second claim undoes the transaction it stands in.
set session authorization regie_proef;

insert into core.gebeurtenis (id, bron, type, gemeente) values
	('00000000-0000-4000-8000-0000000000e1', 'proef', 'proef-gebeurd', '9801');
insert into core.levering (gebeurtenis_id, dienst, volgnr) select id, 'proef', volgnr
	from core.gebeurtenis where id = '00000000-0000-4000-8000-0000000000e1';

begin;
select set_config('regie.gemeenten', '9801', true);
insert into proef.ding (gemeente, naam, code) values ('9801', 'gevolg', 'g1');
select core.claim('00000000-0000-4000-8000-0000000000e1', 'proef');
commit;

do $$ begin
	perform set_config('regie.gemeenten', '9801', true);
	begin
		insert into proef.ding (gemeente, naam, code) values ('9801', 'gevolg', 'g2');
		perform core.claim('00000000-0000-4000-8000-0000000000e1', 'proef');
		assert false, 'claimed twice';
	exception when sqlstate 'RG409' then
		assert sqlerrm = 'reeds verwerkt', sqlerrm;
	end;
	assert (select array_agg(code) from proef.ding where naam = 'gevolg') = '{g1}', 'the effect is there once';
	assert (select status from core.levering
		where gebeurtenis_id = '00000000-0000-4000-8000-0000000000e1') = 'klaar', 'done';
end $$;

-- An event cannot be rewritten or removed by a service.
do $$ begin
	begin
		update core.gebeurtenis set data = '{"x":1}';
		assert false, 'an event could be changed';
	exception when insufficient_privilege then null;
	end;
	begin
		delete from core.gebeurtenis;
		assert false, 'an event could be removed';
	exception when insufficient_privilege then null;
	end;
end $$;
