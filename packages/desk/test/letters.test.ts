/** Letters published, revealed and closed at a desk: by the right people, with the words that stand in the document. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanFile } from "@undersigned/clean";
import {
  addDays,
  encodeBase64url,
  letterId,
  openSealedLetter,
  parseSealedLetter,
  randomBytes,
  sha256,
  signEarlyClosing,
  signObject,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { createCopyJudge } from "../src/copies/judge-copy.ts";
import {
  bytesOf,
  fill,
  leafFor,
  letterBody,
  newLetter,
  openEpoch,
  type SetUp,
  setUpWorkforce,
} from "./content-kit.ts";
import { Desks, type Member, outcome, randomId } from "./kit.ts";

async function ready() {
  const desks = await Desks.start();
  const owner = await desks.owner();
  const other = await desks.invited(owner, "owner", "Other");
  const at = await setUpWorkforce(desks, owner);
  await openEpoch(desks, owner, at);
  return { desks, owner, other, at };
}

async function publish(
  desks: Desks,
  owner: Member,
  at: SetUp,
  change: object = {},
  unlisted: string | null = null,
) {
  const document = await newLetter(desks, owner, at, { ...change, listed: unlisted === null });
  const body = { ...(await letterBody(desks, owner, document, at)), unlisted };
  return { document, body, ...(await owner.act("letter-publish", body)) };
}

const source = (copy: string) => ({
  claims: ["one"],
  supplementTitle: "Sources",
  "claim:one": {
    text: "So it is.",
    sources: [{ title: "T", publisher: "P", day: "", url: "https://example.com/a", quote: "", copy }],
  },
});

describe("a letter", () => {
  it("is published once, keeps its text, and names the owners as its organisers", async () => {
    const { desks, owner, other, at } = await ready();
    const { document, body, letter } = await publish(desks, owner, at);
    expect(await owner.act("letter-publish", body)).toEqual({ letter, epoch: 1, slot: 0 });
    const file = await fetch(`${desks.board.url}/w/${at.workforce}/manifests/${letter}.json`);
    expect(await file.json()).toMatchObject({
      title: "A letter",
      organisers: [owner.organiser.publicKey, other.organiser.publicKey].sort(),
    });
    const { letters } = await owner.act("letters", {});
    expect(letters).toMatchObject([
      { letter, title: "A letter", state: "quiet", listed: true, linkKey: null, count: 0 },
    ]);
    expect((await owner.act("documents", {})).documents).toContainEqual(
      expect.objectContaining({ id: document, state: "published", published: letter }),
    );
    const changes = [{ name: "title", base: 1, value: '"Other"' }];
    expect(outcome(await owner.try("document-save", { id: document, changes }))).toBe("document-published");
    expect(outcome(await owner.try("document-discard", { id: document }))).toBe("document-published");
  });

  it("is not published by one owner alone", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    await desks.invited(owner, "editor", "Editor");
    const at = await setUpWorkforce(desks, owner);
    await openEpoch(desks, owner, at);
    const document = await newLetter(desks, owner, at);
    const body = await letterBody(desks, owner, document, at);
    expect(outcome(await owner.try("letter-publish", body))).toBe("two-owners");
  });

  it("is not published by an editor, by an open page, by a stranger's key, or by an owner whom the workforce does not name", async () => {
    const { desks, owner, other, at } = await ready();
    const editor = await desks.invited(owner, "editor", "Editor");
    const document = await newLetter(desks, editor, at);
    const body = await letterBody(desks, owner, document, at);
    expect(outcome(await editor.try("letter-publish", body))).toBe("not-allowed");
    expect(outcome(await owner.try("letter-publish", body, null))).toBe("key-needed");
    expect(outcome(await other.try("letter-publish", body))).toBe("not-your-key");
    const later = await desks.invited(owner, "owner", "Later");
    const theirs = await letterBody(desks, later, document, at);
    expect(outcome(await later.try("letter-publish", theirs))).toBe("not-an-opener");
    expect((await owner.act("letters", {})).letters).toEqual([]);
  });

  it("is not published with other words, organisers or days than the document's", async () => {
    const { desks, owner, at } = await ready();
    const document = await newLetter(desks, owner, at);
    const body = await letterBody(desks, owner, document, at);
    for (const change of [
      { body: "Other words." },
      { organisers: [owner.organiser.publicKey] },
      { closes: addDays(body.manifest.closes, -1) },
      { replaces: at.workforce },
    ]) {
      const manifest = { ...body.manifest, ...change };
      const leaf = await leafFor(owner, manifest, at.workforce, owner.organiser);
      expect(outcome(await owner.try("letter-publish", { ...body, manifest, leaf }))).toBe(
        "manifest-differs",
      );
    }
    expect(
      outcome(await owner.try("letter-publish", { ...body, unlisted: encodeBase64url(randomBytes(32)) })),
    ).toBe("listing-differs");
  });

  it("that somebody has changed while it was reviewed is not published", async () => {
    const { desks, owner, other, at } = await ready();
    const document = await newLetter(desks, owner, at);
    const body = await letterBody(desks, owner, document, at);
    await fill(other, document, { title: "Changed" });
    expect(outcome(await owner.try("letter-publish", body))).toBe("manifest-differs");
  });

  it("that the document does not make is refused in the words of the page", async () => {
    const { desks, owner, at } = await ready();
    const document = await newLetter(desks, owner, at);
    const body = await letterBody(desks, owner, document, at);
    await fill(owner, document, { closes: addDays(body.manifest.opens, -1) });
    expect(await owner.try("letter-publish", body)).toMatchObject({ body: { code: "manifest-problems" } });
  });

  it("begins its new version with its own text, and the new one names it", async () => {
    const { desks, owner, at } = await ready();
    const { letter } = await publish(desks, owner, at, {
      demands: ["a"],
      "demand:a": { title: "A", text: "B", met: "C" },
    });
    const id = await newLetter(desks, owner, at, { body: "Better words." }, letter);
    const body = await letterBody(desks, owner, id, at);
    expect(body.manifest).toMatchObject({
      replaces: letter,
      body: "Better words.",
      demands: [{ id: "a", met: "C" }],
    });
    await owner.act("letter-publish", body);
    const of = { id: randomId(), kind: "letter" as const, workforce: at.workforce, replaces: at.workforce };
    expect(outcome(await owner.try("document-new", of))).toBe("letter-unknown");
  });
});

describe("an unlisted letter", () => {
  it("is read with its link alone until an owner whom it names makes it public", async () => {
    const { desks, owner, other, at } = await ready();
    const linkKey = randomBytes(32);
    const { letter, body } = await publish(desks, owner, at, {}, encodeBase64url(linkKey));
    const url = `${desks.board.url}/w/${at.workforce}`;
    expect((await fetch(`${url}/manifests/${letter}.json`)).status).toBe(404);
    const sealed = new Uint8Array(await (await fetch(`${url}/unlisted/${letter}.json`)).arrayBuffer());
    const of = { workforce: at.workforce, letter };
    expect(await openSealedLetter(parseSealedLetter(sealed), linkKey, of)).toEqual(bytesOf(body.manifest));
    expect((await other.act("letters", {})).letters).toMatchObject([
      { letter, listed: false, linkKey: encodeBase64url(linkKey) },
    ]);

    const request = { type: "reveal-request", v: 1, ...of } as const;
    const reveal = (by: Member) => ({ ...of, sig: signObject(request, by.organiser).sig });
    const late = await desks.invited(owner, "owner", "Late");
    expect(outcome(await late.try("letter-reveal", reveal(late)))).toBe("signature-invalid");
    expect(outcome(await owner.try("letter-reveal", reveal(owner), null))).toBe("key-needed");
    await other.act("letter-reveal", reveal(other));
    await owner.act("letter-reveal", reveal(owner));
    const file = new Uint8Array(await (await fetch(`${url}/manifests/${letter}.json`)).arrayBuffer());
    expect(letterId(file)).toBe(letter);
    expect((await owner.act("letters", {})).letters).toMatchObject([{ listed: true, linkKey: null }]);
  });
});

describe("a captured copy", () => {
  const TEXT = new TextEncoder().encode("What the page said on that day.\n");
  /** Within what cleaning lets through, and seconds of work: very many elements that cross one another. */
  const HOSTILE = new TextEncoder().encode(`<!doctype html>${"<p><b><i>a<p></b>".repeat(20_000)}`);
  const PIXEL = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );

  it("that holds more than it shows, or is of another kind, is refused though the page sent it", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner();
    const add = (bytes: Uint8Array) => owner.try("copy-add", { bytes: encodeBase64url(bytes) });
    expect(outcome(await add(Buffer.concat([PIXEL, Buffer.from("GPS 52.5 N")])))).toBe("copy-not-clean");
    expect(outcome(await add(Buffer.from("caf\u00e9\u200b watermark")))).toBe("copy-not-clean");
    expect(outcome(await add(Buffer.from("PK\u0003\u0004 a document")))).toBe("copy-not-clean");
    const { bytes } = await cleanFile(PIXEL);
    expect((await add(bytes)).body.body).toMatchObject({ type: "image/png", bytes: bytes.length });
  });

  it("that was made to stop the board is refused within its bounds, and the next one is taken", async () => {
    const desks = await Desks.start(undefined, {
      judgeCopy: createCopyJudge({ heapMib: 24, timeMs: 60_000 }),
    });
    const owner = await desks.owner();
    const add = (bytes: Uint8Array) => owner.try("copy-add", { bytes: encodeBase64url(bytes) });
    const [hostile, harmless] = await Promise.all([add(HOSTILE), add(TEXT)]);
    expect(outcome(hostile)).toBe("copy-too-hard");
    expect(harmless.body.body).toMatchObject({ type: "text/plain" });
    await expect(createCopyJudge({ heapMib: 256, timeMs: 1 })(HOSTILE)).rejects.toMatchObject({
      code: "copy-too-hard",
    });
  });

  it("keeps nobody waiting: the board answers while a hostile file is cleaned", async () => {
    let begun = () => {};
    const begins = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const judge = createCopyJudge();
    const desks = await Desks.start(undefined, {
      judgeCopy(bytes) {
        begun();
        return judge(bytes);
      },
    });
    const owner = await desks.owner();
    const other = await desks.invited(owner, "editor", "Elm");
    const order: string[] = [];
    const adding = owner
      .try("copy-add", { bytes: encodeBase64url(HOSTILE) })
      .then((answer) => order.push(outcome(answer)));
    await begins;
    await other.act("home", {}).then(() => order.push("answered"));
    await adding;
    expect(order).toEqual(["answered", "copy-not-clean"]);
  });

  it("is nobody's to read until a public letter names it, and then a file that no browser shows", async () => {
    const { desks, owner, at } = await ready();
    const { sha256: sha } = await owner.act("copy-add", { bytes: encodeBase64url(TEXT) });
    expect((await owner.act("copy-read", { sha256: sha })).bytes).toBe(encodeBase64url(TEXT));
    const url = `${desks.board.url}/w/${at.workforce}/copies/${sha}`;
    expect((await fetch(url)).status).toBe(404);

    const linkKey = encodeBase64url(randomBytes(32));
    const { letter } = await publish(desks, owner, at, source(sha), linkKey);
    expect((await fetch(url)).status).toBe(404);
    // Not by asking the board for it either.
    await desks.desk.board.publishCopies({ workforce: at.workforce, letter, copies: [TEXT] });
    expect((await fetch(url)).status).toBe(404);

    const request = { type: "reveal-request", v: 1, workforce: at.workforce, letter } as const;
    const { sig } = signObject(request, owner.organiser);
    await owner.act("letter-reveal", { workforce: at.workforce, letter, sig });
    const stranger = new TextEncoder().encode("What no letter names.");
    await desks.desk.board.publishCopies({ workforce: at.workforce, letter, copies: [stranger] });
    const strange = encodeBase64url(sha256(stranger));
    expect((await fetch(url.replace(sha, strange))).status).toBe(404);
    const answer = await fetch(url);
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(TEXT);
    expect(answer.headers.get("content-disposition")).toBe("attachment");
    expect(answer.headers.get("content-security-policy")).toContain("sandbox");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("that is not at the desk stops the letter that names it", async () => {
    const { desks, owner, at } = await ready();
    const document = await newLetter(desks, owner, at, source(encodeBase64url(randomBytes(32))));
    const body = await letterBody(desks, owner, document, at);
    expect(outcome(await owner.try("letter-publish", body))).toBe("copy-unknown");
  });
});

describe("closing early", () => {
  async function published() {
    const set = await ready();
    const { letter } = await publish(set.desks, set.owner, set.at);
    const of = { workforce: set.at.workforce, letter };
    const closes = (by: Member, days: number) => {
      const day = addDays(set.desks.desk.clock.day(), days);
      return { ...of, closes: day, sig: signEarlyClosing({ ...of, closes: day }, by.organiser).sig };
    };
    return { ...set, of, closes };
  }

  it("takes two owners, and is in the log once the second has agreed", async () => {
    const { owner, other, of, closes } = await published();
    await owner.act("closing-propose", closes(owner, 5));
    await owner.act("closing-propose", closes(owner, 5));
    expect((await owner.act("letters", {})).letters).toMatchObject([{ state: "quiet" }]);
    await other.act("closing-agree", closes(other, 5));
    await other.act("closing-agree", closes(other, 5));
    expect((await owner.act("letters", {})).letters).toMatchObject([
      { state: "closing", closes: "2026-03-06" },
    ]);
    expect(outcome(await owner.try("closing-drop", of))).toBe("closing-exists");
    expect(outcome(await owner.try("closing-propose", closes(owner, 4)))).toBe("closing-exists");
    const { entries } = await owner.act("entries", { before: null });
    expect(entries.filter(({ act }) => act.startsWith("closing-")).map(({ alias }) => alias)).toEqual([
      "Other",
      "Owner",
    ]);
  });

  it("is not done by one owner, in 24 hours, for another day, or by somebody whom the letter does not name", async () => {
    const { desks, owner, other, closes } = await published();
    expect(outcome(await owner.try("closing-propose", closes(owner, 1)))).toBe("closing-days");
    expect(outcome(await owner.try("closing-propose", closes(owner, 30)))).toBe("closing-days");
    expect(outcome(await owner.try("closing-propose", closes(other, 5)))).toBe("signature-wrong");
    expect(outcome(await owner.try("closing-agree", closes(owner, 5)))).toBe("closing-unknown");
    await owner.act("closing-propose", closes(owner, 5));
    expect(outcome(await owner.try("closing-agree", closes(owner, 5)))).toBe("closing-by-one");
    expect(outcome(await other.try("closing-agree", closes(other, 6)))).toBe("closing-unknown");
    expect(outcome(await other.try("closing-propose", closes(other, 6)))).toBe("closing-exists");
    const later = await desks.invited(owner, "owner", "Later");
    expect(outcome(await later.try("closing-agree", closes(later, 5)))).toBe("not-your-key");
    expect((await owner.act("letters", {})).letters).toMatchObject([{ closes: "2026-03-31" }]);
  });

  it("is refused once the day has come too near, and by the word of an owner who was removed", async () => {
    const { desks, owner, other, of, closes } = await published();
    const agreed = closes(other, 4);
    await owner.act("closing-propose", closes(owner, 4));
    desks.passDays(3);
    for (const member of [owner, other]) await member.signInAgain();
    expect(outcome(await other.try("closing-agree", agreed))).toBe("closing-days");
    await owner.act("closing-drop", of);
    await owner.act("closing-propose", closes(owner, 5));
    await other.act("remove-organiser", { id: owner.id });
    expect(outcome(await other.try("closing-agree", closes(other, 5)))).toBe("closing-unknown");
  });
});

describe("the disk in hand", () => {
  it("shows no word of a draft, no name of a field, no copy, no link key and no proposal", async () => {
    const { desks, owner, at } = await ready();
    const canary = "Quernstone meadowsweet";
    const copy = new TextEncoder().encode(`${canary} copied\n`);
    const { sha256 } = await owner.act("copy-add", { bytes: encodeBase64url(copy) });
    const linkKey = randomBytes(32);
    const change = { ...source(sha256), title: `${canary} title`, passOn: `${canary} pass on` };
    const { letter } = await publish(desks, owner, at, change, encodeBase64url(linkKey));
    const of = { workforce: at.workforce, letter, closes: "2026-03-06" };
    await owner.act("closing-propose", { ...of, sig: signEarlyClosing(of, owner.organiser).sig });

    const files = await readdir(desks.dataDir, { recursive: true, withFileTypes: true });
    const disk = Buffer.concat(
      await Promise.all(
        files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
      ),
    );
    // What is public is there: so it is the right disk, and it is read whole.
    expect(disk.includes("Example Works")).toBe(true);
    const secrets = [
      canary,
      "supplementTitle",
      "claim:one",
      "passOn",
      Buffer.from(linkKey),
      encodeBase64url(linkKey),
    ];
    for (const secret of [...secrets, sha256, Buffer.from(sha256, "base64url"), "document-save"]) {
      expect(disk.includes(secret), String(secret)).toBe(false);
    }
  });
});
