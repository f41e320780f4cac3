<?php
// SPDX-License-Identifier: EUPL-1.2
// Read one inburgeraar in plain PHP. Persistent connections; one round trip to each store.
declare(strict_types=1);

const MAY = ['regisseur', 'teamleider', 'handhaver', 'inburgeraar'];
const IDLE = 28800;
define('CONFIG', require $_SERVER['PEER_CONFIG']);

function problem(int $status): never
{
    http_response_code($status);
    header('Content-Type: application/problem+json');
    exit(json_encode(['status' => $status]));
}

function session(string $token): array
{
    $redis = new Redis();
    $redis->pconnect(CONFIG['redis']);
    $text = $redis->rawCommand('GETEX', 'sessie:' . hash('sha256', $token), 'EX', IDLE);
    $session = $text ? json_decode($text, true) : null;
    if (!$session || $session['tot'] <= time()) {
        problem(401);
    }
    if (!array_intersect(MAY, $session['rollen'])) {
        problem(403);
    }
    return $session;
}

// Both statements in one message: one round trip, one transaction; the answer is that of the last. They are prepared
// once per connection, which outlives the request.
function row(array $session, string $id): array
{
    $pg = pg_pconnect("host=" . CONFIG['pg'] . " dbname=regie user=regie_intake");
    $who = [$session['gemeenten'], $session['gebruiker'], $session['inburgeraar'] ?? '', bin2hex(random_bytes(16))];
    $tenant = implode(', ', array_map(fn ($text) => pg_escape_literal($pg, $text), $who));
    $sql = "execute tenant($tenant); execute lezen(" . pg_escape_literal($pg, $id) . ')';
    $result = @pg_query($pg, $sql);
    if (!$result) {
        pg_query($pg, CONFIG['prepare']);
        $result = pg_query($pg, $sql);
    }
    return pg_fetch_assoc($result) ?: problem(404);
}

function mask(string $sealed): string
{
    $raw = base64_decode(substr($sealed, 3));
    $bsn = sodium_crypto_aead_xchacha20poly1305_ietf_decrypt(substr($raw, 24), 'v1:', substr($raw, 0, 24), CONFIG['key']);
    return '*****' . substr($bsn, 5);
}

$row = row(session(substr($_SERVER['HTTP_AUTHORIZATION'] ?? '', 7)), basename($_SERVER['DOCUMENT_URI']));
$row['bsnMasker'] = mask($row['bsnMasker']);
$row['versie'] = (int) $row['versie'];
header('Content-Type: application/json');
echo json_encode(array_filter($row, fn ($v) => $v !== null), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
