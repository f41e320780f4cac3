// SPDX-License-Identifier: EUPL-1.2
// "Waarom?": the newest decisions on the pages of a person, as the legal text that was kept, for the caseworker and
// for the newcomer, in every language, without JavaScript and on a small screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { api, baseUrl, login, loginBurger, until } from "../api/lib.mjs";
import { randomBsn, setPip } from "../api/people.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const languages = ["nl", "en", "ar"];
let browser, person, kept, tokens;

before(async () => {
	const staff = await login("regisseur1.9901");
	const bsn = randomBsn();
	const made = await api("POST", "/api/intake/v1/inburgeraars", { token: staff,
		body: { bsn, doelgroep: "gezinsmigrant-overig", achternaam: "Waarom", datumKennisgeving: "2024-12-02" } });
	person = made.body.id;
	await setPip(staff, person, "B", "2025-01-10");
	kept = await until("the decisions", async () => {
		const reply = await api("GET", `/api/intake/v1/inburgeraars/${person}/beslissingen`, { token: staff });
		return reply.body.items.some((d) => d.regel === "inburgeringstermijn") && reply.body.items;
	});
	tokens = { staff, citizen: await loginBurger(bsn) };
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"] });
});

after(() => browser?.close());

async function open(who, language, options = {}) {
	const made = await browser.newContext({ bypassCSP: true, ...options });
	await made.addCookies([{ name: "regie", value: tokens[who], url: baseUrl }, { name: "taal", value: language, url: baseUrl }]);
	const page = await made.newPage();
	await page.goto(baseUrl + (who === "staff" ? `/regie/inburgeraars/${person}` : "/mijn"));
	return page;
}

// The section opens, says the legal text word for word and in Dutch, and fits.
async function look(page, what) {
	const section = page.locator('section[aria-labelledby="waarom"]');
	const summaries = section.locator("summary");
	assert.equal(await summaries.count(), kept.length, what);
	for (const summary of await summaries.all()) {
		assert.doesNotMatch(await summary.textContent(), /^(leerroute-toets|duo-pip|inburgeringstermijn|besluit-termijnen|pip-termijn)/, what);
		await summary.click();
	}
	const texts = await section.locator("details[open] .verslag").allTextContents();
	assert.deepEqual(texts.sort(), kept.map((d) => d.verslag).sort(), what);
	for (const text of await section.locator(".verslag").all())
		assert.deepEqual([await text.getAttribute("lang"), await text.getAttribute("dir")], ["nl", "ltr"], what);
	assert.ok(await section.locator(".verslag").first().isVisible(), what);
}

async function check(page, what) {
	await page.evaluate(axe);
	const found = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), tags);
	assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html)}`), [], what);
	const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
	assert.ok(width[0] <= width[1], `${what}: ${width}`);
}

for (const who of ["staff", "citizen"])
	test(`the ${who} reads why, in every language, and axe finds nothing`, async () => {
		for (const language of languages) {
			const page = await open(who, language);
			await look(page, `${who} in ${language}`);
			await check(page, `${who} in ${language}`);
			await page.setViewportSize({ width: 320, height: 640 });
			await check(page, `${who} in ${language} at 320`);
			await page.context().close();
		}
	});

test("it works without JavaScript", async () => {
	const page = await open("citizen", "nl", { javaScriptEnabled: false });
	await look(page, "without JavaScript");
	await page.context().close();
});

test("lines of an account stand below each other", async () => {
	const page = await open("citizen", "nl");
	await page.locator('section[aria-labelledby="waarom"] summary').first().click();
	const text = page.locator('section[aria-labelledby="waarom"] .verslag').first();
	const lines = (await text.textContent()).split("\n").length;
	const height = await text.evaluate((e) => e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).fontSize));
	assert.ok(height >= lines, `${height} letters high, ${lines} lines of text`);
	await page.context().close();
});
