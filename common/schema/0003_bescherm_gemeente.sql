-- SPDX-License-Identifier: EUPL-1.2
-- Row-level security and the log for a table of records about no person in particular.
create procedure core.bescherm_gemeente(target regclass) language plpgsql as $$
begin
	execute format('alter table %s enable row level security', target);
	execute format('alter table %s force row level security', target);
	execute format('create policy tenant on %s using (gemeente = any (core.gemeenten()))', target);
	execute format('create trigger logboek after insert or update or delete on %s'
		' for each row execute function core.schrijf_logboek()', target);
end $$;
