# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# A test authority with a server certificate, a client certificate for the played DUO, and one for
# each gemeente; the OIN stands in the subject's serialNumber (Digikoppeling PKI001).

# A certificate of DUO that was revoked, and one signed by an authority below (as PKIoverheid's are),
# let the tests see that nginx tells them apart.

# certificate NAME SUBJECT EXTENSION [AUTHORITY]
certificate() {
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" \
		-keyout "$1.key" -out "$1.csr" &&
		printf '%s\n' "$3" >"$1.ext" &&
		openssl x509 -req -in "$1.csr" -CA "${4:-ca}.crt" -CAkey "${4:-ca}.key" \
			-set_serial "0x$(openssl rand -hex 8)" -days 3650 -extfile "$1.ext" -out "$1.crt" &&
		rm "$1.csr" "$1.ext"
}

leaf() {
	certificate "$1" "$2" "$3
basicConstraints=critical,CA:false" "${4:-ca}"
}

# revocation_list AUTHORITY [REVOKED...]: AUTHORITY.crl
revocation_list() {
	authority=$1
	shift
	printf '[ca]\ndefault_ca=own\n[own]\ndatabase=%s.index\ncrlnumber=%s.number\ndefault_md=sha256\n' \
		"$authority" "$authority" >"$authority.cnf" && : >"$authority.index" && echo 01 >"$authority.number" || return 1
	for revoked in "$@"; do
		openssl ca -config "$authority.cnf" -keyfile "$authority.key" -cert "$authority.crt" \
			-revoke "$revoked.crt" || return 1
	done
	openssl ca -config "$authority.cnf" -keyfile "$authority.key" -cert "$authority.crt" -gencrl \
		-crldays 3650 -out "$authority.crl" && rm "$authority.cnf" "$authority.index"* "$authority.number"*
}

# Beside a test authority that is there: what a copy of an earlier version lacks, too.
make_revocation() (
	cd "$1" || return 1
	duo="/C=NL/O=Dienst Uitvoering Onderwijs (test)/serialNumber=$DUO_OIN"
	certificate tussen '/C=NL/O=Regie test/CN=Regie test CA below' 'basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign' &&
		leaf duo-keten "$duo/CN=duo-keten.test" 'extendedKeyUsage=clientAuth' tussen &&
		cat tussen.crt >>duo-keten.crt &&
		leaf duo-ingetrokken "$duo/CN=duo-ingetrokken.test" 'extendedKeyUsage=clientAuth' &&
		revocation_list tussen && revocation_list ca duo-ingetrokken && cat tussen.crl >>ca.crl
)

make_certificates() (
	cd "$1" || return 1
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
		-subj '/C=NL/O=Regie test/CN=Regie test CA' -addext 'basicConstraints=critical,CA:true' \
		-addext 'keyUsage=critical,keyCertSign,cRLSign' -keyout ca.key -out ca.crt &&
		leaf server '/C=NL/O=Regie test/CN=localhost' \
			"subjectAltName=DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth" &&
		leaf duo "/C=NL/O=Dienst Uitvoering Onderwijs (test)/serialNumber=$DUO_OIN/CN=duo.test" \
			'extendedKeyUsage=clientAuth' || return 1
	for g in $GEMEENTEN; do
		leaf "$g" "/C=NL/O=Gemeente $g (test)/serialNumber=00000001${g}00000000/CN=$g.test" \
			'extendedKeyUsage=clientAuth' || return 1
	done
	make_revocation .
)

# Makes what is not there yet: certificates, the BSN's keys, the secret of the OpenID clients.
make_secrets() {
	if [ ! -e "$SECRETS/tls/ca.crt" ]; then
		[ "$MODE" != productie ] ||
			die "production needs certificates of its own in $SECRETS/tls (ca.crt is not there)"
		tls=$SECRETS/tls.new
		rm -rf "$tls"
		as_user mkdir -m 700 "$tls"
		make_certificates "$tls" >"$HOME_DIR/log/tls.log" 2>&1 ||
			die "cannot make certificates: $(tail -n1 "$HOME_DIR/log/tls.log")"
		[ "$(id -u)" != 0 ] || chown -R "$RUN_AS:" "$tls"
		mv "$tls" "$SECRETS/tls"
	fi
	crl=${REGIE_DUO_CRL:-$SECRETS/tls/ca.crl}
	if [ ! -e "$crl" ]; then
		[ "$MODE" != productie ] ||
			die "production needs the revocation lists of DUO's authorities in $crl (docs/duo.md)"
		make_revocation "$SECRETS/tls" >"$HOME_DIR/log/tls.log" 2>&1 ||
			die "cannot make a revocation list: $(tail -n1 "$HOME_DIR/log/tls.log")"
		[ "$(id -u)" != 0 ] || chown -R "$RUN_AS:" "$SECRETS/tls"
	fi
	if [ ! -e "$SECRETS/keys" ]; then
		# shellcheck disable=SC2016
		as_user sh -c 'umask 077; printf "bsn %s\nhash %s\n" "$(openssl rand -hex 32)" \
			"$(openssl rand -hex 32)" >"$1.new" && mv "$1.new" "$1"' sh "$SECRETS/keys" ||
			die "cannot write $SECRETS/keys"
	fi
	if [ ! -e "$SECRETS/oidc-secret" ] && [ "$MODE" != productie ]; then
		# shellcheck disable=SC2016
		as_user sh -c 'umask 077; openssl rand -hex 24 >"$1.new" && mv "$1.new" "$1"' \
			sh "$SECRETS/oidc-secret" || die "cannot write $SECRETS/oidc-secret"
	fi
}
