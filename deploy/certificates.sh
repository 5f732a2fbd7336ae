#!/bin/sh
# The private authority of the database and one certificate for each node.
#
#   certificates.sh NODE…    AUTHORITY, TRUST and NODES name the directories
#
# Makes what is missing and renews node certificates that end within 60 days; run again it changes nothing
# else. The key of the authority stays in AUTHORITY, TRUST has its certificate only, NODES/NODE what is that
# node's. Needs openssl 3. Run as root, it hands the keys to OWNER (the user of the database, uid 1000).
set -eu
umask 077

: "${AUTHORITY:=/authority}" "${TRUST:=/trust}" "${NODES:=/nodes}" "${OWNER:=1000:1000}"
AUTHORITY_DAYS=3650
NODE_DAYS=730
RENEW_BEFORE_SECONDS=$((60 * 24 * 3600))
command -v openssl > /dev/null || { echo 'certificates: no openssl here' >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A file appears whole or not at all.
publish() { # mode from to [owner]
  cp "$2" "$3.new"
  chmod "$1" "$3.new"
  if [ -n "${4:-}" ] && [ "$(id -u)" = 0 ]; then chown "$4" "$3.new"; fi
  mv "$3.new" "$3"
}

if [ ! -s "$AUTHORITY/ca.key" ] || [ ! -s "$AUTHORITY/ca.crt" ]; then
  cat > "$work/ca.cnf" << CONFIG
[req]
prompt = no
distinguished_name = name
x509_extensions = extensions
[name]
O = Fiscal ledger
CN = Authority of the database
[extensions]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
CONFIG
  openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days "$AUTHORITY_DAYS" -config "$work/ca.cnf" \
    -keyout "$work/ca.key" -out "$work/ca.crt" 2> /dev/null
  publish 600 "$work/ca.crt" "$AUTHORITY/ca.crt"
  publish 600 "$work/ca.key" "$AUTHORITY/ca.key"
  echo 'certificates: made the authority'
fi
publish 644 "$AUTHORITY/ca.crt" "$TRUST/ca.crt"
if ! openssl x509 -checkend "$((NODE_DAYS * 24 * 3600))" -noout -in "$AUTHORITY/ca.crt" > /dev/null; then
  echo 'certificates: the authority itself ends within two years; see docs/deploying.md' >&2
fi

for node in "$@"; do
  target="$NODES/$node"
  [ -d "$target" ] || mkdir -m 755 "$target"
  if [ -s "$target/node.key" ] && [ -s "$target/node.crt" ] \
    && openssl verify -CAfile "$AUTHORITY/ca.crt" "$target/node.crt" > /dev/null 2>&1 \
    && openssl x509 -checkend "$RENEW_BEFORE_SECONDS" -noout -in "$target/node.crt" > /dev/null; then
    continue
  fi
  # Nodes know each other by one common name. `kurrentdb` is the name that stands for all of them.
  cat > "$work/node.cnf" << CONFIG
[req]
prompt = no
distinguished_name = name
[name]
CN = kurrentdb-node
[extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = DNS:$node, DNS:kurrentdb, DNS:localhost, IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CONFIG
  openssl req -new -newkey rsa:3072 -nodes -sha256 -config "$work/node.cnf" \
    -keyout "$work/node.key" -out "$work/node.csr" 2> /dev/null
  openssl x509 -req -sha256 -days "$NODE_DAYS" -in "$work/node.csr" -set_serial "0x$(openssl rand -hex 16)" \
    -CA "$AUTHORITY/ca.crt" -CAkey "$AUTHORITY/ca.key" \
    -extfile "$work/node.cnf" -extensions extensions -out "$work/node.crt" 2> /dev/null
  # without a certificate the next run starts again: a new key never stands beside an old certificate
  rm -f "$target/node.crt"
  publish 600 "$work/node.key" "$target/node.key" "$OWNER"
  publish 644 "$work/node.crt" "$target/node.crt" "$OWNER"
  echo "certificates: made one for $node"
done
