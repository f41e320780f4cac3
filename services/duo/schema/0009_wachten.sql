-- SPDX-License-Identifier: EUPL-1.2
-- Only what was tried and waits is looked for: a backlog that was never tried costs nothing here.
drop index duo.notificatie_wacht;
create index notificatie_wacht on duo.notificatie (dossier_gevraagd desc, volgende)
	where status = 'ontvangen' and pogingen > 0;

-- Read and parsed by every statement that writes the row, a check on one column costs more than a domain.
create domain duo.notificatiestatus as text check (value in ('ontvangen', 'verwerkt', 'onbekend'));
alter table duo.notificatie drop constraint notificatie_status_check, alter status type duo.notificatiestatus;
