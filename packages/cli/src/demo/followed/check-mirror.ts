/** A mirror of the board, made by the command in a process of its own; recounted and walked through where a plain web server serves it. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { httpSource, recount } from "@undersigned/verify";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";

const BIN = fileURLToPath(new URL("../../../bin/undersigned.js", import.meta.url));
const LINKS: readonly string[] = ["href", "src"];
/** Where a page says that it is at home: at the board. */
const HOME = /\b(?:canonical|shortlink)\b/;
const AT_ONCE = 8;

export type MirrorToCheck = {
  /** The board's address. */
  readonly board: string;
  readonly folder: string;
  /** Where the folder is served, with a closing slash. */
  readonly served: string;
  readonly workforce: string;
  /** By another recount, of the board's own files. */
  readonly root: string | null;
};

/** "ok", or in sentences what is wrong. */
export async function checkMirror(of: MirrorToCheck, stop: AbortSignal): Promise<"ok" | readonly string[]> {
  const args = [BIN, "mirror", of.board, of.folder, "--json"];
  const made = await promisify(execFile)(process.execPath, args, { signal: stop }).then(
    () => null,
    (error: { readonly stderr?: string }) => error.stderr?.trim() || "It was stopped.",
  );
  if (made !== null) return [`The mirror was not made: ${made}`];
  const files = httpSource(`${of.served}w/${of.workforce}/`);
  const report = await recount(files, { workforce: of.workforce });
  const wrong = report.failures.map(({ code, message }) => `${code}: ${message}`);
  if (report.root !== of.root) wrong.push("The mirror has another log than the board.");
  wrong.push(...(await deadLinks(of.served)));
  return wrong.length === 0 ? "ok" : wrong;
}

/** Every link that leads to another file of the mirror, from its front page on. */
async function deadLinks(served: string): Promise<string[]> {
  const dead: string[] = [];
  const seen = new Set([served]);
  const queue = [served];
  const visit = async (url: string): Promise<void> => {
    const answer = await fetch(url);
    const body = await answer.text();
    if (answer.status !== 200) dead.push(`${url.slice(served.length)} answers ${answer.status}.`);
    else if (answer.headers.get("content-type")?.startsWith("text/html"))
      for (const link of linksOf(body)) {
        const there = URL.parse(link, url);
        if (there === null) continue;
        there.hash = "";
        if (!there.href.startsWith(served) || seen.has(there.href)) continue;
        seen.add(there.href);
        queue.push(there.href);
      }
  };
  while (queue.length > 0) await Promise.all(queue.splice(0, AT_ONCE).map(visit));
  return dead;
}

function linksOf(page: string): string[] {
  const found: string[] = [];
  const open: Tree.Node[] = [parse(page, { scriptingEnabled: false })];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ("childNodes" in node) open.push(...node.childNodes);
    if (!("attrs" in node)) continue;
    const attributeOf = (name: string) => node.attrs.find((one) => one.name === name)?.value;
    if (node.tagName === "link" && HOME.test(attributeOf("rel") ?? "")) continue;
    found.push(...LINKS.flatMap((name) => attributeOf(name) ?? []));
  }
  return found;
}
