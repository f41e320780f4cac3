-- SPDX-License-Identifier: EUPL-1.2
-- Everything that DUO is told: contact persons too, messages that come to nothing, and what a person did about them.

-- A member of staff as DUO knows him or her. The row stays when DUO was told to forget: nummer is then null.
create table duo.contactpersoon (
	id uuid primary key,
	gemeente text not null references core.gemeente,
	medewerker_id uuid not null,         -- core.medewerker, who may be gone
	nummer int,                          -- DUO's, once it gave one
	gegevens jsonb not null,             -- what DUO was, or is being told last
	versie int not null default 1,
	aangemaakt timestamptz not null default now(),
	unique (gemeente, medewerker_id)
);
call core.bescherm_gemeente('duo.contactpersoon');
grant select, insert, update on duo.contactpersoon to regie_duo;

-- The kinds stand in the program's table of operations. overgetypt: somebody typed it into DUO's portal.
create domain duo.meldingstatus as text
	check (value in ('wacht', 'geaccepteerd', 'geweigerd', 'dood', 'vervangen', 'vervallen', 'overgetypt'));
drop index duo.melding_wacht;
alter table duo.melding
	drop constraint melding_soort_check,
	drop constraint melding_status_check,
	alter status type duo.meldingstatus,
	alter inburgeraar_id drop not null,
	add column contactpersoon_id uuid references duo.contactpersoon,
	add column baan uuid,                -- a queue other than the person's: those of contact persons
	add column rij uuid generated always as (coalesce(baan, inburgeraar_id)) stored not null,
	add column genomen timestamptz,      -- last taken in hand
	add column in_hand_tot timestamptz,  -- being sent: nothing else of the same queue is, until then
	add column reden text,               -- vervallen: why
	add column afgehandeld_door uuid references core.medewerker,
	add column afgehandeld_op timestamptz;
create index melding_wacht on duo.melding (volgende) where status = 'wacht';
create index melding_rij on duo.melding (rij, volgnr) where status = 'wacht';
create index melding_in_hand on duo.melding (rij) where in_hand_tot is not null;
create index melding_genomen on duo.melding (genomen) where genomen is not null;
create index melding_lijst on duo.melding (gemeente, status, volgnr);
create index melding_contactpersoon on duo.melding (contactpersoon_id) where contactpersoon_id is not null;

-- A message as staff sees it.
create view duo.v_melding as
select m.id, m.volgnr as volgnummer, m.gemeente, m.inburgeraar_id, m.soort, m.status, m.instellingsnummer,
	c.nummer as contactpersoonnummer, m.inhoud, m.fout, m.pogingen,
	case when m.status = 'wacht' then m.volgende end as volgende, m.reden, d.naam as afgehandeld_door,
	m.afgehandeld_op, m.aangemaakt, m.versie
from duo.melding m left join core.medewerker d on d.id = m.afgehandeld_door
left join duo.contactpersoon c on c.id = m.contactpersoon_id;
grant select on duo.v_melding to regie_duo;
