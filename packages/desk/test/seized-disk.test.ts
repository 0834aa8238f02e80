/**
 * The server's disk in hand: everything that the process ever wrote, read while it runs and after, holds no alias, act, role,
 * invitation, token or key of an organiser. The canaries are searched for as text, as bytes and in the encodings in use; that the
 * search finds what is there is shown by public things that must be there.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { boardEvents, openBoard } from "@undersigned/board";
import {
  addDays,
  encodeBase64url,
  randomBytes,
  sha256,
  signEarlyClosing,
  utf8Encode,
} from "@undersigned/core";
import { createLogger } from "@undersigned/service";
import { describe, expect, it } from "vitest";
import {
  answerMail,
  CHIEF,
  closedLetter,
  deliveryBody,
  dns,
  judgement,
  newSalt,
  signed,
} from "./answered-kit.ts";
import { Authenticator } from "./authenticator.ts";
import { fill, letterBody, newLetter, openEpoch, setUpWorkforce } from "./content-kit.ts";
import { Desks, randomId } from "./kit.ts";

async function everything(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))));
}

/** A secret as it could lie there. */
function spellings(canary: string): Buffer[] {
  const raw = /^[\w-]{43}$/.test(canary) ? [Buffer.from(canary, "base64url")] : [];
  const bytes = [Buffer.from(canary), ...raw];
  return bytes.flatMap((one) => [
    one,
    Buffer.from(one.toString("hex")),
    Buffer.from(one.toString("base64url")),
    Buffer.from(one.toString("base64")),
    Buffer.from(one.toString("utf8"), "utf16le"),
  ]);
}

const found = (disk: Buffer, canary: string) => spellings(canary).some((one) => disk.includes(one));

describe("a seized disk", () => {
  it("has nothing of the desk that can be read, in database, write-ahead log, log lines or elsewhere", async () => {
    const desks = await Desks.start();
    desks.address = desks.board.url.replace("127.0.0.1", "localhost");
    const token = desks.token!;
    const owner = await desks.owner("Quetzal-Owner");
    const { invitation } = await owner.act("invite", { id: randomId(), role: "moderator" });
    const other = await desks.invited(owner, "editor", "Axolotl-Editor");
    await other.act("rename", { alias: "Ocelot-Renamed" });
    const { storeKey } = await other.signInAgain();
    const authenticator = new Authenticator();
    const { options } = await owner.act("passkey-options", {});
    const registration = authenticator.create(options, desks.address);
    await owner.act("passkey-add", { name: "Tapir-Phone", registration });
    const removed = await desks.invited(owner, "moderator", "Pangolin-Gone");
    await owner.act("remove-organiser", { id: removed.id });

    const canaries = [
      token,
      invitation,
      storeKey,
      authenticator.id,
      "Quetzal-Owner",
      "Axolotl-Editor",
      "Ocelot-Renamed",
      "Pangolin-Gone",
      "Tapir-Phone",
      ...[owner, other, removed].flatMap((one) => [one.organiser.publicKey, one.session.publicKey]),
      ...["remove-organiser", "moderator", "editor", "owner", "invite", "rename"],
    ];
    const check = (disk: Buffer) => {
      expect(canaries.filter((canary) => found(disk, canary))).toEqual([]);
      // The search finds what is there: an organiser's random id, and the day to which a session lasts.
      expect(found(disk, "2026-03-02")).toBe(true);
      expect(disk.includes(Buffer.from(owner.id, "base64url"))).toBe(true);
    };
    check(await everything(desks.dataDir));
    expect(canaries.filter((canary) => found(Buffer.from(desks.out.join("")), canary))).toEqual([]);
    await desks.board.close();
    check(await everything(desks.dataDir));

    // Without the passphrase nothing opens.
    const opening = openBoard({
      dataDir: desks.dataDir,
      lock: { passphrase: "a guess" },
      logger: createLogger(boardEvents, { stream: { write: () => {} } }),
    });
    await expect(opening).rejects.toMatchObject({ code: "wrong-passphrase" });
    await desks.open();
    desks.address = undefined;
    expect((await owner.act("organisers", {})).organisers.map(({ alias }) => alias)).toEqual([
      "Ocelot-Renamed",
      "Quetzal-Owner",
    ]);
  });

  it("has nothing of what organisers write, of an unlisted letter, or of their lists", async () => {
    const desks = await Desks.start();
    const owner = await desks.owner("Quetzal-Owner");
    await desks.invited(owner, "owner", "Axolotl-Other");
    const at = await setUpWorkforce(desks, owner);
    await openEpoch(desks, owner, at);

    // A draft with a captured copy, and a workforce that is only described.
    const draft = await newLetter(desks, owner, at, {
      title: "Narwhal-Title",
      body: "Marmot-Body of a draft.",
    });
    const copy = utf8Encode("Lemur-Copy of a page");
    await owner.act("copy-add", { bytes: encodeBase64url(copy) });
    const other = randomId();
    await owner.act("document-new", { id: other, kind: "workforce", workforce: null, replaces: null });
    await fill(owner, other, { employer: "Kestrel-Works", groups: ["gibbon-*"] });
    await owner.act("moderation-lists-save", { publicFigures: ["Ibis-Figure"], words: ["tamarin"], base: 0 });

    // An unlisted letter, and a proposal to close it early.
    const text = { title: "Okapi-Title", body: "Vicuna-Body of an unlisted letter.", listed: false };
    const unlisted = await newLetter(desks, owner, at, text);
    const linkKey = encodeBase64url(randomBytes(32));
    const body = { ...(await letterBody(desks, owner, unlisted, at)), unlisted: linkKey };
    const { letter } = await owner.act("letter-publish", body);
    const closes = addDays(desks.desk.clock.day(), 5);
    const closing = { workforce: at.workforce, letter, closes };
    const sig = signEarlyClosing(closing, owner.organiser).sig;
    await owner.act("closing-propose", { ...closing, sig });

    const canaries = [
      ...[
        "Narwhal-Title",
        "Marmot-Body",
        "Lemur-Copy",
        "Kestrel-Works",
        "gibbon-*",
        "Ibis-Figure",
        "tamarin",
      ],
      ...["Okapi-Title", "Vicuna-Body", linkKey, sig, "document-save", "Quetzal-Owner"],
      encodeBase64url(sha256(copy)),
    ];
    const check = (disk: Buffer) => {
      expect(canaries.filter((canary) => found(disk, canary))).toEqual([]);
      // What is public is there: the workforce's manifest, and the letter's id.
      expect(found(disk, "Example Works")).toBe(true);
      expect(found(disk, letter)).toBe(true);
    };
    check(await everything(desks.dataDir));
    expect(canaries.filter((canary) => found(Buffer.from(desks.out.join("")), canary))).toEqual([]);
    await desks.board.close();
    check(await everything(desks.dataDir));
    await desks.open();
    const { fields } = await owner.act("document-read", { id: draft });
    expect(fields.find(({ name }) => name === "title")?.value).toBe('"Narwhal-Title"');
  });

  it("has nothing of what was prepared, of mails that do not count and whoever sent them, or of proposals", async () => {
    const answered = await closedLetter({ lookUpTxt: dns } as Parameters<typeof closedLetter>[0]);
    const { desks, owner, at } = answered;
    const prepared = await owner.act("delivery-prepare", at);
    const proposed = signed(owner, judgement(at, { reason: "Wallaby-Reason of a judgement." }));
    await owner.act("judgement-propose", { record: proposed.record, sig: proposed.sig });
    const entry = signed(owner, {
      ...{
        type: "chronicle-record",
        v: 1,
        salt: newSalt(),
        ...at,
        on: desks.desk.clock.day(),
        replaces: null,
      },
      entry: { kind: "mirror", url: "https://bandicoot-mirror.example.com" },
    } as const);
    await owner.act("chronicle-propose", { record: entry.record, sig: entry.sig });
    const { nonce, address } = await owner.act("delivery", at);
    const document = await owner.act("delivery-file", { ...at, which: "document" });
    const pdf = Buffer.from(document.file, "base64url").toString();
    const waiting = [proposed, entry].flatMap(({ sig, hash }) => [sig, hash]);
    const secrets = ["Wallaby-Reason", "bandicoot", ...waiting, nonce!, address!.split("@")[0]!, pdf];
    const before = await everything(desks.dataDir);
    expect(secrets.filter((canary) => found(before, canary))).toEqual([]);

    // Handed over, the document and its commitments are public; the mark and what comes by mail are not.
    await owner.act("delivery-make", deliveryBody(answered, prepared, "hand"));
    const day = desks.desk.clock.day();
    const from = "quokka-sender@elsewhere.example";
    const text = "Numbat-Text of a stranger.";
    const mail = await answerMail({
      to: address!,
      subject: `Dingo-Subject ${nonce}`,
      day,
      from,
      text,
      dkim: "none",
    });
    const dropped = { ...at, mail: Buffer.from(mail).toString("base64url") };
    expect((await owner.act("answer-drop", dropped)).verified).toBe(false);
    const canaries = [
      ...["Wallaby-Reason", "bandicoot", nonce!, ...waiting],
      ...[
        "quokka-sender",
        "elsewhere.example",
        "Numbat-Text",
        "Dingo-Subject",
        "delivery-make",
        "answer-drop",
      ],
    ];
    const check = (disk: Buffer) => {
      expect(canaries.filter((canary) => found(disk, canary))).toEqual([]);
      expect(found(disk, prepared.document)).toBe(true);
      expect(found(disk, pdf)).toBe(true);
    };
    check(await everything(desks.dataDir));
    const lines = Buffer.from(desks.out.join(""));
    expect([...canaries, address!, CHIEF].filter((canary) => found(lines, canary))).toEqual([]);
    await desks.board.close();
    check(await everything(desks.dataDir));
    await desks.open();
    expect((await owner.act("answers", at)).unverified).toMatchObject([{ text }]);
  });
});
