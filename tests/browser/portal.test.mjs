// SPDX-License-Identifier: EUPL-1.2
// The portal in a real browser, logged in through the real provider: axe finds nothing on any page in any
// language, all works without JavaScript and at 320 pixels, a wrong form says what is wrong.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const base = process.env.REGIE_PUBLIC_URL ?? `http://127.0.0.1:${process.env.REGIE_PORT ?? 8080}`;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const languages = ["nl", "en", "ar"];
const staff = "regisseur1.9901";
let browser, cookies;

async function context(who, options = {}) {
	const made = await browser.newContext({ bypassCSP: true, ...options });
	if (who)
		await made.addCookies(cookies[who]);
	return made;
}

// Chooses `sub` at the provider, or for a citizen the first who has a dossier.
async function login(page, doel, sub) {
	for (let choice = 0; choice < 20; choice++) {
		await page.goto(`${base}/inloggen`);
		await page.click(`a[href*="doel=${doel}"]`);
		const buttons = page.locator('button[name="sub"]');
		await (sub ? page.locator(`button[name="sub"][value="${sub}"]`) : buttons.nth(choice)).click();
		await page.waitForURL((url) => !url.pathname.startsWith("/oidc"));
		if (!page.url().includes("/inloggen"))
			return;
	}
	assert.fail(`nobody could log in as ${doel}`);
}

async function session(doel, sub) {
	const made = await browser.newContext();
	await login(await made.newPage(), doel, sub);
	const kept = await made.cookies(base);
	await made.close();
	return kept;
}

async function check(page, what) {
	await page.evaluate(axe);
	const found = await page.evaluate((runOnly) => globalThis.axe.run({ runOnly }), tags);
	assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html)}`), [], what);
	assert.ok(found.passes.length > 5, `${what}: axe has looked`);
}

async function personPath() {
	const made = await context("staff");
	const page = await made.newPage();
	await page.goto(`${base}/regie/inburgeraars`);
	const href = await page.locator('th a[href^="/regie/inburgeraars/"]').first().getAttribute("href");
	await made.close();
	return href;
}

before(async () => {
	browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync"] });
	cookies = { citizen: await session("burger"), staff: await session("medewerker", staff) };
});

after(() => browser?.close());

test("axe finds nothing and nothing scrolls sideways, on every page in every language", async () => {
	const person = await personPath();
	const pages = [[null, ["/", "/inloggen", "/inloggen?fout=mislukt", "/toegankelijkheid"]],
		["citizen", ["/mijn", "/regie"]],
		["staff", ["/regie", "/regie/inburgeraars", person, `${person}/oproep`, "/bestaat-niet"]]];
	for (const [who, paths] of pages) {
		const made = await context(who);
		const page = await made.newPage();
		for (const language of languages) {
			await made.addCookies([{ name: "taal", value: language, url: base }]);
			for (const path of paths) {
				const what = `${path} in ${language}`;
				await page.setViewportSize({ width: 1200, height: 900 });
				await page.goto(base + path);
				await check(page, what);
				const html = page.locator("html");
				assert.equal(await html.getAttribute("lang"), language, what);
				assert.equal(await html.getAttribute("dir"), language === "ar" ? "rtl" : "ltr", what);
				await page.setViewportSize({ width: 320, height: 640 });
				const width = await page.evaluate(() => document.documentElement.scrollWidth);
				assert.ok(width <= 320, `${what} is ${width} wide`);
				await check(page, `${what} at 320`);
			}
		}
		await made.close();
	}
});

test("the first page is at most 100 KB and runs under its own content security policy", async () => {
	const made = await context(null, { bypassCSP: false });
	const page = await made.newPage();
	const complaints = [];
	const replies = [];
	page.on("console", (m) => m.type() === "error" && complaints.push(m.text()));
	page.on("response", (r) => replies.push(r.body()));
	const reply = await page.goto(base, { waitUntil: "networkidle" });
	assert.match(reply.headers()["content-security-policy"], /default-src 'none'/);
	const bytes = (await Promise.all(replies)).reduce((sum, body) => sum + body.length, 0);
	assert.ok(bytes > 50 * 1024 && bytes <= 100 * 1024, `${bytes} bytes, unpacked, in ${replies.length} replies`);
	assert.deepEqual(complaints, []);
	await made.close();
});

test("a form that is wrong says what, at the top and at the field, also without JavaScript", async () => {
	const person = await personPath();
	for (const javaScriptEnabled of [true, false]) {
		const made = await context("staff", { javaScriptEnabled });
		const page = await made.newPage();
		await page.goto(`${base}${person}/oproep`);
		await page.fill("#veld-plaats", "Stadhuis");
		await page.click("main button[type=submit]");
		const summary = page.locator("[data-fouten]");
		assert.equal(await summary.count(), 1);
		assert.equal(await page.inputValue("#veld-plaats"), "Stadhuis");
		for (const href of await summary.locator("a").evaluateAll((all) => all.map((a) => a.hash)))
			assert.equal(await page.locator(`${href}[aria-invalid="true"]`).count(), 1, href);
		if (javaScriptEnabled) {
			assert.ok(await summary.evaluate((e) => e === document.activeElement));
			await check(page, "the form with errors");
		}
		await made.close();
	}
});

test("searching is a POST and finds people; a form without its csrf value is refused", async () => {
	const made = await context("staff", { javaScriptEnabled: false });
	const page = await made.newPage();
	await page.goto(`${base}/regie/inburgeraars`);
	await page.fill("#veld-bsn", "123456789");
	await page.click("main button[type=submit]");
	assert.equal(new URL(page.url()).search, "");
	assert.equal(await page.locator("#fout-bsn").count(), 1);
	const reply = await made.request.post(`${base}/regie/inburgeraars`, { form: { naam: "a" } });
	assert.equal(reply.status(), 403);
	await made.close();
});

test("without a session to the login, with the wrong role 403, an unknown page 404", async () => {
	const visitor = await context(null);
	const page = await visitor.newPage();
	await page.goto(`${base}/mijn`);
	assert.equal(new URL(page.url()).pathname, "/inloggen");
	const citizen = await context("citizen");
	assert.equal((await citizen.request.get(`${base}/regie`)).status(), 403);
	assert.equal((await citizen.request.get(`${base}/bestaat-niet`)).status(), 404);
	await visitor.close();
	await citizen.close();
});

test("choosing a language stays on the page, and only on this site", async () => {
	const made = await context("citizen", { javaScriptEnabled: false });
	const page = await made.newPage();
	await page.goto(`${base}/mijn`);
	await page.click('nav a[hreflang="ar"]');
	assert.equal(new URL(page.url()).pathname, "/mijn");
	assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
	const reply = await made.request.get(`${base}/taal?taal=nl&terug=//elders.example`, { maxRedirects: 0 });
	assert.equal(new URL(reply.headers().location, base).href, `${base}/`);
	await made.close();
});

test("the session warns before it ends, and can go on", async () => {
	const made = await context("citizen");
	const page = await made.newPage();
	await page.clock.install();
	await page.goto(`${base}/mijn`);
	await page.clock.fastForward(14 * 60 * 1000);
	assert.ok(await page.locator("dialog").isVisible());
	await check(page, "the warning");
	await page.click("[data-verleng]");
	await page.locator("dialog").waitFor({ state: "hidden" });
	await made.close();
});

test("logging out ends the session, also for who kept the cookie", async () => {
	const own = await browser.newContext({ javaScriptEnabled: false });
	const page = await own.newPage();
	await login(page, "medewerker", staff);
	const kept = await own.cookies(base);
	await page.click('form[action="/uitloggen"] button');
	assert.equal(await page.locator("[role=status]").count(), 1);
	await own.addCookies(kept);
	await page.goto(`${base}/regie`);
	assert.equal(new URL(page.url()).pathname, "/inloggen");
	await own.close();
});
