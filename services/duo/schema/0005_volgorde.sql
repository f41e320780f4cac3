-- SPDX-License-Identifier: EUPL-1.2
-- What DUO says now is taken over in the order in which it was asked: whoever asked before something else about
-- the person was settled asks again.

alter table duo.notificatie add column afgehandeld timestamptz;
create index notificatie_persoon on duo.notificatie (bsn_hash, afgehandeld);
