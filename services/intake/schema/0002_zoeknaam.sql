-- SPDX-License-Identifier: EUPL-1.2
-- Hits of a search are read in the order in which pages follow each other.

drop index intake.inburgeraar_zoeknaam;
create index inburgeraar_zoeknaam on intake.inburgeraar (gemeente, zoeknaam, id);
