-- SPDX-License-Identifier: EUPL-1.2
-- Published for the comparison with DUO.

create view progress.v_examenresultaat as
select e.inburgeraar_id, e.gemeente, e.onderdeel, e.niveau, e.resultaat, e.datum, e.bron
from progress.examenresultaat e;
grant select on progress.v_examenresultaat to regie_duo;
