-- SPDX-License-Identifier: EUPL-1.2
-- The log: every change, who and which columns, never their contents; nobody may rewrite it.
set session authorization regie_proef;

begin;
select set_config('regie.gemeenten', '9801', true), set_config('regie.gebruiker', 'medewerker-1', true),
	set_config('regie.trace', '0af7651916cd43dd8448eb211c80319c', true);
insert into proef.ding (id, gemeente, inburgeraar_id, naam) values
	('00000000-0000-4000-8000-0000000000aa', '9801', '00000000-0000-4000-8000-000000000009', 'geheim');
update proef.ding set naam = 'geheimer', versie = versie + 1
	where id = '00000000-0000-4000-8000-0000000000aa';
delete from proef.ding where id = '00000000-0000-4000-8000-0000000000aa';
commit;

do $$
declare
	regels core.logboek[] := array(select l from core.logboek l
		where object_id = '00000000-0000-4000-8000-0000000000aa' order by volgnr);
begin
	assert array_length(regels, 1) = 3, 'three changes, three lines';
	assert regels[1].handeling = 'INSERT' and regels[2].handeling = 'UPDATE'
		and regels[3].handeling = 'DELETE', 'in order';
	assert regels[2].velden = '{naam,versie}', 'only the columns that changed';
	assert regels[1].velden is null and regels[3].velden is null, 'the whole row';
	assert regels[2].gebruiker = 'medewerker-1' and regels[2].dienst = 'regie_proef'
		and regels[2].gemeente = '9801' and regels[2].tabel = 'proef.ding'
		and regels[2].inburgeraar_id = '00000000-0000-4000-8000-000000000009'
		and regels[2].trace_id = '0af7651916cd43dd8448eb211c80319c', 'who, where, what, about whom';
	assert not exists (select 1 from core.logboek l where l::text like '%geheim%'), 'no contents';
end $$;

do $$ begin
	begin
		update core.logboek set gebruiker = 'iemand anders';
		assert false, 'the log could be changed';
	exception when insufficient_privilege then null;
	end;
	begin
		delete from core.logboek;
		assert false, 'the log could be emptied';
	exception when insufficient_privilege then null;
	end;
	begin
		insert into core.logboek (gebruiker, dienst, handeling, tabel, object_id, velden)
			values ('x', 'x', 'INSERT', 'x', 'x', '{}');
		assert false, 'the log could be forged';
	exception when insufficient_privilege then null;
	end;
end $$;

-- A table about nobody in particular has no inburgeraar in the log; the dossier itself is its own.
reset session authorization;
begin;
create table proef.zaak (id uuid primary key, gemeente text);
create table proef.dossier (id uuid primary key, gemeente text);
create trigger logboek after insert on proef.zaak for each row execute function core.schrijf_logboek();
call core.bescherm('proef.dossier', 'id');
insert into proef.zaak values ('00000000-0000-4000-8000-0000000000ab', '9801');
insert into proef.dossier values ('00000000-0000-4000-8000-0000000000ac', '9801');
do $$ begin
	assert (select inburgeraar_id is null from core.logboek where tabel = 'proef.zaak'), 'about nobody';
	assert (select inburgeraar_id::text = object_id from core.logboek where tabel = 'proef.dossier'), 'its own';
end $$;
rollback;

-- No service whatsoever.
do $$
declare
	wie text;
begin
	select string_agg(rolname, ', ') into wie from pg_roles
		where rolname like 'regie\_%' and rolname <> 'regie_owner'
		and (has_table_privilege(rolname, 'core.logboek', 'insert,update,delete,truncate')
			or rolsuper or rolbypassrls or pg_has_role(rolname, 'regie_owner', 'member'));
	assert wie is null, format('may change the log: %s', wie);
end $$;
