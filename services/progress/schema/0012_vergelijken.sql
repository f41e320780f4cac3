-- SPDX-License-Identifier: EUPL-1.2
-- Published for the comparison with DUO: hours by kind, and exam results.

create or replace view progress.v_uren as
select gemeente, inburgeraar_id, soort, sum(aantal)::int as aantal
from progress.uren group by gemeente, inburgeraar_id, soort;
create view progress.v_examenresultaat as
select e.inburgeraar_id, e.gemeente, e.onderdeel, e.niveau, e.resultaat, e.datum, e.bron
from progress.examenresultaat e;
grant select on progress.v_uren, progress.v_examenresultaat to regie_duo;
