# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# ./regie sim: lets something happen in the played world of the copy that runs (services/simulator).
sim_usage() {
	cat <<-TEXT
	usage: ./regie sim COMMAND

	  stand                         the played world in figures
	  dag YYYY-MM-DD                the day that everybody takes for today
	  persoon BSN                   what DUO holds of somebody
	  nieuw GEMEENTE [NAAM]         somebody new at DUO: prints the BSN
	  gebeurtenis CODE BSN [NAME=VALUE...]
	                                something happens at DUO, and DUO tells it: SS139, SS131 …;
	                                gemeentecode=9901 registers somebody DUO does not know;
	                                datum, naSeconden, uitslag, onderdeel, resultaat, maanden …
	  meld CODE BSN                 DUO only tells it: nothing happens
	  verhuis BSN [GEMEENTE]        moves; without a gemeente: abroad
	  fout SOORT [NAME=VALUE...]    something goes wrong from now on: vertraging ms=800,
	                                status status=503, verbroken, afgekapt, geen-json,
	                                buiten-contract; of notifications (operatie='POST /notificaties')
	                                also dubbel, dubbel-anders, volgorde, certificaat;
	                                operatie, procent, zaad, aantal, moment=voor|na
	  fouten [weg]                  what goes wrong; weg: nothing any more
	  tellers [weg]                 what was asked of DUO and taken; weg: from nought
	  gedrag [NAME=VALUE...]        verkeer, termijn (true, false), vertragingMs
	  verkeer                       the newest requests and their answers
	TEXT
}

# call METHOD PATH [BODY]: prints the answer, or ends with what was wrong.
call() {
	method=$1 path=$2
	shift 2
	reply=$(curl -sS -X "$method" -H 'Content-Type: application/json' ${1:+--data-raw "$1"} -w '\n%{http_code}' \
		"$PUBLIC_URL/simulator/v1$path") || die "the simulator does not answer at $PUBLIC_URL"
	code=$(printf '%s\n' "$reply" | tail -n 1)
	body=$(printf '%s\n' "$reply" | sed '$d')
	case $code in
	2*) [ -z "$body" ] || printf '%s\n' "$body" ;;
	*) die "$body" ;;
	esac
}

# text VALUE: as a JSON string
text() {
	printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# members NAME=VALUE...: `,"name":value` for each; numbers, true and false as they are. What the simulator
# knows as text stays text, also when it is made of digits.
members() {
	for pair in "$@"; do
		name=${pair%%=*} value=${pair#*=}
		[ "$name" != "$pair" ] || die "$pair is not NAME=VALUE"
		case $name:$value in
		gemeentecode:* | bsn:*) value=$(text "$value") ;;
		*:true | *:false) ;;
		*:*[!0-9]* | *:) value=$(text "$value") ;;
		esac
		printf ',%s:%s' "$(text "$name")" "$value"
	done
}

# The simulator's own word for a BSN.
person_of() {
	call POST /personen/_zoek "{\"bsn\":$(text "$1")}"
}

need_running
PUBLIC_URL=$(sed -n "s/^REGIE_PUBLIC_URL='\(.*\)'/\1/p" "$HOME_DIR/settings")
what=${1:-}
[ $# -eq 0 ] || shift
case $what:$# in
stand:0 | verkeer:0 | fouten:0 | tellers:0 | gedrag:0) call GET "/$what" ;;
fouten:1 | tellers:1)
	[ "$1" = weg ] || die "./regie sim $what weg"
	call DELETE "/$what"
	;;
gedrag:*) call PATCH /gedrag "{$(members "$@" | cut -c2-)}" ;;
dag:1) call PUT /vandaag "{\"datum\":$(text "$1")}" ;;
persoon:1) person_of "$1" ;;
nieuw:1 | nieuw:2)
	person=$(call POST /personen \
		"{\"gemeentecode\":$(text "$1"),\"doelgroep\":\"Asielstatushouder\"${2:+,\"naam\":$(text "$2")}}") || exit 1
	printf '%s\n' "$person" | sed 's/.*"bsn":"\([0-9]*\)".*/\1/'
	;;
gebeurtenis:0 | gebeurtenis:1 | fout:0)
	sim_usage >&2
	exit 2
	;;
gebeurtenis:*)
	event=$1 bsn=$2
	shift 2
	call POST /gebeurtenissen "{\"gebeurtenisId\":$(text "$event"),\"bsn\":$(text "$bsn")$(members "$@")}"
	;;
meld:2)
	person=$(person_of "$2") || exit 1
	id=$(printf '%s\n' "$person" | sed 's/{"id":"\([0-9a-f-]*\)".*/\1/')
	call POST "/personen/$id/notificaties" "{\"gebeurtenisId\":$(text "$1")}"
	;;
verhuis:1) call POST /verhuizingen "{\"bsn\":$(text "$1")}" ;;
verhuis:2) call POST /verhuizingen "{\"bsn\":$(text "$1"),\"naar\":$(text "$2")}" ;;
fout:*)
	kind=$1
	shift
	call POST /fouten "{\"soort\":$(text "$kind")$(members "$@")}"
	;;
'':0 | help:0) sim_usage ;;
*)
	sim_usage >&2
	exit 2
	;;
esac
