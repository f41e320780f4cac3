// SPDX-License-Identifier: EUPL-1.2
// The portal's templates and messages fit together; needs no browser and no server.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../services/portal/", import.meta.url);
const languages = ["nl", "en", "ar"];
const messages = Object.fromEntries(languages.map((l) =>
	[l, JSON.parse(readFileSync(new URL(`locale/${l}.json`, root), "utf8"))]));
const templates = Object.fromEntries(readdirSync(new URL("templates/", root)).map((name) =>
	[name, readFileSync(new URL(`templates/${name}`, root), "utf8")]));

test("every language has every message", () => {
	const keys = Object.keys(messages.nl).sort();
	for (const l of languages)
		assert.deepEqual(Object.keys(messages[l]).sort(), keys, l);
});

test("a message is plain text and has the same arguments in every language", () => {
	const args = (text) => [...new Set([...text.matchAll(/\{(\d)/g)].map((m) => m[1]))].sort();
	for (const l of languages)
		for (const [key, text] of Object.entries(messages[l])) {
			assert.doesNotMatch(text, /[<>&]/, `${l} ${key}`);
			assert.ok(text.trim(), `${l} ${key} is empty`);
			assert.deepEqual(args(text), args(messages.nl[key]), `${l} ${key}`);
		}
});

test("every message of a template exists", () => {
	for (const [name, text] of Object.entries(templates)) {
		for (const [, key] of text.matchAll(/\{\{t\.([\w.-]+)\}\}/g))
			assert.ok(messages.nl[key], `${name}: ${key}`);
		for (const [, key] of text.matchAll(/\{\{#_m\}\}([\w.-]+)[|{]/g))
			assert.ok(Object.keys(messages.nl).some((k) => k === key || k.startsWith(key)),
				`${name}: ${key}`);
	}
});

test("every rule of the law has a name on the screens", () => {
	for (const file of readdirSync(new URL("../cases/law/", import.meta.url)))
		assert.ok(messages.nl[`regel.${file.replace(".csv", "")}`], file);
});

test("templates escape everything and have no inline style or script", () => {
	for (const [name, text] of Object.entries(templates)) {
		assert.doesNotMatch(text, /\{\{\{|\{\{&/, name);
		assert.doesNotMatch(text, / style=| on[a-z]+=|<style|<script>/, name);
	}
});
