// SPDX-License-Identifier: EUPL-1.2
// Builds the portal's one style sheet: of NL Design System only the rules whose classes stand in our
// templates and only the theme's tokens that those rules use (660 kB becomes some 50), then portal.css.
// Usage: node build.mjs <node_modules> <portal.css to write>
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [modules, out] = process.argv.slice(2);
const components = join(modules, "@utrecht/component-library-css/dist/index.css");
const theme = join(modules, "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css");

const read = (path) => readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");

// [{ head, body }] of the blocks at the top of `css`; statements without a block are left out.
function blocks(css) {
	const list = [];
	let start = 0;
	for (let i = 0, depth = 0, open = 0; i < css.length; i++) {
		if (css[i] === '"' || css[i] === "'") {
			i = css.indexOf(css[i], i + 1);
		} else if (css[i] === ";" && depth === 0) {
			start = i + 1;
		} else if (css[i] === "{" && depth++ === 0) {
			open = i;
		} else if (css[i] === "}" && --depth === 0) {
			list.push({ head: css.slice(start, open).trim(), body: css.slice(open + 1, i) });
			start = i + 1;
		}
	}
	return list;
}

function usedClasses() {
	const dir = join(here, "../templates");
	const used = new Set();
	for (const name of readdirSync(dir))
		for (const [word] of readFileSync(join(dir, name), "utf8").matchAll(/[a-z][a-z0-9_-]+/g))
			used.add(word);
	return used;
}

// A selector stays when all its classes are in the templates; :not(.x) asks for nothing.
function selectorIsUsed(selector, used) {
	const classes = selector.replace(/:not\([^)]*\)/g, "").match(/\.[a-z][a-z0-9_-]*/gi) ?? [];
	return classes.length > 0 && classes.every((c) => used.has(c.slice(1)));
}

function purge(css, used) {
	return blocks(css).map(({ head, body }) => {
		if (head.startsWith("@media") || head.startsWith("@supports")) {
			const inner = purge(body, used);
			return inner && `${head}{${inner}}`;
		}
		if (head.startsWith("@"))
			return "";
		const kept = head.split(/,(?![^(]*\))/).filter((s) => selectorIsUsed(s, used));
		return kept.length ? `${kept.map((s) => s.trim()).join(",")}{${body.trim()}}` : "";
	}).filter(Boolean).join("\n");
}

const variables = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);

// Without the declarations whose only value is a token that nobody sets: they do nothing.
function trim(css, ...others) {
	const set = new Set([css, ...others].flatMap((text) =>
		[...text.matchAll(/(--[\w-]+)\s*:/g)].map((m) => m[1])));
	return css.replace(/[\w-]+:\s*var\((--[\w-]+)\)\s*(;|(?=}))/g, (all, name) => set.has(name) ? all : "");
}

// The theme's declarations that `css` needs, and those that they need in turn.
function tokens(css) {
	const all = new Map();
	for (const { body } of blocks(read(theme)))
		for (const [, name, value] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g))
			all.set(name, value.trim());
	const wanted = new Set();
	const todo = variables(css);
	while (todo.length) {
		const name = todo.pop();
		if (wanted.has(name) || !all.has(name))
			continue;
		wanted.add(name);
		todo.push(...variables(all.get(name)));
	}
	return [...wanted].sort().map((name) => `${name}:${all.get(name)}`).join(";");
}

const squeeze = (css) => css.replace(/\s+/g, " ").replace(/ ?([{};]) ?/g, "$1").replace(/;}/g, "}");
const own = readFileSync(join(here, "portal.css"), "utf8");
const rules = trim(purge(read(components), usedClasses()), read(theme), own);
const css = `${rules}\n${own.replace(/\/\*[\s\S]*?\*\//g, "")}`;
const licence = "/* EUPL-1.2. NL Design System, Gemeente Utrecht and Frameless B.V.; theme voorbeeld. */\n";

writeFileSync(out, licence + squeeze(`.voorbeeld-theme{${tokens(css)}}\n${css}`));
