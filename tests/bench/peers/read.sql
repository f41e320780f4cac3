-- SPDX-License-Identifier: EUPL-1.2
-- The two statements of every peer but Django, as kit_context in common/app/queries.sql and inburgeraar_lezen in
-- services/intake/queries.sql; names and texts as in the answer.
prepare tenant(text, text, text, text) as
select set_config('regie.gemeenten', $1, true), set_config('regie.gebruiker', $2, true),
	set_config('regie.inburgeraar', $3, true), set_config('regie.trace', $4, true);

prepare lezen(uuid) as
select i.id::text, i.gemeente, i.bsn_enc as "bsnMasker", i.v_nummer as "vNummer", i.voornamen, i.achternaam,
	i.naam, i.geboortedatum::text, i.doelgroep, i.taal, i.telefoon, i.email, i.regisseur_id::text as "regisseurId",
	m.naam as "regisseurNaam", i.fase, i.leerroute, i.datum_kennisgeving::text as "datumKennisgeving",
	i.datum_inschrijving_brp::text as "datumInschrijvingBrp", i.pip_uiterlijk::text as "pipUiterlijk",
	i.intake_afgerond_op::text as "intakeAfgerondOp", i.intake_wijze as "intakeWijze",
	i.pip_dagtekening::text as "pipDagtekening", i.termijn_einde::text as "termijnEinde",
	i.plicht_einde::text as "plichtEinde", i.versie
from intake.inburgeraar i left join core.medewerker m on m.id = i.regisseur_id
where i.id = $1;
