-- SPDX-License-Identifier: EUPL-1.2
-- All that DUO tells: whom a task is for, where somebody moved, the exam number of the leerbaarheidstoets.

alter table intake.inburgeraar
	add column lbt_examennummer text,
	add column datum_vestiging date,     -- registered here after a move (Besluit 5.3 lid 3)
	add column vertrokken_op date,       -- DUO told that the person left
	add column verhuisd timestamptz,     -- when DUO registered the last move that is known
	add column overgedragen_op date;     -- the new gemeente took the dossier over; what is left here is closed

-- opgeruimd: put away with the end of the plicht; it comes back when that is undone.
create domain intake.taakrol as text check (value in ('regisseur', 'teamleider', 'handhaver'));
alter table intake.taak
	add column rol intake.taakrol not null default 'regisseur',
	add column opgeruimd boolean not null default false;

-- Where a dossier is that is not over, by what is in it. The body is text: PostgreSQL 15.20 alters no table whose row
-- type a parsed body uses.
create function intake.fase_van(i intake.inburgeraar) returns text language sql stable as $$
	select case when i.pip_dagtekening is not null then 'traject'
		when i.intake_afgerond_op is not null then 'pip'
		when exists (select 1 from intake.oproep o where o.inburgeraar_id = i.id and o.status <> 'gepland')
			then 'intake'
		else 'aangemeld' end
$$;
grant execute on function intake.fase_van to regie_intake;

create view intake.v_verhuizing as
select id, gemeente, datum_vestiging, vertrokken_op, overgedragen_op from intake.inburgeraar;
grant select on intake.v_verhuizing to regie_learning_routes, regie_progress, regie_enforcement, regie_duo;
