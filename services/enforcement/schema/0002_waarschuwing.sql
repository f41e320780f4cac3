-- SPDX-License-Identifier: EUPL-1.2
-- The law asks no warning before a fine of art. 23; the policy of a gemeente may.
alter table enforcement.overtreding add column gewaarschuwd_op date;
