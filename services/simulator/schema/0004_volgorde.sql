-- SPDX-License-Identifier: EUPL-1.2
-- The login offers the people who were there first: those of the caseload, who have a dossier.
alter table simulator.persoon add column volgnr bigint generated always as identity;
