-- SPDX-License-Identifier: EUPL-1.2
-- Domains for checks on one column (see common/schema/0004_schrijven.sql).
create domain progress.gesprekstatus as text
	check (value in ('gepland', 'gehouden', 'niet-verschenen', 'afgezegd'));
alter table progress.voortgangsgesprek drop constraint voortgangsgesprek_tijd_check,
	drop constraint voortgangsgesprek_status_check, alter tijd type core.kloktijd,
	alter status type progress.gesprekstatus;
