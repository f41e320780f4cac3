-- SPDX-License-Identifier: EUPL-1.2
-- What waits is taken in the order in which it happened, however much of it there is.
drop index duo.melding_wacht;
create index melding_wacht on duo.melding (volgnr) where status = 'wacht';
