// SPDX-License-Identifier: EUPL-1.2

// Read one inburgeraar with net/http, pgx and redigo.
package main

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"log"
	"net"
	"net/http"
	"os"
	"path"
	"regexp"
	"time"

	"github.com/gomodule/redigo/redis"
	"github.com/jackc/pgx/v4"
	"github.com/jackc/pgx/v4/pgxpool"
	"golang.org/x/crypto/chacha20poly1305"
)

const idle = 28800

type session struct {
	Rollen      []string
	Tot         int64
	Gebruiker   string
	Gemeenten   string
	Inburgeraar string
}

type inburgeraar struct {
	ID                   *string `json:"id"`
	Gemeente             *string `json:"gemeente"`
	BsnMasker            *string `json:"bsnMasker"`
	VNummer              *string `json:"vNummer,omitempty"`
	Voornamen            *string `json:"voornamen,omitempty"`
	Achternaam           *string `json:"achternaam,omitempty"`
	Naam                 *string `json:"naam,omitempty"`
	Geboortedatum        *string `json:"geboortedatum,omitempty"`
	Doelgroep            *string `json:"doelgroep,omitempty"`
	Taal                 *string `json:"taal,omitempty"`
	Telefoon             *string `json:"telefoon,omitempty"`
	Email                *string `json:"email,omitempty"`
	RegisseurID          *string `json:"regisseurId,omitempty"`
	RegisseurNaam        *string `json:"regisseurNaam,omitempty"`
	Fase                 *string `json:"fase,omitempty"`
	Leerroute            *string `json:"leerroute,omitempty"`
	DatumKennisgeving    *string `json:"datumKennisgeving,omitempty"`
	DatumInschrijvingBrp *string `json:"datumInschrijvingBrp,omitempty"`
	PipUiterlijk         *string `json:"pipUiterlijk,omitempty"`
	IntakeAfgerondOp     *string `json:"intakeAfgerondOp,omitempty"`
	IntakeWijze          *string `json:"intakeWijze,omitempty"`
	PipDagtekening       *string `json:"pipDagtekening,omitempty"`
	TermijnEinde         *string `json:"termijnEinde,omitempty"`
	PlichtEinde          *string `json:"plichtEinde,omitempty"`
	Versie               int     `json:"versie"`
}

type server struct {
	redis         *redis.Pool
	pg            *pgxpool.Pool
	tenant, lezen string
	bsn           cipher.AEAD
}

func (s *server) session(token string) (*session, int) {
	sum := sha256.Sum256([]byte(token))
	conn := s.redis.Get()
	defer conn.Close()
	text, err := redis.Bytes(conn.Do("GETEX", "sessie:"+hex.EncodeToString(sum[:]), "EX", idle))
	found := &session{}
	if err != nil || json.Unmarshal(text, found) != nil || found.Tot <= time.Now().Unix() {
		return nil, http.StatusUnauthorized
	}
	for _, role := range found.Rollen {
		switch role {
		case "regisseur", "teamleider", "handhaver", "inburgeraar":
			return found, 0
		}
	}
	return nil, http.StatusForbidden
}

// One pipeline, which is one transaction.
func (s *server) row(ctx context.Context, who *session, id string) (*inburgeraar, error) {
	trace := make([]byte, 16)
	rand.Read(trace)
	batch := &pgx.Batch{}
	batch.Queue(s.tenant, who.Gemeenten, who.Gebruiker, who.Inburgeraar, hex.EncodeToString(trace))
	batch.Queue(s.lezen, id)
	results := s.pg.SendBatch(ctx, batch)
	defer results.Close()
	if _, err := results.Exec(); err != nil {
		return nil, err
	}
	i := &inburgeraar{}
	err := results.QueryRow().Scan(&i.ID, &i.Gemeente, &i.BsnMasker, &i.VNummer, &i.Voornamen, &i.Achternaam, &i.Naam,
		&i.Geboortedatum, &i.Doelgroep, &i.Taal, &i.Telefoon, &i.Email, &i.RegisseurID, &i.RegisseurNaam, &i.Fase,
		&i.Leerroute, &i.DatumKennisgeving, &i.DatumInschrijvingBrp, &i.PipUiterlijk, &i.IntakeAfgerondOp,
		&i.IntakeWijze, &i.PipDagtekening, &i.TermijnEinde, &i.PlichtEinde, &i.Versie)
	return i, err
}

func (s *server) mask(sealed string) (string, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed[3:])
	if err != nil {
		return "", err
	}
	bsn, err := s.bsn.Open(nil, raw[:24], raw[24:], []byte("v1:"))
	if err != nil {
		return "", err
	}
	return "*****" + string(bsn[5:]), nil
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token := r.Header.Get("Authorization")
	if len(token) < 7 {
		http.Error(w, "", http.StatusUnauthorized)
		return
	}
	who, status := s.session(token[7:])
	if who == nil {
		http.Error(w, "", status)
		return
	}
	i, err := s.row(r.Context(), who, path.Base(r.URL.Path))
	if err == pgx.ErrNoRows {
		http.Error(w, "", http.StatusNotFound)
		return
	}
	if err == nil {
		*i.BsnMasker, err = s.mask(*i.BsnMasker)
	}
	if err != nil {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	text, _ := json.Marshal(i)
	w.Header().Set("Content-Type", "application/json")
	w.Write(text)
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	text, err := os.ReadFile(os.Getenv("PEER_SQL"))
	must(err)
	// pgx prepares what it is given, once per connection
	sql := regexp.MustCompile(`(?s)prepare \w+\([a-z, ]+\) as\n(.*?);`).FindAllSubmatch(text, 2)
	keys, err := os.ReadFile(os.Getenv("PEER_KEYS"))
	must(err)
	key, err := hex.DecodeString(string(regexp.MustCompile(`(?m)^bsn ([0-9a-f]{64})`).FindSubmatch(keys)[1]))
	must(err)
	bsn, err := chacha20poly1305.NewX(key)
	must(err)
	config, err := pgxpool.ParseConfig("host=" + os.Getenv("PEER_PG") + " dbname=regie user=regie_intake")
	must(err)
	config.MaxConns = 8
	pg, err := pgxpool.ConnectConfig(context.Background(), config)
	must(err)
	pool := &redis.Pool{MaxIdle: 64, Dial: func() (redis.Conn, error) { return redis.Dial("unix", os.Getenv("PEER_REDIS")) }}
	listener, err := net.Listen("unix", os.Getenv("PEER_SOCKET"))
	must(err)
	log.Fatal(http.Serve(listener, &server{pool, pg, string(sql[0][1]), string(sql[1][1]), bsn}))
}
