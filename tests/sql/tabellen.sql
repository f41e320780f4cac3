-- SPDX-License-Identifier: EUPL-1.2
-- Every record table of every service is protected: row-level security (also for its owner), the
-- policy of core.bescherm, the log's trigger. A record table is one with the column `gemeente`.
do $$
declare
	kaal text;
begin
	select string_agg(c.oid::regclass::text, ', ') into kaal
	from pg_class c join pg_namespace n on n.oid = c.relnamespace
	where c.relkind in ('r', 'p') and n.nspname not in ('core', 'information_schema')
		and n.nspname not like 'pg\_%'
		and exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'gemeente')
		and not (c.relrowsecurity and c.relforcerowsecurity
			and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant')
			and exists (select 1 from pg_trigger t where t.tgrelid = c.oid
				and t.tgfoid = 'core.schrijf_logboek'::regproc and t.tgenabled = 'O'));
	assert kaal is null, format('not protected: %s', kaal);
end $$;

-- Whoever may change a row of another gemeente would be its owner or a superuser: no service is.
do $$
declare
	wie text;
begin
	select string_agg(c.oid::regclass::text, ', ') into wie
	from pg_class c join pg_roles r on r.oid = c.relowner
	where r.rolname like 'regie\_%' and r.rolname <> 'regie_owner';
	assert wie is null, format('owned by a service: %s', wie);
end $$;

-- A view that a service publishes must not lift the walls: it runs as its owner, and force
-- row security holds the owner too, so the only way around would be a superuser's view.
do $$
declare
	wie text;
begin
	select string_agg(c.oid::regclass::text, ', ') into wie
	from pg_class c join pg_roles r on r.oid = c.relowner join pg_namespace n on n.oid = c.relnamespace
	where c.relkind in ('v', 'm') and (r.rolsuper or r.rolbypassrls)
		and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%';
	assert wie is null, format('view of a superuser: %s', wie);
end $$;

-- No service reads another service's tables, only its views.
do $$
declare
	wie text;
begin
	select string_agg(r.rolname || ' on ' || c.oid::regclass::text, ', ') into wie
	from pg_class c join pg_namespace n on n.oid = c.relnamespace, pg_roles r
	where c.relkind in ('r', 'p') and n.nspname <> 'core' and n.nspname <> 'information_schema'
		and n.nspname not like 'pg\_%' and r.rolname like 'regie\_%' and r.rolname <> 'regie_owner'
		and r.rolname <> 'regie_' || n.nspname
		and has_table_privilege(r.oid, c.oid, 'select,insert,update,delete');
	assert wie is null, format('reaches into another service: %s', wie);
end $$;
