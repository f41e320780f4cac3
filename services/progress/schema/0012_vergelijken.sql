-- SPDX-License-Identifier: EUPL-1.2
-- Published for the comparison with DUO: hours by kind, and exam results.

create view progress.v_uren as
select u.inburgeraar_id, u.gemeente, u.soort, sum(u.aantal)::int as aantal
from progress.uren u group by u.inburgeraar_id, u.gemeente, u.soort;
create view progress.v_examenresultaat as
select e.inburgeraar_id, e.gemeente, e.onderdeel, e.niveau, e.resultaat, e.datum, e.bron
from progress.examenresultaat e;
grant select on progress.v_uren, progress.v_examenresultaat to regie_duo;
