-- SPDX-License-Identifier: EUPL-1.2
-- A fine that was withdrawn, or annulled on bezwaar, is no step of the ladder (Wi2021 art. 14 and 22).
alter table intake.intakeboete add column ingetrokken boolean not null default false;
