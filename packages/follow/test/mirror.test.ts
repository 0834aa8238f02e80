/** A mirror: everything that is linked, recounted before anything is replaced, whole at any moment, and harmless where it is served. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodeCanonical, type JsonValue } from "@undersigned/core";
import { bundleSource, directorySource, httpSource, makeBundle, recount } from "@undersigned/verify";
import { parse, type DefaultTreeAdapterTypes as Tree } from "parse5";
import { describe, expect, it } from "vitest";
import { withhold } from "../../../test/kit/further-leaves.ts";
import { temporaryFolder } from "../../../test/kit/test-end.ts";
import { type MirrorOptions, mirrorBoard } from "../src/index.ts";
import type { Move } from "../src/mirror/mirror-folder.ts";
import {
  answeredLog,
  batch,
  COPY,
  COPY_NAME,
  contentsOf,
  editJson,
  LIMITS,
  type LogBuilder,
  type OtherBoard,
  otherLog,
  put,
  serve,
} from "./kit.ts";

const DAY = "2026-03-10";
const bytes = (text: string) => new TextEncoder().encode(text);

function page(body: string, head = ""): Uint8Array {
  return bytes(
    `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}<title>T</title></head><body>${body}</body></html>`,
  );
}

async function site(signatories = 5) {
  const { log, letter } = otherLog(signatories);
  const board = await serve(new Map(), { html: true });
  await put(board, log);
  await buckets(board, log);
  const { workforce } = log;
  const at = `w/${workforce}/letters/${letter.letter}`;
  const served = [{ workforce, employer: "Example Works", origin: log.manifest.log.origin }];
  const card = { type: "board", v: 1, board: log.boardSigner.publicKey, workforces: served };
  const pages: Record<string, Uint8Array> = {
    "": page(
      `<a href="/${at}">Letter</a> <a href="/desk">Desk</a> <a href="/ar">عربي</a> <a href="https://news.example.com/a?b">News</a>`,
      `<link rel="stylesheet" href="/assets/style.css" integrity="sha256-x"><link rel="canonical" href="/">`,
    ),
    [at]: page(
      `<p id="names">Names</p><a href="#names">Down</a> <a href="/${at}/sign#${workforce}">Sign</a>
       <a href="/${at}/register?sort=day&amp;up=1#row">By day</a> <a href="/w/${workforce}/index.json">Index</a>
       <a href="/w/${workforce}/manifests/${letter.letter}.json">As signed</a> <a href="/gone">Gone</a>
       <img src="/badge.svg" alt=""><form action="/${at}/register" method="get"><input name="q"></form>`,
      `<link rel="alternate" type="application/atom+xml" href="feed.atom"><meta property="og:image" content="/card.png">`,
    ),
    [`${at}/register`]: page(
      `<a href="/${at}">Back</a> <a href="?sort=name">By name</a> <a href="/${at}/register.csv">CSV</a>`,
    ),
    [`${at}/sign`]: page("Sign here"),
    desk: page("Desk"),
    ar: page(`<a href="/">English</a>`).slice(),
    hidden: page("Nothing links here"),
  };
  for (const [path, file] of Object.entries(pages)) board.files.set(path, file);
  board.files.set(
    "ar",
    bytes(new TextDecoder().decode(pages.ar).replace('lang="en"', 'lang="ar" dir="rtl"')),
  );
  board.files.set("board.json", encodeCanonical(card as unknown as JsonValue));
  board.files.set("assets/style.css", bytes("body { color: red; background: url(/assets/paper.png) }"));
  board.files.set("assets/paper.png", bytes("png"));
  board.files.set("card.png", bytes("card"));
  board.files.set("badge.svg", bytes('<svg xmlns="http://www.w3.org/2000/svg"><text>5</text></svg>'));
  board.files.set(`w/${workforce}/letters/feed.atom`, bytes('<feed xmlns="http://www.w3.org/2005/Atom"/>'));
  board.files.set(`${at}/register.csv`, bytes("a,b"));
  board.files.set("sitemap.xml", bytes(`<urlset><url><loc>${board.url}/mapped</loc></url></urlset>`));
  board.files.set("mapped", page("Found by the map"));
  const folder = join(await temporaryFolder(), "mirror");
  const mirror = (change: Partial<MirrorOptions> = {}, move?: Move) =>
    mirrorBoard({ url: board.url, folder, day: DAY, limits: { ...LIMITS, pages: 100 }, ...change }, move);
  const fileAt = (path: string) => readFile(join(folder, path));
  return { log, letter, board, folder, workforce, at, mirror, fileAt };
}

/** The state of each key, as a board has it in one bucket. */
async function buckets(board: OtherBoard, log: LogBuilder): Promise<void> {
  const files = await log.files();
  await recount(
    { read: async (path) => files.get(path)?.slice() ?? null },
    {
      workforce: log.workforce,
      onLetter: ({ letter, states }) => {
        const entries = [...states]
          .map(([key, { seq, leaf, index, commitment }]) => ({
            ...{ key, seq, leaf, index },
            state: commitment === null ? "withdrawn" : "counted",
          }))
          .sort((a, b) => (a.key < b.key ? -1 : 1));
        const id = letter.leaf.letter;
        const file = {
          type: "signatories",
          v: 1,
          letter: id,
          size: log.entries.length,
          bits: 0,
          bucket: 0,
          entries,
        };
        const path = `w/${log.workforce}/signatories/${id}/0/0.json`;
        board.files.set(path, encodeCanonical(file as unknown as JsonValue));
      },
    },
  );
}

/** What a folder is at this moment, but for what belongs to the mirror itself. */
async function snapshot(folder: string): Promise<Map<string, string>> {
  const names = [...(await contentsOf(folder)).keys()].filter(
    (name) => !name.startsWith(".undersigned-mirror"),
  );
  return new Map(
    await Promise.all(
      names.map(async (name) => [name, await readFile(join(folder, name), "base64")] as const),
    ),
  );
}

function elements(file: Uint8Array): Tree.Element[] {
  const found: Tree.Element[] = [];
  const walk = (node: Tree.Node) => {
    if ("tagName" in node) found.push(node);
    if ("childNodes" in node) node.childNodes.forEach(walk);
  };
  walk(parse(new TextDecoder().decode(file), { scriptingEnabled: false }));
  return found;
}

const links = (file: Uint8Array) =>
  elements(file)
    .flatMap(({ attrs }) => attrs.filter(({ name }) => ["href", "src", "action"].includes(name)))
    .map(({ value }) => value);

describe("a mirror", () => {
  it("holds what is linked, and nothing that is not; what is done leads to the board", async () => {
    const { mirror, folder, board, at, workforce, letter, fileAt } = await site();
    expect(await mirror()).toMatchObject({ workforces: [{ workforce, letters: 2 }], removed: 0 });
    const names = [...(await snapshot(folder)).keys()];
    for (const file of [
      ...[
        "index.html",
        "ar/index.html",
        "mapped/index.html",
        `${at}/index.html`,
        `${at}/register/index.html`,
      ],
      ...[
        "assets/style.css",
        "assets/paper.png",
        "card.png",
        "badge.svg",
        `${at}/register.csv`,
        "board.json",
        "README.txt",
      ],
      ...[`w/${workforce}/checkpoint`, `w/${workforce}/signatories/${letter.letter}/0/0.json`, ".nojekyll"],
    ])
      expect(names, file).toContain(file);
    for (const file of ["hidden/index.html", "desk/index.html", `${at}/sign/index.html`, "sitemap.xml"])
      expect(names, file).not.toContain(file);
    expect(board.asked).not.toContain("desk");

    expect(links(await fileAt("index.html"))).toEqual([
      "assets/style.css",
      "/",
      `${board.url}/`,
      `${at}/index.html`,
      `${board.url}/desk`,
      "ar/index.html",
      "https://news.example.com/a?b",
    ]);
    const up = "../../../../";
    expect(links(await fileAt(`${at}/index.html`))).toEqual([
      "../feed.atom",
      `${board.url}/`,
      "#names",
      `${board.url}/${at}/sign#${workforce}`,
      "register/index.html#row",
      "../../index.json",
      `../../manifests/${letter.letter}.json`,
      `${board.url}/gone`,
      `${up}badge.svg`,
      `${board.url}/${at}/register`,
    ]);
    expect(links(await fileAt(`${at}/register/index.html`)).slice(1)).toEqual([
      "../index.html",
      "index.html",
      "../register.csv",
    ]);
    expect(new TextDecoder().decode(await fileAt("assets/style.css"))).toContain("url(paper.png)");
  });

  it("says on each page whose copy it is and of which day, in the page's language", async () => {
    const { mirror, fileAt, board } = await site();
    await mirror();
    const english = new TextDecoder().decode(await fileAt("index.html"));
    expect(english).toContain(`<bdi dir="ltr">${board.url}/</bdi>`);
    expect(english).toContain(`<time datetime="${DAY}">10 March 2026</time>`);
    const arabic = new TextDecoder().decode(await fileAt("ar/index.html"));
    expect(arabic).toContain('role="note" lang="ar" dir="rtl"');
    expect(arabic).toContain(">10 مارس 2026</time>");
  });

  it("recounts from a static server, from the folder and from a bundle made of it, and every link inside leads somewhere", async () => {
    const { mirror, folder, workforce, log, letter } = await site(7);
    await mirror();
    // Below another path, as on a page host.
    const files = new Map<string, Uint8Array>();
    for (const name of (await snapshot(folder)).keys())
      files.set(`some/path/${name}`, await readFile(join(folder, name)));
    const mirrored = await serve(files, { html: true });
    const root = `${mirrored.url}/some/path/`;
    const source = httpSource(`${root}w/${workforce}`);
    const bundle = bundleSource(await makeBundle(source, workforce));
    for (const one of [source, directorySource(join(folder, "w", workforce)), bundle]) {
      const report = await recount(one, { workforce });
      expect(report.failures).toEqual([]);
      expect(report.size).toBe(log.entries.length);
      expect(report.letters.find((found) => found.letter === letter.letter)?.counted.mailbox).toBe(7);
    }
    const seen = new Set<string>();
    const queue = [`${root}index.html`];
    for (let url = queue.pop(); url !== undefined; url = queue.pop()) {
      if (seen.has(url)) continue;
      seen.add(url);
      const answer = await fetch(url);
      expect(answer.status, url).toBe(200);
      if (!url.endsWith(".html")) continue;
      for (const link of links(new Uint8Array(await answer.arrayBuffer()))) {
        const there = new URL(link, url);
        there.hash = "";
        if (there.href.startsWith(root)) queue.push(there.href);
      }
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it("is a board to mirror, too", async () => {
    const { mirror, folder, workforce, at } = await site();
    await mirror();
    const files = new Map<string, Uint8Array>();
    for (const name of (await snapshot(folder)).keys()) files.set(name, await readFile(join(folder, name)));
    files.set("", files.get("index.html") as Uint8Array);
    const mirrored = await serve(files, { html: true });
    const second = join(await temporaryFolder(), "second");
    const done = await mirrorBoard({
      url: mirrored.url,
      folder: second,
      day: DAY,
      limits: { ...LIMITS, pages: 100 },
    });
    expect(done.workforces).toMatchObject([{ workforce }]);
    expect([...(await snapshot(second)).keys()]).toContain(`${at}/index.html`);
  });
});

describe("a later run", () => {
  it("asks for what is new, keeps what lasts, and removes what is gone at the board: withheld, erased, unlinked", async () => {
    const { mirror, folder, board, log, letter, workforce, fileAt } = await site();
    const appearance = {
      kind: "named",
      name: "Zoë Example",
      confirmed: null,
      role: null,
      place: null,
    } as const;
    log.addBatch(
      "2026-03-04",
      [8000, 8001].map((person) => log.endorse(letter, person, { appearance })),
    );
    await put(board, log);
    await buckets(board, log);
    await mirror();
    const openings = `w/${workforce}/openings/${letter.letter}/0.json`;
    expect((await fileAt(openings)).includes("Zoë")).toBe(true);
    await writeFile(join(folder, "CNAME"), "mirror.example.org");
    // Somebody has their name erased; a page is linked no more.
    editJson(board.files, openings, (file) => {
      file.entries.pop();
    });
    board.files.delete("mapped");
    board.files.delete("sitemap.xml");
    board.asked.splice(0);
    const done = await mirror();
    expect(done.removed).toBe(1);
    expect((await fileAt(openings)).toString().match(/Zoë/g)).toHaveLength(1);
    const names = [...(await snapshot(folder)).keys()];
    expect(names).not.toContain("mapped/index.html");
    expect(names).toContain("CNAME");
    const lasting = names.filter((name) => /\/(?:manifests|statements)\//.test(name));
    expect(lasting.length).toBeGreaterThan(0);
    expect(board.asked.filter((path) => lasting.includes(path))).toEqual([]);

    board.files.delete(openings);
    await mirror();
    expect([...(await snapshot(folder)).keys()]).not.toContain(openings);
    const plan = [...(await contentsOf(folder)).keys()].filter((name) =>
      name.startsWith(".undersigned-mirror"),
    );
    expect(plan).toEqual([".undersigned-mirror/state.json"]);
  });

  it("hands on what became of a letter, and no more of it than the board does: withheld answers go, and kept copies", async () => {
    const { log, answer } = answeredLog();
    const board = await serve(new Map(), { html: true });
    await put(board, log);
    const { workforce } = log;
    const served = [{ workforce, employer: "Example Works", origin: log.manifest.log.origin }];
    const card = { type: "board", v: 1, board: log.boardSigner.publicKey, workforces: served };
    board.files.set("board.json", encodeCanonical(card as unknown as JsonValue));
    const copy = `w/${workforce}/copies/${COPY_NAME}`;
    board.files.set(copy, COPY);
    const folder = join(await temporaryFolder(), "mirror");
    const mirror = () => mirrorBoard({ url: board.url, folder, day: DAY, limits: { ...LIMITS, pages: 10 } });
    const names = async (kind: string) =>
      [...(await snapshot(folder)).keys()].filter((name) => name.startsWith(`w/${workforce}/${kind}/`));
    await mirror();
    const counts = async () =>
      await Promise.all(
        ["records", "answers", "documents", "copies", "withheld"].map(
          async (kind) => (await names(kind)).length,
        ),
      );
    expect(await counts()).toEqual([3, 1, 1, 1, 0]);
    expect((await readFile(join(folder, copy))).equals(COPY)).toBe(true);

    const record = `w/${workforce}/records/${answer}.json`;
    const kept = board.files.get(record) as Uint8Array;
    withhold(log, answer, "2026-05-12");
    await put(board, log);
    // A board that has not forgotten what it says is withheld; and no kept copy any more.
    board.files.set(record, kept);
    await mirror();
    expect(await counts()).toEqual([2, 0, 1, 0, 1]);

    board.files.set(copy, bytes("another text"));
    await expect(mirror()).rejects.toMatchObject({ code: "copy-wrong" });
  });

  it("follows the log as it grows", async () => {
    const { mirror, board, log, letter, folder, workforce } = await site();
    await mirror();
    batch(log, letter, "2026-03-05", 3);
    await put(board, log);
    await buckets(board, log);
    await mirror();
    const report = await recount(directorySource(join(folder, "w", workforce)), { workforce });
    expect([report.ok, report.size]).toEqual([true, log.entries.length]);
  });
});

type Site = Awaited<ReturnType<typeof site>>;

const LIES: readonly (readonly [string, string, (of: Site) => Promise<unknown> | unknown])[] = [
  [
    "inflated count",
    "count-inflated",
    ({ board, workforce }) =>
      editJson(board.files, `w/${workforce}/index.json`, (index) => {
        index.letters[0].counted.mailbox = 5312;
      }),
  ],
  [
    "fork",
    "log-forked",
    async ({ board, log }) => {
      const { log: fork, letter } = otherLog(9);
      expect(fork.workforce).toBe(log.workforce);
      batch(fork, letter, "2026-03-05", 4);
      await put(board, fork);
    },
  ],
  [
    "stale log",
    "log-shorter-than-known",
    async ({ board }) => {
      await put(board, otherLog(2).log);
    },
  ],
  [
    "changed leaf",
    "leaf-changed",
    ({ board, workforce }) => {
      const path = [...board.files.keys()].find((name) =>
        name.startsWith(`w/${workforce}/tile/entries/`),
      ) as string;
      const file = board.files.get(path) as Uint8Array;
      file[file.length - 5] = (file[file.length - 5] as number) ^ 1;
    },
  ],
  [
    "state of a key that no leaf has",
    "signatories-wrong",
    ({ board, workforce, letter }) =>
      editJson(board.files, `w/${workforce}/signatories/${letter.letter}/0/0.json`, (file) => {
        file.entries[0].state = "withdrawn";
      }),
  ],
  [
    "keys left out",
    "signatories-wrong",
    ({ board, workforce, letter }) =>
      editJson(board.files, `w/${workforce}/signatories/${letter.letter}/0/0.json`, (file) => {
        file.entries.pop();
      }),
  ],
  [
    "10 GB page",
    "file-too-large",
    ({ board }) =>
      board.instead.set("ar", (_, response) => {
        response.writeHead(200, { "content-type": "text/html", "content-length": 10 * 1024 ** 3 });
        const piece = Buffer.alloc(1 << 16);
        const send = () => {
          while (!response.destroyed && response.write(piece));
        };
        response.on("drain", send);
        send();
      }),
  ],
  [
    "redirect",
    "redirected",
    ({ board }) =>
      board.instead.set("ar", (_, response) =>
        response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      ),
  ],
  [
    "endless pages",
    "too-many-pages",
    ({ board }) => {
      const next = (n: number) => page(`<a href="/page-${n + 1}">On</a>`);
      for (let n = 0; n < 120; n++) board.files.set(`page-${n}`, next(n));
      board.files.set("ar", next(-1));
    },
  ],
  [
    "a page that fails",
    "server-error",
    ({ board }) => board.instead.set("ar", (_, response) => response.writeHead(500).end()),
  ],
  ["no board", "not-a-board", ({ board }) => board.files.delete("board.json")],
];

describe("nothing in the folder changes, and it is named:", () => {
  it.each(LIES)("%s", async (_, code, lie) => {
    const of = await site();
    await of.mirror();
    const before = await snapshot(of.folder);
    await lie(of);
    const error = await of.mirror({ day: "2026-03-11" }).catch((thrown) => thrown);
    const codes = [
      error.code,
      ...(error.report?.failures ?? []).map((failure: { code: string }) => failure.code),
    ];
    expect(codes).toContain(code);
    expect(await snapshot(of.folder)).toEqual(before);
  });

  it("a folder with other things in it, of another board, or in which a run is at work", async () => {
    const { mirror, folder } = await site();
    const full = await temporaryFolder();
    await writeFile(join(full, "mine.txt"), "mine");
    await expect(mirror({ folder: full })).rejects.toMatchObject({ code: "folder-not-a-mirror" });
    expect([...(await contentsOf(full)).keys()]).toEqual(["mine.txt"]);
    await mirror();
    const another = await site();
    await expect(another.mirror({ folder })).rejects.toMatchObject({ code: "folder-of-another" });
    const both = await Promise.allSettled([mirror(), mirror()]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("a crash", () => {
  it("while files are put aside leaves the old copy, and while they move is made good by the next run", async () => {
    const { mirror, board, log, letter, folder, workforce, fileAt } = await site();
    await mirror();
    const before = await snapshot(folder);
    batch(log, letter, "2026-03-05", 3);
    await put(board, log);
    await buckets(board, log);
    board.instead.set("mapped", (_, response) => response.socket?.destroy());
    await expect(mirror()).rejects.toMatchObject({ code: "unreachable" });
    expect(await snapshot(folder)).toEqual(before);
    board.instead.delete("mapped");

    let moved: string[] = [];
    const { rename } = await import("node:fs/promises");
    const crashing: Move = async (from, to) => {
      if (moved.length === 3) throw Object.assign(new Error("crash"), { code: "EIO" });
      moved.push(to.slice(folder.length + 1));
      await rename(from, to);
    };
    await expect(mirror({ day: "2026-03-11" }, crashing)).rejects.toMatchObject({ code: "EIO" });
    expect(moved).not.toContain(`w/${workforce}/checkpoint`);
    // The checkpoint is still the old one, and all that it leads to is there.
    expect((await fileAt(`w/${workforce}/checkpoint`)).toString("base64")).toBe(
      before.get(`w/${workforce}/checkpoint`),
    );
    moved = [];
    // Nothing is asked of the board that was not asked before: what had begun is ended from the folder alone.
    await expect(mirror({ url: board.url, workforces: ["A".repeat(43)] })).rejects.toMatchObject({
      code: "recount-failed",
    });
    const report = await recount(directorySource(join(folder, "w", workforce)), { workforce });
    expect([report.ok, report.size]).toEqual([true, log.entries.length]);
    expect((await fileAt("index.html")).toString()).toContain("2026-03-11");
  });
});

describe("what a hostile board puts on its pages", () => {
  it("never runs on a mirror: scripts, handlers, addresses that run, frames of code, policies of its own", async () => {
    const { mirror, board, fileAt } = await site();
    board.files.set(
      "ar",
      page(
        `<script src="/x.js"></script><p onclick="x()">a</p><a href=" java\nscript:x()">b</a><iframe srcdoc="<script>x()</script>"></iframe>
         <svg><script>x()</script><a xlink:href="javascript:x()"><text>c</text></a></svg><noscript><img src=x onerror=x()></noscript>
         <template><script>x()</script></template><a href="data:text/html,x">d</a><img src="https://track.example.com/a.png">
         &lt;script&gt;title&lt;/script&gt;<bdi>\u05d0&lt;b&gt;</bdi>`,
        `<base href="https://evil.example.com/"><meta http-equiv="refresh" content="0;url=https://evil.example.com/"><meta http-equiv="content-security-policy" content="script-src *"><link rel="modulepreload" href="/x.js">`,
      ),
    );
    await mirror();
    const file = await fileAt("ar/index.html");
    const found = elements(file);
    expect(found.map(({ tagName }) => tagName)).not.toContain("script");
    expect(found.map(({ tagName }) => tagName)).not.toContain("base");
    const attributes = found.flatMap(({ attrs }) => attrs);
    expect(
      attributes.filter(({ name, value }) => name.startsWith("on") || /script:|data:/i.test(value)),
    ).toEqual([]);
    const text = file.toString();
    for (const gone of ["x()", "evil.example.com", "track.example.com", "srcdoc", "script-src"])
      expect(text).not.toContain(gone);
    const policies = found.filter(({ attrs }) =>
      attrs.some(({ value }) => value === "content-security-policy"),
    );
    expect(policies).toHaveLength(1);
    expect(policies[0]!.attrs[1]!.value).toMatch(/^default-src 'none'; style-src 'self'/);
    // What was text stays text.
    expect(text).toContain("&lt;script&gt;title&lt;/script&gt;");
    expect(text).toContain("<bdi>\u05d0&lt;b&gt;</bdi>");
  });

  it("is not taken where a static server would give it another type: names decide", async () => {
    const { mirror, board, folder } = await site();
    const names = ["a.html", "b.js", "c.svg", "d.xml", "e.atom", "f.xhtml", "g"];
    board.files.set(
      "ar",
      page(
        [...names, "ok.svg", "../etc", "%2e%2e/x", ".git/config", "a//b"]
          .map((name) => `<a href="/${name}">x</a>`)
          .join(""),
      ),
    );
    for (const name of names) {
      const script = '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script></svg>';
      board.instead.set(name, (_, response) =>
        response.writeHead(200, { "content-type": "text/plain" }).end(script),
      );
    }
    board.files.set("ok.svg", bytes('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'));
    await mirror();
    const there = [...(await snapshot(folder)).keys()];
    expect(there).toContain("ok.svg");
    for (const name of names) expect(there.filter((file) => file.startsWith(name))).toEqual([]);
    expect(there.filter((file) => file.includes("etc") || file.includes(".git"))).toEqual([]);
  });
});
