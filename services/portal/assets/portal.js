// SPDX-License-Identifier: EUPL-1.2
// Only enhances: warns two minutes before the session ends and lets it go on; moves the focus to the
// summary of errors. Everything works without it.
const summary = document.querySelector("[data-fouten]");
if (summary)
	summary.focus();

const dialog = document.querySelector("dialog[data-seconden]");
if (dialog) {
	const seconds = Number(dialog.dataset.seconden);
	let timer;
	const wait = () => {
		clearTimeout(timer);
		timer = setTimeout(() => dialog.showModal(), Math.max(seconds - 120, seconds / 2) * 1000);
	};
	dialog.querySelector("[data-verleng]").addEventListener("click", async () => {
		const reply = await fetch("/toegankelijkheid", { credentials: "same-origin" });
		dialog.close();
		if (reply.ok)
			wait();
	});
	wait();
}
