-- SPDX-License-Identifier: EUPL-1.2
-- What services tell of one person is handled in the order in which it happened, whoever tells it: also what is not
-- with its listeners yet counts as earlier.
create index gebeurtenis_onderweg on core.gebeurtenis (inburgeraar_id, volgnr)
	where not verdeeld and inburgeraar_id is not null;
