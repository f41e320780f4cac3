-- SPDX-License-Identifier: EUPL-1.2
-- Domains for checks on one column (see common/schema/0004_schrijven.sql).
create domain intake.taakstatus as text check (value in ('open', 'klaar'));
alter table intake.taak drop constraint taak_status_check, alter status type intake.taakstatus;
alter table intake.oproep drop constraint oproep_tijd_check, alter tijd type core.kloktijd;
