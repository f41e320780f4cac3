// SPDX-License-Identifier: EUPL-1.2
// What the BRP says of a person on the caseworker's page: a date that is not whole, the warning of geheimhouding, who
// sees the address; in every language, and axe finds nothing.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { api, baseUrl, login, until } from "../api/lib.mjs";
import { control, newAtDuo } from "../api/simulator.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const born = { nl: "maart 1988", en: "March 1988", ar: /مارس 1988/ };
let browser, person, tokens;

before(async () => {
	tokens = { regisseur: await login("regisseur1.9901"), handhaver: await login("handhaver.9901") };
	const known = await newAtDuo({ naam: "Ana Costa" });
	await control("PUT", `/personen/${known.id}/brp`, { persoon: { geheimhoudingPersoonsgegevens: true,
		geboorte: { datum: { type: "JaarMaandDatum", jaar: 1988, maand: 3, langFormaat: "maart 1988" } },
		verblijfplaats: { type: "Adres" }, adressering: { adresregel1: "Lindelaan 9", adresregel2: "9901 AB  Waterstad" },
		kinderen: [{ naam: { voornamen: "Mei", geslachtsnaam: "Costa" }, geboorte: { datum: { type: "DatumOnbekend", onbekend: true, langFormaat: "onbekend" } } }],
		partners: [], ouders: [] } });
	const token = tokens.regisseur;
	person = (await api("POST", "/api/intake/v1/inburgeraars", { token, body: { bsn: known.bsn, doelgroep: "asielstatushouder" } })).body.id;
	const path = `/api/intake/v1/inburgeraars/${person}`;
	for (const doel of ["adres-voor-brief", "gezin"])
		assert.equal((await api("POST", `${path}/brp-raadplegingen`, { token, body: { doel } })).status, 201);
	await until("the answers", async () => (await api("GET", `${path}/brp-raadplegingen`, { token })).body.items.every((r) => r.status === "klaar"), 60);
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"] });
});

after(() => browser?.close());

async function open(who, language) {
	const made = await browser.newContext({ bypassCSP: true, javaScriptEnabled: true });
	await made.addCookies([{ name: "regie", value: tokens[who], url: baseUrl }, { name: "taal", value: language, url: baseUrl }]);
	const page = await made.newPage();
	await page.goto(`${baseUrl}/regie/inburgeraars/${person}`);
	return page;
}

test("the page says what the BRP says, in every language, with the warning", async () => {
	for (const language of Object.keys(born)) {
		const page = await open("regisseur", language);
		const section = page.locator('section[aria-labelledby="gegevens"]');
		assert.ok(await page.locator("#geheimhouding").isVisible(), language);
		const text = await section.textContent();
		assert.match(text, new RegExp(born[language]), language);
		for (const part of ["Lindelaan 9", "Mei Costa", "BRP"]) assert.ok(text.includes(part), `${language}: ${part}`);
		assert.equal(await section.locator('time[datetime="1988-03"]').count(), 1, language);
		assert.equal(await section.locator('time[datetime="onbekend"]').count(), 0, "unknown is no time");
		await page.evaluate(axe);
		const found = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), tags);
		assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html)}`), [], language);
		await page.setViewportSize({ width: 320, height: 640 });
		assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 320, `${language}: fits`);
		await page.context().close();
	}
});

test("a handhaver is warned and does not see the address", async () => {
	const page = await open("handhaver", "nl");
	assert.ok(await page.locator("#geheimhouding").isVisible());
	const text = await page.locator("main").textContent();
	assert.match(text, /Dit adres is afgeschermd/);
	assert.ok(!text.includes("Lindelaan"));
	await page.context().close();
});
