# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=sh
# A test authority with a server certificate, a client certificate for the played DUO, and one for
# each gemeente; the OIN stands in the subject's serialNumber (Digikoppeling PKI001).

# certificate NAME SUBJECT EXTENSION
certificate() {
	openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" \
		-keyout "$1.key" -out "$1.csr" &&
		printf '%s\n' "$3" 'basicConstraints=critical,CA:false' >"$1.ext" &&
		openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 8)" \
			-days 3650 -extfile "$1.ext" -out "$1.crt" && rm "$1.csr" "$1.ext"
}

make_certificates() (
	cd "$1" || return 1
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
		-subj '/C=NL/O=Regie test/CN=Regie test CA' -addext 'basicConstraints=critical,CA:true' \
		-addext 'keyUsage=critical,keyCertSign,cRLSign' -keyout ca.key -out ca.crt &&
		certificate server '/C=NL/O=Regie test/CN=localhost' \
			"subjectAltName=DNS:localhost,IP:127.0.0.1
extendedKeyUsage=serverAuth" &&
		certificate duo "/C=NL/O=Dienst Uitvoering Onderwijs (test)/serialNumber=$DUO_OIN/CN=duo.test" \
			'extendedKeyUsage=clientAuth' || return 1
	for g in $GEMEENTEN; do
		certificate "$g" "/C=NL/O=Gemeente $g (test)/serialNumber=00000001${g}00000000/CN=$g.test" \
			'extendedKeyUsage=clientAuth' || return 1
	done
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
