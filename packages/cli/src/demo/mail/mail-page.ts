/**
 * A page that shows the caught mail, newest first, for a visitor who enrols and needs the code. On this machine only; it
 * changes nothing, runs no script, and treats every mail as text.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { CaughtMail, MailCatcher } from "./mail-catcher.ts";

const SHOWN = 100;
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export type MailPage = { readonly url: string; readonly close: () => Promise<void> };

export async function startMailPage(catcher: MailCatcher): Promise<MailPage> {
  const server = createServer((request, response) => {
    // Only under its own name: a page elsewhere must not read mail by pointing a name of its own here.
    const host = (request.headers.host ?? "").replace(/:\d+$/, "");
    if (host !== "127.0.0.1" && host !== "localhost") {
      response.writeHead(403, HEADERS).end();
    } else if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { ...HEADERS, allow: "GET, HEAD" }).end();
    } else if ((request.url ?? "").split("?")[0] !== "/") {
      response.writeHead(404, HEADERS).end();
    } else {
      response
        .writeHead(200, HEADERS)
        .end(request.method === "HEAD" ? "" : mailPage(catcher.mails(), catcher.caught()));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole page. `mails` are newest first. */
export function mailPage(mails: readonly CaughtMail[], caught: number): string {
  const shown = mails
    .slice(0, SHOWN)
    .map(
      ({ mailbox, from, subject, text }) =>
        `<article><h2>To ${escapeHtml(mailbox)}</h2><p>From ${escapeHtml(from)}: ${escapeHtml(subject)}</p><pre>${escapeHtml(text.trim())}</pre></article>`,
    );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="5">
<title>Mail of the demo</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 1rem; }
article { border-top: 1px solid; }
h2 { font-size: 1rem; margin-bottom: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
</style>
<h1>Mail of the demo</h1>
<p>${caught} mails so far, the newest ${Math.min(caught, SHOWN)} here. This page looks again every five seconds.</p>
${shown.join("\n")}
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
