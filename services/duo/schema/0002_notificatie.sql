-- SPDX-License-Identifier: EUPL-1.2
-- A notification whose details cannot be had yet waits like a message out: longer every time, never given up.

alter table duo.notificatie
	add column pogingen int not null default 0,
	add column volgende timestamptz not null default now(),
	add column fout text;                -- why the last attempt came to nothing
create index notificatie_wacht on duo.notificatie (volgende) where status = 'ontvangen';
