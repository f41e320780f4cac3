/* SPDX-License-Identifier: EUPL-1.2 */
#include "law/pip.h"

const char *const pip_status_values[] = { "concept", "vastgesteld", "vervangen", "ingetrokken",
	NULL };
const char *const pip_zet_values[] = { "wijziging", "vaststelling", "vervanging", "intrekking",
	"herleving", NULL };

static const struct law_move moves[] = {
	{ PIP_CONCEPT, PIP_WIJZIGING, 0, PIP_CONCEPT, WIE_BEREIDT_VOOR, "Wi art. 15 lid 1",
		"leerroute, begeleiding, intensiteit en afspraken" },
	{ PIP_CONCEPT, PIP_VASTSTELLING, 0, PIP_VASTGESTELD, WIE_BESLIST,
		"Wi art. 15 lid 3; Bi art. 5.3", "een beschikking; bezwaar staat open" },
	{ PIP_VASTGESTELD, PIP_VERVANGING, 0, PIP_VERVANGEN, WIE_BESLIST,
		"Wi art. 11 lid 3, 17; Bi art. 5.3 lid 6",
		"door de vaststelling van een nieuw PIP; de termijn schuift niet" },
	{ PIP_VASTGESTELD, PIP_INTREKKING, 0, PIP_INGETROKKEN, WIE_BESLIST,
		"Wi art. 15 lid 3; DUO PIP",
		"alleen zolang er geen termijn en geen cursusuren zijn" },
	{ PIP_VERVANGEN, PIP_HERLEVING, 0, PIP_VASTGESTELD, WIE_BESLIST,
		"Wi art. 15 lid 3; DUO PIP", "doordat het PIP erna is ingetrokken" },
};

const struct law_machine machine_pip = {
	.name = "pip",
	.doc = "Het persoonlijk plan inburgering en participatie",
	.states = pip_status_values,
	.events = pip_zet_values,
	.conditions = (const char *const[]){ NULL },
	.finals = (const int[]){ PIP_INGETROKKEN, 0 },
	.start = PIP_CONCEPT,
	.moves = moves,
	.count = sizeof(moves) / sizeof(*moves),
};
