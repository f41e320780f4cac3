-- SPDX-License-Identifier: EUPL-1.2
-- The tasks of a person that are open or were put away are looked for at almost every event.
create index taak_inburgeraar on intake.taak (inburgeraar_id, soort) where status = 'open' or opgeruimd;
