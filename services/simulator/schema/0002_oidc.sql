-- SPDX-License-Identifier: EUPL-1.2
-- Signing key of the played OpenID provider; made once, shared by the workers.

create table simulator.sleutel (
	naam text primary key,
	jwk text not null
);
grant select, insert on simulator.sleutel to regie_simulator;
