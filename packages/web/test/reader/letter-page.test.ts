import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SUITE } from "@undersigned/core";
import { describe, expect, test } from "vitest";
import { TEST_RSA_KEYS, testRsaKey } from "../../../../test/kit/rsa-keys.ts";
import {
  attribute,
  EXISTING_MAIL,
  LogBuilder,
  openedLog,
  type Page,
  readPage,
  serverOf,
  siteOf,
  textIn,
} from "./kit.ts";
import { dangersIn } from "./safe-page.ts";

type Opened = ReturnType<typeof openedLog>;

async function visit(log: LogBuilder, path: string, day = "2026-03-10") {
  const { site, files, asked } = await siteOf(log, day);
  const server = serverOf(site);
  const get = async (at: string) => {
    const answer = await server.inject(at);
    return { answer, page: readPage(answer.body) };
  };
  return { ...(await get(path)), get, files, asked };
}

function addressOf({ log, letter }: Opened): string {
  return `/w/${log.workforce}/letters/${letter.letter}`;
}

/** Five anonymous, two by role, one by name, one withdrawn. */
function signedLetter(): Opened {
  const opened = openedLog({}, { title: "Stop it", first: 2 });
  const { log, letter } = opened;
  const role = { kind: "role" as const, role: "Engineer", place: "Lagos" };
  const named = { kind: "named" as const, name: "Ada Example", confirmed: null, role: "Nurse", place: null };
  log.addBatch("2026-03-03", [
    ...[0, 1, 2, 3, 4, 8].map((person) => log.endorse(letter, person)),
    ...[5, 6].map((person) => log.endorse(letter, person, { appearance: role })),
  ]);
  log.addBatch("2026-03-05", [log.endorse(letter, 7, { appearance: named })]);
  log.addBatch("2026-03-06", [log.withdraw(letter, 8)]);
  return opened;
}

function links(page: Page): string[] {
  return page.tags("a").map((a) => attribute(a, "href") ?? "");
}

function tally(page: Page): string {
  return textIn(page.classes("tally")[0]!);
}

describe("a letter's page", () => {
  test("says the number in a sentence, what it is out of, and where the letter stands", async () => {
    const opened = signedLetter();
    const { page, answer } = await visit(opened.log, addressOf(opened));
    expect(answer.statusCode).toBe(200);
    expect(tally(page)).toContain(
      "8 signatories proved a work mailbox at example.com between 1 and 5 March 2026.",
    );
    expect(tally(page)).toContain(
      "Example Works has about 14,000 employees (source: Annual report 2025, 31 January 2026).",
    );
    expect(tally(page)).toContain("1 more has withdrawn and is not counted.");
    expect(tally(page)).toContain("Open for signing until 30 April 2026: 51 days left.");
    expect(page.text).toContain("8 signatories appear: 1 by name, 2 by role and 5 anonymously.");
    expect(page.text).toContain("5 signatories are anonymous and not listed.");
  });

  test("has no script, no request to elsewhere, and a policy that forbids both", async () => {
    const opened = signedLetter();
    const { page, answer } = await visit(opened.log, addressOf(opened));
    expect(dangersIn(page)).toEqual([]);
    const policy = String(answer.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toContain("script-src");
    expect(policy).not.toContain("unsafe");
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  test("weighs less than 30 KB with its style, text and list aside", async () => {
    const opened = openedLog({}, { first: 2 });
    const { answer } = await visit(opened.log, addressOf(opened));
    const styles = join(import.meta.dirname, "../../src/styles");
    const css = readdirSync(styles).map((name) => readFileSync(join(styles, name), "utf8"));
    const weight = gzipSync(answer.body).length + gzipSync(css.join("")).length;
    expect(weight).toBeLessThan(30_000);
  });

  test("has one first heading, no heading skipped, and its landmarks", async () => {
    const opened = signedLetter();
    const { page } = await visit(opened.log, addressOf(opened));
    const levels = page.all.flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? [Number(tagName[1])] : []));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      expect(level).toBeLessThanOrEqual((levels[i - 1] ?? 0) + 1);
    });
    for (const landmark of ["main", "header", "footer", "nav", "article"]) {
      expect(page.tags(landmark).length, landmark).toBeGreaterThan(0);
    }
    expect(attribute(page.classes("skip")[0]!, "href")).toBe("#main");
    const ids = page.all.flatMap((element) => attribute(element, "id") ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const labelled of page.all.flatMap((element) => attribute(element, "aria-labelledby") ?? []))
      expect(ids).toContain(labelled);
  });

  test("links every public file, and each link leads to one", async () => {
    const opened = signedLetter();
    const { page, files } = await visit(opened.log, addressOf(opened));
    const prefix = `/w/${opened.log.workforce}/`;
    const linked = links(page)
      .filter((href) => href.startsWith(prefix) && !href.includes("/letters/"))
      .map((href) => href.slice(prefix.length));
    for (const path of linked) expect(files.has(path), path).toBe(true);
    const wanted = [...files.keys()].filter((path) => !path.startsWith("tile/"));
    expect(new Set(linked)).toEqual(new Set(wanted));
    expect(page.text).toContain("npx undersigned bundle https://board.example.com");
  });

  test("names the client build and says whether the log states it", async () => {
    const opened = signedLetter();
    const { page } = await visit(opened.log, addressOf(opened));
    expect(textIn(page.tags("footer")[0]!)).toContain(
      `Client build ${"b".repeat(43)}: this log does not state it.`,
    );
  });

  test("has its days and other people's words marked", async () => {
    const opened = signedLetter();
    const { page } = await visit(opened.log, addressOf(opened));
    expect(page.tags("time").map((time) => attribute(time, "datetime"))).toContain("2026-03-05");
    expect(page.tags("bdi").map(textIn)).toContain("Ada Example");
    expect(page.tags("bdi").map(textIn)).toContain("Operator A");
  });

  test("of a letter in Arabic runs from right to left, and the number does not", async () => {
    const opened = openedLog({}, { manifest: (m) => Object.assign(m, { language: "ar", title: "رسالة" }) });
    const { page } = await visit(opened.log, addressOf(opened));
    const [article] = page.tags("article");
    expect([attribute(article!, "lang"), attribute(article!, "dir")]).toEqual(["ar", "rtl"]);
    const [panel] = page.classes("tally");
    expect([attribute(panel!, "lang"), attribute(panel!, "dir")]).toEqual(["en", "ltr"]);
    expect(attribute(page.tags("html")[0]!, "lang")).toBe("en");
    for (const words of ["An open letter", "Demands", "Met when", "Delivery on 30 April 2026"]) {
      const own = page.tags("bdi").find((bdi) => textIn(bdi) === words);
      expect(own && [attribute(own, "lang"), attribute(own, "dir")], words).toEqual(["en", "ltr"]);
    }
    for (const time of page.tags("time")) expect(attribute(time, "dir")).toBe("auto");
  });

  test("shows demands and claims with their sources", async () => {
    const source = {
      title: "The source",
      publisher: "The publisher",
      day: "2026-01-09",
      url: "https://example.org/a",
      quote: "Their words.",
      copy: null,
    };
    const supplement = {
      title: "Where it is from",
      claims: [{ id: "c", text: "A claim.", sources: [source] }],
    };
    const opened = openedLog({}, { manifest: (m) => Object.assign(m, { supplement }) });
    const { page } = await visit(opened.log, addressOf(opened));
    expect(page.text).toContain("Met whenIt has stopped.");
    expect(page.text).toContain("The source, The publisher, 9 January 2026Their words.");
    expect(links(page)).toContain("https://example.org/a");
  });

  test("of a text that is not public says so and counts all the same", async () => {
    const opened = openedLog({}, { public: false });
    const { page, answer } = await visit(opened.log, addressOf(opened));
    expect(answer.statusCode).toBe(200);
    expect(page.text).toContain("The text of this letter is not public.");
    expect(tally(page)).toContain("A number appears when 2 have signed.");
  });
});

describe("evidence on a letter's page", () => {
  test("by a mail from before the epoch moves back the day from which on a mailbox was held", async () => {
    const opened = openedLog({ manifest: (m) => Object.assign(m, EXISTING_MAIL) }, { first: 2 });
    opened.log.addBatch(
      "2026-03-05",
      [0, 1].map((person) => opened.log.endorse(opened.letter, person)),
    );
    const { page } = await visit(opened.log, addressOf(opened));
    expect(tally(page)).toContain("between 15 January and 5 March 2026.");
    expect(page.text).toContain("Each signatory held a work mailbox at example.com between 15 January");
    expect(page.text).toContain("by Sign-in notices.");
    expect(links(page)).toContain("/saving-a-mail");
  });

  test("of codes alone says nothing of mails, of vouching or of apart", async () => {
    const { page } = await visit(signedLetter().log, addressOf(signedLetter()));
    expect(page.text).not.toMatch(/already had|DKIM|invitation|counted apart/);
    expect(links(page)).not.toContain("/saving-a-mail");
  });

  test("by vouching is in a section of its own, and never in the number", async () => {
    const log = new LogBuilder({
      registrars: 1,
      quorum: 1,
      manifest: (m) => {
        m.evidence.push({ kind: "vouch", class: "vouched" });
        m.vouching = { invitations: 2 };
      },
    });
    const invitations = [0, 1].map((number) => {
      const { spki } = testRsaKey(TEST_RSA_KEYS - 1 - number);
      return { number, suite: SUITE, spki } as const;
    });
    log.addEpoch({ statement: (statement) => Object.assign(statement, { invitations }) });
    const letter = log.addLetter({ first: 2 });
    const opened = { log, letter };
    log.addBatch("2026-03-05", [
      ...[0, 1, 2].map((person) => log.endorse(letter, person)),
      ...[3, 4, 5, 6, 7].map((person) => log.endorse(letter, person, { class: "vouched" })),
    ]);
    const { page, get } = await visit(log, addressOf(opened));
    expect(textIn(page.classes("figure")[0]!)).toBe("3 signatories");
    expect(tally(page)).toContain("3 signatories proved a work mailbox");
    expect(tally(page)).toContain("Apart from that number, 5 were vouched for by colleagues");
    expect(page.tags("h3").map(textIn)).toContain("Vouched for, and counted apart");
    expect(page.text).toContain("Each signatory in the number held a work mailbox");
    expect((await get("/")).page.classes("card").map(textIn)[0]).toContain("3 signatories");
  });
});

describe("a name on a letter's page", () => {
  const confirmed = {
    rule: "pattern" as const,
    salt: "A".repeat(43),
    by: [{ registrar: "A".repeat(43), sig: "A".repeat(86) }],
  };

  async function named(names: readonly (readonly [string, typeof confirmed | null])[], only = false) {
    const manifest = { names: only ? ("confirmed" as const) : ("any" as const) };
    const opened = openedLog({}, { first: 1, manifest: (m) => Object.assign(m, manifest) });
    const { log, letter } = opened;
    const leaves = names.map(([name, confirmed], person) =>
      log.endorse(letter, person, {
        appearance: { kind: "named", name, confirmed, role: null, place: null },
      }),
    );
    log.addBatch("2026-03-05", leaves);
    return visit(log, addressOf(opened));
  }

  test("is read out as confirmed by work mailbox or as given by the signatory", async () => {
    const { page, get } = await named([
      ["Ada Example", confirmed],
      ["Bo Example", null],
    ]);
    const marked = ["Ada Example confirmed by work mailbox", "Bo Example name given by the signatory"];
    expect(page.classes("person").map(textIn).sort()).toEqual(marked);
    const list = links(page)
      .find((href) => href.endsWith("#names"))!
      .replace("#names", "/signatories/1");
    expect((await get(list)).page.classes("person").map(textIn).sort()).toEqual(marked);
  });

  test("that brings along a mark of its own is marked as what it is, outside the name", async () => {
    const { page } = await named([["Ada Example confirmed by work mailbox", null]]);
    const [person] = page.classes("person");
    expect(textIn(person!)).toMatch(/ name given by the signatory$/);
    expect(page.classes("name").map(textIn)).toEqual(["Ada Example confirmed by work mailbox"]);
    expect(page.classes("confirmed").map(textIn)).toEqual(["confirmed"]); // The legend's.
  });

  test("has its legend once, which leads to how names are confirmed", async () => {
    const { page } = await named([
      ["Ada Example", confirmed],
      ["Bo Example", null],
    ]);
    const legend = "Each name is confirmed by work mailbox, or given by the signatory and checked by nobody.";
    expect(page.text.split(legend)).toHaveLength(2);
    expect(links(page).filter((href) => href.endsWith("#names"))).toHaveLength(1);
    expect(page.tags("h3").map((heading) => attribute(heading, "id"))).toContain("names");
  });

  test("is confirmed without exception where the letter takes confirmed names only, and the page says so", async () => {
    const { page } = await named([["Ada Example", confirmed]], true);
    expect(page.text).toContain("confirmed names only: each is confirmed by work mailbox.");
    expect(page.text).toContain("This letter takes confirmed names only.");
    expect(page.text).not.toContain("given by the signatory");
  });
});

describe("as a letter goes on", () => {
  test("before its first batch no number and nobody is shown", async () => {
    const opened = openedLog({}, { first: 100 });
    const { page } = await visit(opened.log, addressOf(opened));
    expect(tally(page)).toContain("A number appears when 100 have signed.");
    expect(page.classes("figure")).toEqual([]);
    expect(page.text).toContain("Nothing is shown of anyone as long as there is no number.");
  });

  test("signing is offered while it is open and not after", async () => {
    const opened = signedLetter();
    const { log, letter } = opened;
    const sign = `${addressOf(opened)}/sign#${log.workforce}`;
    expect(links((await visit(log, addressOf(opened), "2026-04-30")).page)).toContain(sign);
    expect(links((await visit(log, addressOf(opened), "2026-03-01")).page)).not.toContain(sign);
    const ended = (await visit(log, addressOf(opened), "2026-05-01")).page;
    expect(links(ended)).not.toContain(sign);
    expect(tally(ended)).toContain("Signing ended on 30 April 2026.");
    log.close(letter, "2026-05-01");
    const closed = (await visit(log, addressOf(opened), "2026-05-02")).page;
    expect(links(closed)).not.toContain(sign);
    expect(tally(closed)).toContain("Closed on 1 May 2026.");
    expect(links(closed)).toContain(`${addressOf(opened)}/recount#${log.workforce}`);
  });

  test("too few make no number", async () => {
    const opened = openedLog({}, { first: 100 });
    opened.log.close(opened.letter, "2026-05-01", { outcome: "too-few" });
    const { page } = await visit(opened.log, addressOf(opened), "2026-05-02");
    expect(tally(page)).toContain("There is no number: fewer than 100 had signed");
    expect(page.text).toContain("Nobody is shown: there is no number.");
    expect(page.classes("figure")).toEqual([]);
  });

  test("a new checkpoint is read at the next visit, an old one is not opened again", async () => {
    const opened = signedLetter();
    const { get, files, asked } = await visit(opened.log, addressOf(opened));
    asked.length = 0;
    await get(addressOf(opened));
    expect(asked.filter((path) => path.startsWith("tile/"))).toEqual([]);
    opened.log.addBatch("2026-03-07", [opened.log.endorse(opened.letter, 20)]);
    for (const [path, file] of await opened.log.files()) files.set(path, file);
    const { page } = await get(addressOf(opened));
    expect(tally(page)).toContain("9 signatories proved");
    expect(tally(page)).toContain("between 1 and 7 March 2026");
  });

  test("a tick between two reads is waited out: number and checkpoint are of one moment", async () => {
    const opened = signedLetter();
    const { site, files } = await siteOf(opened.log, "2026-03-10");
    opened.log.addBatch("2026-03-07", [opened.log.endorse(opened.letter, 20)]);
    const later = await opened.log.files();
    const source = site.files(opened.log.workforce);
    const ticking: typeof source = {
      read: async (path, maxBytes) => {
        const file = await source.read(path, maxBytes);
        if (path === "index.json") for (const [name, bytes] of later) files.set(name, bytes);
        return file;
      },
    };
    const answer = await serverOf({ ...site, files: () => ticking }).inject(addressOf(opened));
    const page = readPage(answer.body);
    expect(tally(page)).toContain("9 signatories proved");
    expect(textIn(page.classes("checkpoint")[0]!)).toContain(` ${opened.log.entries.length} `);
  });

  test("a log that does not check out is not shown", async () => {
    const opened = signedLetter();
    const { get, files } = await visit(opened.log, "/");
    const index = new TextDecoder().decode(files.get("index.json"));
    files.set("index.json", new TextEncoder().encode(index.replace(/"size":\d+/, '"size":1')));
    files.set("checkpoint", await opened.log.checkpoint(3));
    const { answer } = await get(addressOf(opened));
    expect(answer.statusCode).toBe(503);
    expect((await get("/")).page.text).toContain("does not check out here");
  });
});
