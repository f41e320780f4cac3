-- SPDX-License-Identifier: EUPL-1.2
-- What the law and the policy of the gemeente demand before a fine, as the rule named it with the proposal;
-- and the second reader of a fine for an asielstatushouder (policy, HvJEU C-158/23), who has no other part in it.
alter table enforcement.overtreding
	add column vereist jsonb not null default '[]',
	add column hulp_aangeboden_op date,
	add column tweede_lezer_id uuid references core.medewerker,
	add column tweede_lezing_op date,
	add column tweede_lezing text,
	add column tweede_lezing_akkoord boolean,
	add check (tweede_lezer_id is null or (tweede_lezer_id <> voorsteller_id
		and tweede_lezer_id is distinct from rapporteur_id)),
	add check (beslisser_id <> tweede_lezer_id),
	add check (besluit_datum is null or not vereist @> '["tweede-lezer"]' or coalesce(tweede_lezing_akkoord, false)),
	add check (besluit_datum is null or not vereist @> '["hulp-aangeboden"]' or hulp_aangeboden_op is not null);
