-- SPDX-License-Identifier: EUPL-1.2
-- Somebody new was told to intake; what else DUO said of the person waits for the dossier.
alter table duo.notificatie add column dossier_gevraagd boolean not null default false;
