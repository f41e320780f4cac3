-- SPDX-License-Identifier: EUPL-1.2
-- What every peer reads, as services/intake/queries.sql inburgeraar_lezen; names and texts as in the answer.
select i.id::text, i.gemeente, i.bsn_enc as "bsnMasker", i.v_nummer as "vNummer", i.voornamen, i.achternaam,
	i.naam, i.geboortedatum::text, i.doelgroep, i.taal, i.telefoon, i.email, i.regisseur_id::text as "regisseurId",
	m.naam as "regisseurNaam", i.fase, i.leerroute, i.datum_kennisgeving::text as "datumKennisgeving",
	i.datum_inschrijving_brp::text as "datumInschrijvingBrp", i.pip_uiterlijk::text as "pipUiterlijk",
	i.intake_afgerond_op::text as "intakeAfgerondOp", i.intake_wijze as "intakeWijze",
	i.pip_dagtekening::text as "pipDagtekening", i.termijn_einde::text as "termijnEinde",
	i.plicht_einde::text as "plichtEinde", i.versie
from intake.inburgeraar i left join core.medewerker m on m.id = i.regisseur_id
where i.id = $1::uuid
