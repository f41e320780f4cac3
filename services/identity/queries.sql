-- SPDX-License-Identifier: EUPL-1.2

-- alle_gemeenten: opens the view of all gemeenten for the rest of the batch: who logs in has none yet
select set_config('regie.gemeenten', string_agg(code, ','), true) from core.gemeente;

-- zoek_burger: the dossier of a BSN; the newest when a move left two
select inburgeraar_id, gemeente, naam
from intake.v_identiteit where bsn_hash = :bsn_hash
order by aangemaakt desc limit 1;

-- zoek_medewerker: staff by the provider's subject
select id, naam, array_to_string(gemeenten, ',') as gemeenten
from core.medewerker where sub = :sub;

-- aanmelding_toevoegen: a login that succeeded
insert into identity.aanmelding (id, gemeente, inburgeraar_id, gebruiker, acr)
values (:aanmelding::uuid, :gemeente_code, :dossier::uuid, :wie, :acr);
