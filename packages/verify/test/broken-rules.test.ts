/**
 * Logs whose own operator breaks a rule and signs the result: the tree is sound, the checkpoint genuine, and still every
 * breach is found, by its code and at its leaf (PROTOCOL §4, §5, §10).
 */
import {
  encodeCanonical,
  encodeKeyStatement,
  type JsonValue,
  type KeyStatement,
  keyStatementHash,
  leafName,
  parseKeyStatement,
  type SignatoryLeaf,
  signObject,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import type { Mutable } from "../../../test/kit/log-builder.ts";
import {
  CLOSING_DAY,
  count,
  endorsements,
  FIRST_DAY,
  failures,
  LogBuilder,
  openedLog,
  recountLog,
  smallLog,
} from "./helpers.ts";

const NO_COUNTS = { mailbox: 0, vouched: 0 };

type Statement = Mutable<Omit<KeyStatement, "sig">>;

/** Changes the statement of one registrar. */
function ofRegistrar(number: number, edit: (statement: Statement) => unknown) {
  return (statement: Statement, registrar: number): void => {
    if (registrar === number) edit(statement);
  };
}

/** The epoch is over. */
const LATER = "2026-09-01";

describe("a leaf", () => {
  it("that is no JSON, not canonical or of no known type is malformed", async () => {
    const { log } = smallLog();
    const first = log.entries.length;
    log.appendRaw(new TextEncoder().encode("hello"));
    log.appendRaw(new TextEncoder().encode(' {"type":"withdrawal","v":1}'));
    log.appendRaw(encodeCanonical({ type: "delivery", v: 1 }));
    const report = await recountLog(log);
    expect(failures(report)).toEqual([0, 1, 2].map((i) => `leaf-malformed ${first + i}`));
    expect(count(report)).toBe(5);
  });

  it("of a signatory with white space, an unknown field or a byte order mark is malformed and not counted", async () => {
    const { log, letter } = openedLog();
    const good = log.endorse(letter, 0);
    const text = JSON.stringify(
      JSON.parse(new TextDecoder().decode(encodeCanonical(good as unknown as JsonValue))),
    );
    const batch = log.addBatch(FIRST_DAY, [good, log.endorse(letter, 1)], {
      edit: (leaf) => {
        leaf.letters[0]!.mailbox = 5;
      },
    });
    const first = log.entries.length;
    log.appendRaw(new TextEncoder().encode(`\ufeff${text}`));
    log.appendRaw(new TextEncoder().encode(text.replace(",", ", ")));
    log.appendRaw(new TextEncoder().encode(text.replace('"seq":0', '"extra":1,"seq":0')));
    const report = await recountLog(log);
    expect(failures(report)).toEqual([0, 1, 2].map((i) => `leaf-malformed ${first + i}`));
    expect(batch).toBe(3);
    expect(count(report)).toBe(2);
  });

  it("0 is the workforce's", async () => {
    const { log } = smallLog();
    const [first, second] = log.entries;
    log.entries[0] = second!;
    log.entries[1] = first!;
    const found = failures(await recountLog(log));
    expect(found).toContain("leaf-out-of-place 0");
    expect(found).toContain("leaf-out-of-place 1");
  });

  it("of another workforce is refused, of whatever type", async () => {
    const other = smallLog({ seed: "another" }).log.workforce;
    const strange = { edit: (leaf: { workforce: string }) => (leaf.workforce = other) };
    const batch = openedLog();
    const batchAt = batch.log.addBatch(FIRST_DAY, endorsements(batch.log, batch.letter, 2), strange);
    expect(failures(await recountLog(batch.log))).toEqual([`workforce-mismatch ${batchAt}`]);
    const issuance = openedLog();
    const issuanceAt = issuance.log.addIssuance(0, FIRST_DAY, 20, strange);
    expect(failures(await recountLog(issuance.log))).toEqual([
      `workforce-mismatch ${issuanceAt}`,
      "index-wrong -",
    ]);
    const destruction = openedLog();
    const destructionAt = destruction.log.addDestruction(0, LATER, strange);
    expect(failures(await recountLog(destruction.log))).toEqual([
      `workforce-mismatch ${destructionAt}`,
      "index-wrong -",
    ]);
    const epoch = new LogBuilder();
    epoch.addEpoch({ leaf: strange.edit });
    expect(failures(await recountLog(epoch))).toContain("workforce-mismatch 1");
    const letter = new LogBuilder();
    letter.addEpoch();
    letter.addLetter({ leaf: strange.edit });
    expect(failures(await recountLog(letter))).toContain("workforce-mismatch 2");
    const workforce = new LogBuilder({ leaf: strange.edit });
    expect(failures(await recountLog(workforce))).toContain("workforce-mismatch 0");
  });
});

describe("an empty log", () => {
  it("is no workforce's", async () => {
    const log = new LogBuilder();
    log.entries.length = 0;
    expect(failures(await recountLog(log))).toContain("leaf-out-of-place -");
  });
});

describe("the chain of manifests", () => {
  it("begins with the signatures of all registrars", async () => {
    const log = new LogBuilder({ leaf: (leaf) => leaf.signatures.pop() });
    expect(failures(await recountLog(log))).toContain("manifest-signatures 0");
  });

  it("has no signature of another manifest, and none of strangers", async () => {
    const forged = new LogBuilder({
      leaf: (leaf) => {
        leaf.signatures[0]!.sig = leaf.signatures[1]!.sig;
      },
    });
    expect(failures(await recountLog(forged))).toContain("manifest-signatures 0");
    const stranger = new LogBuilder({ seed: "stranger" }).registrars[0]!;
    const strange = new LogBuilder({
      leaf: (leaf) => {
        leaf.signatures.push({ registrar: stranger.publicKey, sig: leaf.signatures[0]!.sig });
        leaf.signatures.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
      },
    });
    expect(failures(await recountLog(strange))).toContain("manifest-signatures 0");
  });

  it("goes on with a quorum of the version before", async () => {
    const { log } = smallLog();
    const at = log.addVersion((m) => (m.employer = "Example Works Ltd"), {
      signers: log.registrars.slice(0, 1),
    });
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`manifest-signatures ${at}`, "index-wrong -"]);
    expect(report.employer).toBe("Example Works");
  });

  it("asks a new registrar too", async () => {
    const { log } = smallLog();
    const added = log.signer("new");
    const at = log.addVersion((manifest) => {
      manifest.registrars.push({
        identity: added.publicKey,
        name: "N",
        operator: "N",
        url: "https://n.example.com",
      });
      manifest.registrars.sort((a, b) => (a.identity < b.identity ? -1 : 1));
      manifest.quorum = 3;
      manifest.bounds = { forge: 2, double: 1, outage: 1 };
    });
    expect(failures(await recountLog(log))).toContain(`manifest-signatures ${at}`);
  });

  it("does not change the log's key", async () => {
    const { log } = smallLog();
    const other = new LogBuilder({ seed: "another" }).manifest.log;
    const at = log.addVersion((manifest) => {
      manifest.log = { ...other };
    });
    log.manifest = { ...log.manifest, log: smallLog().log.manifest.log };
    expect(failures(await recountLog(log))).toContain(`manifest-chain-broken ${at}`);
  });

  it.each([
    ["skips no version", (m: { version: number }) => (m.version = 3)],
    ["names the one before", (m: { previous: string | null }) => (m.previous = "A".repeat(43))],
    ["stays with one workforce", (m: { workforce: string | null }) => (m.workforce = "A".repeat(43))],
  ])("%s", async (_rule, edit) => {
    const { log } = smallLog();
    const at = log.addVersion(edit);
    expect(failures(await recountLog(log))).toContain(`manifest-chain-broken ${at}`);
  });

  it("agrees with its leaves", async () => {
    const { log } = smallLog();
    const at = log.addVersion(() => {}, { leaf: (leaf) => (leaf.previous = "A".repeat(43)) });
    expect(failures(await recountLog(log))).toContain(`manifest-chain-broken ${at}`);
  });

  it("has one version 1", async () => {
    const { log } = smallLog();
    const at = log.appendRaw(log.entries[0]!);
    expect(failures(await recountLog(log))).toContain(`leaf-out-of-place ${at}`);
  });
});

describe("an epoch", () => {
  it.each([0, 2].map((n) => n + 1))("that is not the next one (%i) is refused", async (epoch) => {
    const { log } = smallLog();
    if (epoch === 3) log.addEpoch({ epoch: 3 });
    else log.addEpoch({ epoch: 1 });
    const found = failures(await recountLog(log));
    expect(found).toContain(`epoch-number ${log.entries.length - 1}`);
  });

  it("under a manifest that is not in force is refused", async () => {
    const log = new LogBuilder();
    const earlier = log.manifestHash;
    log.addVersion((manifest) => (manifest.employer = "Example Works Ltd"));
    log.addEpoch({ leaf: (leaf) => (leaf.manifest = earlier), statement: (s) => (s.manifest = earlier) });
    expect(failures(await recountLog(log))).toContain("epoch-manifest 2");
  });

  it("with statements of fewer than the quorum is refused", async () => {
    const log = new LogBuilder();
    log.addEpoch({ registrars: [1] });
    expect(failures(await recountLog(log))).toEqual(["epoch-statements 1"]);
  });

  it.each([
    ["workforce", (s: { workforce: string }) => (s.workforce = "A".repeat(43))],
    ["epoch", (s: { epoch: number }) => (s.epoch = 2)],
    ["opening day", (s: { opens: string }) => (s.opens = "2026-02-01")],
    ["closing day", (s: { closes: string }) => (s.closes = "2027-02-01")],
    ["mailbox rules", (s: { mailboxes: { plus: boolean } }) => (s.mailboxes.plus = false)],
    [
      "evidence",
      (s: { evidence: { kind: string; class: string }[] }) =>
        s.evidence.unshift({ kind: "existing-mail", class: "mailbox" }),
    ],
    ["manifest", (s: { manifest: string }) => (s.manifest = "A".repeat(43))],
  ])("with a statement of another %s does not use its keys", async (_what, edit) => {
    const log = new LogBuilder();
    // biome-ignore lint/suspicious/noExplicitAny: each case names the part that it changes.
    log.addEpoch({ statement: (statement, registrar) => registrar === 0 && (edit as any)(statement) });
    const letter = log.addLetter();
    log.addBatch(FIRST_DAY, endorsements(log, letter, 2));
    const found = failures(await recountLog(log));
    expect(found).toContain("statement-mismatch 1");
    expect(found).toContain("token-registrar-unknown 4");
  });

  it("with a statement that its registrar did not sign does not use its keys", async () => {
    const log = new LogBuilder();
    const { publicKey } = log.registrars[0]!;
    // Signed by registrar 1, and in the leaf under registrar 1: it names another one.
    log.addEpoch({ statement: ofRegistrar(1, (statement) => (statement.registrar = publicKey)) });
    expect(failures(await recountLog(log))).toContain("statement-mismatch 1");
    const unsigned = new LogBuilder();
    unsigned.addEpoch({
      leaf: (leaf) => {
        const [one, two] = leaf.statements.map(({ statement }) =>
          parseKeyStatement(unsigned.documents.get(`statements/${statement}.json`)!),
        );
        const file = encodeKeyStatement({ ...one!, sig: two!.sig });
        leaf.statements[0]!.statement = keyStatementHash(file);
        unsigned.documents.set(`statements/${keyStatementHash(file)}.json`, file);
      },
    });
    expect(failures(await recountLog(unsigned))).toEqual(["statement-signature 1"]);
    const forged = new LogBuilder();
    forged.addEpoch({
      leaf: (leaf) => {
        const [one, two] = leaf.statements;
        leaf.statements = [
          { registrar: one!.registrar, statement: two!.statement },
          { registrar: two!.registrar, statement: one!.statement },
          leaf.statements[2]!,
        ];
      },
    });
    expect(failures(await recountLog(forged)).filter((f) => f === "statement-mismatch 1")).toHaveLength(2);
  });

  it("with a statement of a stranger does not use its keys", async () => {
    const { log } = openedLog();
    const stranger = log.signer("stranger");
    const other = new LogBuilder();
    other.addEpoch({
      leaf: (leaf) => {
        leaf.statements[0]!.registrar = stranger.publicKey;
        leaf.statements.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
      },
    });
    expect(failures(await recountLog(other))).toContain("epoch-statements 1");
  });

  it("with one modulus twice in a statement, between registrars or between epochs is reported", async () => {
    const within = new LogBuilder();
    within.addEpoch({ statement: ofRegistrar(0, (s) => (s.keys[1]!.spki = s.keys[0]!.spki)) });
    expect(failures(await recountLog(within))).toEqual(["modulus-repeated 1"]);

    const between = new LogBuilder();
    let spki = "";
    between.addEpoch({
      statement: (s, registrar) => {
        if (registrar === 0) spki = s.keys[5]!.spki;
        if (registrar === 1) s.keys[7]!.spki = spki;
      },
    });
    expect(failures(await recountLog(between))).toEqual(["modulus-repeated 1"]);

    const later = new LogBuilder();
    later.addEpoch({ statement: ofRegistrar(2, (s) => (spki = s.keys[15]!.spki)) });
    later.addEpoch({
      opens: "2026-09-01",
      closes: "2027-02-01",
      statement: ofRegistrar(0, (s) => (s.keys[0]!.spki = spki)),
    });
    expect(failures(await recountLog(later))).toEqual(["modulus-repeated 2"]);
  });

  it("with a key that is no RSA key of 2048 bits is reported", async () => {
    const log = new LogBuilder();
    log.addEpoch({
      statement: ofRegistrar(0, (s) => (s.keys[3]!.spki = s.keys[3]!.spki.slice(0, -4))),
    });
    const even = new LogBuilder();
    even.addEpoch({
      statement: (s, registrar) => {
        if (registrar !== 0) return;
        const der = Buffer.from(s.keys[3]!.spki, "base64url");
        der[der.length - 6]! &= 0xfe;
        s.keys[3]!.spki = der.toString("base64url");
      },
    });
    for (const one of [log, even]) expect(failures(await recountLog(one))).toEqual(["bad-rsa-key 1"]);
  });
});

describe("a letter", () => {
  it("on a slot that belongs to another is reported", async () => {
    const { log } = openedLog();
    log.addLetter({ leaf: (leaf) => (leaf.slot = 0) });
    expect(failures(await recountLog(log))).toEqual(["letter-slot-taken 3"]);
  });

  it("that leaves a slot out is reported", async () => {
    const { log } = openedLog();
    log.addLetter({ leaf: (leaf) => (leaf.slot = 5) });
    expect(failures(await recountLog(log))).toEqual(["letter-slot-skipped 3"]);
  });

  it("beyond the sixteenth of an epoch has no slot", async () => {
    const log = new LogBuilder();
    log.addEpoch();
    for (let i = 0; i < 16; i++) log.addLetter();
    expect(failures(await recountLog(log))).toEqual([]);
    const at = log.addLetter({ leaf: (leaf) => (leaf.slot = 15) }).index;
    expect(failures(await recountLog(log))).toEqual([`letter-slot-taken ${at}`]);
  });

  it("that does not name the letter leaf before it breaks the chain", async () => {
    const { log } = openedLog();
    log.addLetter({ leaf: (leaf) => (leaf.previous = null) });
    expect(failures(await recountLog(log))).toEqual(["letter-chain-broken 3"]);
  });

  it("opened by a key that may not, or not signed by it, is reported", async () => {
    const { log } = openedLog();
    log.addLetter({ leaf: (leaf) => (leaf.by = log.boardSigner.publicKey) });
    expect(failures(await recountLog(log))).toEqual(["letter-opener 3", "signature-invalid 3"]);
  });

  it("opened twice is reported and counted once", async () => {
    const { log, letter } = smallLog();
    const { sig: _, ...unsigned } = letter.leaf;
    const previous = leafName(log.entries[letter.index]!);
    const at = log.appendLetter(signObject({ ...unsigned, slot: 1, previous }, log.opener)).index;
    const report = await recountLog(log);
    expect(failures(report)[0]).toBe(`letter-repeated ${at}`);
    expect(report.letters).toHaveLength(1);
    expect(count(report)).toBe(5);
  });

  it("of an epoch that has not begun, or beyond its days, is reported", async () => {
    const { log } = openedLog();
    log.addLetter({ leaf: (leaf) => (leaf.epoch = 2) });
    expect(failures(await recountLog(log))).toContain("letter-epoch 3");
    const early = new LogBuilder();
    early.addEpoch();
    early.addLetter({ opens: "2026-02-01" });
    expect(failures(await recountLog(early))).toEqual(["letter-days 2"]);
    const late = new LogBuilder();
    late.addEpoch();
    late.addLetter({ closes: "2026-09-01" });
    expect(failures(await recountLog(late))).toEqual(["letter-days 2"]);
  });

  it("whose leaf differs from its manifest is reported", async () => {
    for (const edit of [
      (leaf: { opens: string }) => (leaf.opens = "2026-03-03"),
      (leaf: { closes: string }) => (leaf.closes = "2026-04-29"),
      (leaf: { batch: { first: number } }) => (leaf.batch.first = 1),
    ]) {
      const log = new LogBuilder();
      log.addEpoch();
      log.addLetter({ leaf: edit });
      expect(failures(await recountLog(log))).toEqual(["manifest-mismatch 2"]);
    }
  });
});

describe("a batch", () => {
  it("whose leaf dropped, added or swapped one is miscounted", async () => {
    const { log, batch } = smallLog();
    log.entries.splice(batch + 2, 1);
    expect(failures(await recountLog(log))).toContain(`batch-count-wrong ${batch}`);

    const added = smallLog();
    added.log.appendSignatory(added.log.endorse(added.letter, 9));
    expect(failures(await recountLog(added.log))).toEqual([
      `leaf-out-of-place ${added.log.entries.length - 1}`,
      "count-inflated -",
    ]);

    const swapped = smallLog();
    const at = swapped.log.addBatch("2026-03-04", [swapped.log.withdraw(swapped.letter, 0)], {
      edit: (leaf) => Object.assign(leaf.letters[0]!, { withdrawals: 0, revisions: 1 }),
    });
    expect(failures(await recountLog(swapped.log))).toEqual([`batch-count-wrong ${at}`]);
  });

  it("that lacks leaves when another leaf begins is miscounted", async () => {
    const { log, letter } = openedLog();
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 2), {
      edit: (leaf) => (leaf.letters[0]!.mailbox = 3),
    });
    log.addIssuance(0, FIRST_DAY, 20);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`batch-count-wrong ${batch}`]);
    expect(count(report)).toBe(2);
  });

  it("that states a letter of which it has none, or that was never opened, is reported", async () => {
    const { log, letter } = openedLog();
    const none = log.addLetter();
    const row = { letter: none.letter, mailbox: 0, vouched: 0, revisions: 0, withdrawals: 0 };
    const byLetter = (a: { letter: string }, b: { letter: string }) => (a.letter < b.letter ? -1 : 1);
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 2), {
      edit: (leaf) => leaf.letters.push(row) && leaf.letters.sort(byLetter),
    });
    expect(failures(await recountLog(log))).toEqual([`batch-count-wrong ${batch}`]);

    const unknown = openedLog();
    const foreign = { ...unknown.letter, letter: "A".repeat(43) };
    const at = unknown.log.addBatch(FIRST_DAY, endorsements(unknown.log, foreign, 2));
    expect(failures(await recountLog(unknown.log))).toEqual([
      `letter-unknown ${at}`,
      `letter-unknown ${at + 1}`,
      `letter-unknown ${at + 2}`,
    ]);
  });

  it("before its letter's leaf is of a letter that is unknown then", async () => {
    const { log, letter } = openedLog();
    const leaf = log.entries.pop()!;
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 2), {
      edit: (value) => (value.previous = 2),
    });
    log.appendRaw(leaf);
    const found = failures(await recountLog(log));
    expect(found).toContain(`letter-unknown ${batch}`);
    expect(found).toContain(`letter-unknown ${batch + 1}`);
  });

  it("with its endorsements in another order is unsorted", async () => {
    const { log, letter } = openedLog();
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 3), {
      order: (sorted) => sorted.toReversed(),
    });
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`batch-unsorted ${batch + 2}`, `batch-unsorted ${batch + 3}`]);
    expect(count(report)).toBe(3);
  });

  it("with revisions and withdrawals before endorsements, or out of order, is unsorted", async () => {
    for (const order of [
      (sorted: readonly SignatoryLeaf[]) => [sorted.at(-1)!, ...sorted.slice(0, -1)],
      (sorted: readonly SignatoryLeaf[]) => [...sorted.slice(0, -2), sorted.at(-1)!, sorted.at(-2)!],
    ]) {
      const { log, letter } = smallLog();
      const later = [...endorsements(log, letter, 2, 5), log.withdraw(letter, 0), log.withdraw(letter, 1)];
      log.addBatch("2026-03-04", later, { order });
      const found = failures(await recountLog(log));
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((failure) => failure.startsWith("batch-unsorted"))).toBe(true);
    }
  });

  it("with a leaf twice is unsorted, and the leaf counts once", async () => {
    const { log, letter } = openedLog();
    const leaves = endorsements(log, letter, 3);
    const batch = log.addBatch(FIRST_DAY, [...leaves, leaves[0]!]);
    const report = await recountLog(log);
    expect(failures(report).map((failure) => failure.split(" ")[0])).toEqual([
      "batch-unsorted",
      "endorsement-repeated",
    ]);
    expect(report.failures.every(({ leaf }) => leaf !== null && leaf > batch)).toBe(true);
    expect(count(report)).toBe(3);
  });

  it("with another position than it states is reported", async () => {
    const { log, letter } = openedLog();
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 2), {
      edit: (leaf) => (leaf.previous = 2),
    });
    expect(failures(await recountLog(log))).toEqual([`batch-position ${batch}`]);
  });

  it("of the same or an earlier day than the one before is reported", async () => {
    for (const day of ["2026-03-05", "2026-03-04"]) {
      const { log, letter } = openedLog();
      log.addBatch("2026-03-05", endorsements(log, letter, 2));
      const second = log.addBatch(day, endorsements(log, letter, 2, 2));
      expect(failures(await recountLog(log))).toEqual([`batch-day-order ${second}`]);
    }
  });

  it("under the minimum is reported", async () => {
    const { log, letter } = smallLog();
    const batch = log.addBatch("2026-03-04", endorsements(log, letter, 1, 5));
    expect(failures(await recountLog(log))).toEqual([`batch-under-minimum ${batch}`]);
  });

  it("before the first number is reached is reported", async () => {
    const log = new LogBuilder();
    log.addEpoch();
    const letter = log.addLetter({ first: 10 });
    const batch = log.addBatch(FIRST_DAY, endorsements(log, letter, 9));
    expect(failures(await recountLog(log))).toEqual([`batch-before-first ${batch}`]);
  });

  it("on a day that is not a release day, or not after the opening, is reported", async () => {
    for (const [day, every] of [
      ["2026-03-04", 3],
      ["2026-03-02", 1],
      ["2026-03-01", 1],
    ] as const) {
      const log = new LogBuilder();
      log.addEpoch();
      const letter = log.addLetter({ every });
      const batch = log.addBatch(day, endorsements(log, letter, 2));
      expect(failures(await recountLog(log))).toEqual([`batch-wrong-day ${batch}`]);
    }
  });

  it("after closing day is a closing batch only if the closing of that day follows before the next batch", async () => {
    const build = (close: (log: LogBuilder, letter: ReturnType<LogBuilder["addLetter"]>) => unknown) => {
      const { log, letter } = smallLog();
      const batch = log.addBatch(CLOSING_DAY, endorsements(log, letter, 1, 5));
      close(log, letter);
      return { log, batch };
    };
    const breaches = (batch: number) => [`batch-wrong-day ${batch}`, `batch-under-minimum ${batch}`];
    const never = build(() => {});
    expect(failures(await recountLog(never.log))).toEqual(breaches(never.batch));
    const otherDay = build((log, letter) => log.close(letter, "2026-05-02"));
    expect(failures(await recountLog(otherDay.log))).toEqual(breaches(otherDay.batch));
    const tooLate = build((log, letter) => {
      log.addBatch("2026-05-02", [log.withdraw(letter, 0)]);
      log.close(letter, CLOSING_DAY);
    });
    expect(failures(await recountLog(tooLate.log))).toEqual(breaches(tooLate.batch));
    const right = build((log, letter) => log.close(letter, CLOSING_DAY));
    expect(failures(await recountLog(right.log))).toEqual([]);
  });

  it("before closing day is none even if a closing follows", async () => {
    const { log, letter } = smallLog();
    const batch = log.addBatch("2026-04-30", endorsements(log, letter, 1, 5));
    log.close(letter, "2026-04-30");
    expect(failures(await recountLog(log))).toEqual([
      `batch-under-minimum ${batch}`,
      `closing-too-early ${log.entries.length - 1}`,
    ]);
  });
});

describe("an endorsement", () => {
  async function withToken(tokens: Parameters<LogBuilder["endorse"]>[2]) {
    const { log, letter } = openedLog();
    const bad = log.endorse(letter, 9, tokens);
    log.addBatch(FIRST_DAY, [...endorsements(log, letter, 3), bad]);
    const report = await recountLog(log);
    const at = log.entries.findIndex((entry) => new TextDecoder().decode(entry).includes(bad.key));
    expect(count(report)).toBe(3);
    return { found: failures(report).filter((failure) => failure !== "count-inflated -"), at, report };
  }

  it("with tokens of another slot, workforce or epoch is refused", async () => {
    for (const tokens of [{ slot: 1 }, { workforce: "A".repeat(43) }, { epoch: 2 }]) {
      const { found, at } = await withToken({ tokens });
      expect(found).toEqual([`token-invalid ${at}`, `token-invalid ${at}`]);
    }
  });

  it("with tokens that were issued for another epoch of the same workforce is refused", async () => {
    const { log, letter } = openedLog();
    log.addEpoch({ opens: "2026-09-01", closes: "2027-02-01" });
    const bad = log.endorse(letter, 9, { tokens: { epoch: 2 } });
    log.addBatch(FIRST_DAY, [...endorsements(log, letter, 3), bad]);
    const report = await recountLog(log);
    expect(failures(report).filter((failure) => failure.startsWith("token-invalid"))).toHaveLength(2);
    expect(count(report)).toBe(3);
    expect(report.failures[0]?.message).toContain("epoch 1, slot 0, class mailbox");
  });

  it("with tokens of another class is refused", async () => {
    const { found, at } = await withToken({ tokens: { class: "vouched" } });
    expect(found).toEqual([`token-invalid ${at}`, `token-invalid ${at}`]);
  });

  it("of a class that no registrar issues is refused", async () => {
    const { log, letter } = openedLog();
    const bad = log.endorse(letter, 9, { class: "vouched" });
    log.addBatch(FIRST_DAY, [...endorsements(log, letter, 3), bad]);
    expect(failures(await recountLog(log)).some((failure) => failure.startsWith("class-not-issued"))).toBe(
      true,
    );
  });

  it("with a registrar's token under another registrar's name is refused", async () => {
    const { found, at } = await withToken({
      edit: (leaf) => {
        const [one, two] = leaf.tokens;
        [one!.signature, two!.signature] = [two!.signature, one!.signature];
      },
    });
    expect(found).toEqual([`token-invalid ${at}`, `token-invalid ${at}`]);
  });

  it("with a token of a registrar that this workforce does not have is refused", async () => {
    const { found, at } = await withToken({
      edit: (leaf) => {
        leaf.tokens[0]!.registrar = "A".repeat(43);
        leaf.tokens.sort((a, b) => (a.registrar < b.registrar ? -1 : 1));
      },
    });
    expect(found).toEqual([`token-registrar-unknown ${at}`]);
  });

  it("with a token that was issued on a foreign key is refused", async () => {
    const { log, letter } = openedLog();
    const mine = log.endorse(letter, 0);
    const bad = log.endorse(letter, 9, {
      edit: (leaf) => (leaf.tokens = structuredClone(mine.tokens) as typeof leaf.tokens),
    });
    log.addBatch(FIRST_DAY, [mine, log.endorse(letter, 1), bad]);
    const report = await recountLog(log);
    expect(failures(report).filter((failure) => failure.startsWith("token-invalid"))).toHaveLength(2);
    expect(count(report)).toBe(2);
  });

  it("with another prefix than the token was made with is refused", async () => {
    const { found, at } = await withToken({ edit: (leaf) => (leaf.tokens[1]!.prefix = "A".repeat(43)) });
    expect(found).toEqual([`token-invalid ${at}`]);
  });

  it("with too few or too many tokens is refused", async () => {
    for (const registrars of [[0], [0, 1, 2]]) {
      const { found, at, report } = await withToken({ registrars });
      expect(found).toEqual([`token-count ${at}`]);
      expect(report.failures[0]?.message).toContain("exactly 2");
    }
  });

  it("with two tokens of one registrar is refused", async () => {
    const { found, at } = await withToken({ registrars: [1, 1] });
    expect(found).toEqual([`token-registrar-repeated ${at}`]);
  });

  it("that is not signed by its key is refused", async () => {
    const { log, letter } = openedLog();
    const good = log.endorse(letter, 9);
    const bad = { ...good, commitment: log.endorse(letter, 8).commitment };
    log.addBatch(FIRST_DAY, [...endorsements(log, letter, 3), bad]);
    const report = await recountLog(log);
    expect(failures(report).some((failure) => failure.startsWith("signature-invalid"))).toBe(true);
    expect(count(report)).toBe(3);
  });

  it("of a key that has endorsed counts once", async () => {
    const { log, letter } = smallLog();
    const again = log.endorse(letter, 0, { registrars: [1, 2] });
    log.addBatch("2026-03-04", [again, log.endorse(letter, 5)]);
    const report = await recountLog(log);
    expect(failures(report).map((failure) => failure.split(" ")[0])).toEqual(["endorsement-repeated"]);
    expect(count(report)).toBe(6);
  });

  it("after the letter was closed does not count", async () => {
    const { log, letter } = smallLog();
    log.close(letter, CLOSING_DAY);
    const batch = log.addBatch("2026-05-02", endorsements(log, letter, 2, 5));
    const report = await recountLog(log);
    expect(failures(report)).toEqual([
      `batch-wrong-day ${batch}`,
      `endorsement-after-closing ${batch + 1}`,
      `endorsement-after-closing ${batch + 2}`,
      "count-inflated -",
    ]);
    expect(count(report)).toBe(5);
  });

  it("outside of a batch does not count", async () => {
    const { log, letter } = smallLog();
    log.close(letter, CLOSING_DAY);
    const at = log.append(log.endorse(letter, 9));
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`leaf-out-of-place ${at}`]);
    expect(count(report)).toBe(5);
  });
});

describe("a revision or withdrawal", () => {
  it("of a key that never endorsed changes nothing", async () => {
    const { log, letter } = smallLog();
    const unseen = log.endorse(letter, 9);
    const batch = log.addBatch("2026-03-04", [log.withdraw(letter, 9)]);
    const report = await recountLog(log);
    expect(unseen.seq).toBe(0);
    expect(failures(report)).toEqual([`predecessor-missing ${batch + 1}`]);
    expect(count(report)).toBe(5);
  });

  it("that does not follow the key's state changes nothing", async () => {
    for (const edit of [
      (leaf: { previous: string }) => (leaf.previous = "A".repeat(43)),
      (leaf: { seq: number }) => (leaf.seq = 2),
    ]) {
      const { log, letter } = smallLog();
      const batch = log.addBatch("2026-03-04", [log.withdraw(letter, 0, { edit })]);
      const report = await recountLog(log);
      expect(failures(report)).toContain(`predecessor-missing ${batch + 1}`);
      expect(count(report)).toBe(5);
    }
  });

  it("with a seq that the key has used is reported, and the first one counts", async () => {
    const { log, letter } = smallLog();
    const { leaf } = { leaf: log.withdraw(letter, 0) };
    log.addBatch("2026-03-04", [leaf]);
    const second = log.revise(
      letter,
      0,
      { kind: "anonymous" },
      { edit: (r) => Object.assign(r, { seq: 1, previous: leaf.previous }) },
    );
    const batch = log.addBatch("2026-03-05", [second]);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([`sequence-repeated ${batch + 1}`]);
    expect(count(report)).toBe(4);
  });

  it("that another key signed changes nothing", async () => {
    const { log, letter } = smallLog();
    const { sig: _, ...unsigned } = log.withdraw(letter, 0);
    const forged = signObject(unsigned, log.person(letter, 1));
    const batch = log.addBatch("2026-03-04", [forged]);
    const report = await recountLog(log);
    expect(failures(report)).toContain(`signature-invalid ${batch + 1}`);
    expect(count(report)).toBe(5);
  });
});

describe("a closing", () => {
  it("with other counts than the log has is reported", async () => {
    for (const edit of [
      (leaf: { counts: { mailbox: number } }) => leaf.counts.mailbox++,
      (leaf: { counts: { vouched: number } }) => leaf.counts.vouched++,
      (leaf: { withdrawn: { mailbox: number } }) => leaf.withdrawn.mailbox++,
    ]) {
      const { log, letter } = smallLog();
      const at = log.close(letter, CLOSING_DAY, { edit });
      const report = await recountLog(log);
      expect(failures(report)).toEqual([`closing-count-wrong ${at}`]);
      expect(count(report)).toBe(5);
    }
  });

  it("is once, after closing day, and of a letter that there is", async () => {
    const { log, letter } = smallLog();
    log.close(letter, CLOSING_DAY);
    const again = log.close(letter, "2026-05-02");
    expect(failures(await recountLog(log))).toEqual([`closing-repeated ${again}`, "index-wrong -"]);
    const early = smallLog();
    const at = early.log.close(early.letter, "2026-04-30");
    expect(failures(await recountLog(early.log))).toEqual([`closing-too-early ${at}`]);
    const unknown = smallLog();
    const stray = unknown.log.append({
      type: "closing",
      v: 1,
      letter: "A".repeat(43),
      day: CLOSING_DAY,
      outcome: "closed",
      counts: NO_COUNTS,
      withdrawn: NO_COUNTS,
      destroyed: NO_COUNTS,
    });
    expect(failures(await recountLog(unknown.log))).toEqual([`letter-unknown ${stray}`]);
  });

  it("as too few where endorsements came out, or with a rest where it may have none, is reported", async () => {
    const { log, letter } = smallLog();
    const at = log.close(letter, CLOSING_DAY, { outcome: "too-few" });
    expect(failures(await recountLog(log))).toEqual([`closing-outcome-wrong ${at}`]);
    const rest = openedLog();
    const restAt = rest.log.close(rest.letter, CLOSING_DAY, {
      outcome: "too-few",
      edit: (leaf) => (leaf.destroyed = NO_COUNTS),
    });
    expect(failures(await recountLog(rest.log))).toEqual([`closing-outcome-wrong ${restAt}`]);
    const silent = smallLog();
    const silentAt = silent.log.close(silent.letter, CLOSING_DAY, {
      edit: (leaf) => (leaf.destroyed = null),
    });
    expect(failures(await recountLog(silent.log))).toEqual([`closing-outcome-wrong ${silentAt}`]);
  });
});

describe("numbers", () => {
  it("of endorsements beyond what a registrar issued show a stolen key", async () => {
    const { log, letter } = openedLog();
    log.addIssuance(0, "2026-03-02", 2, { batch: 3 });
    log.addIssuance(1, "2026-03-02", 20);
    log.addBatch(FIRST_DAY, endorsements(log, letter, 4));
    expect(failures(await recountLog(log))).toEqual([]);
    log.addBatch("2026-03-04", endorsements(log, letter, 2, 4));
    const report = await recountLog(log);
    expect(failures(report)).toEqual(["more-endorsed-than-issued -"]);
    expect(report.failures[0]?.message).toContain("Registrar 1");
    log.addIssuance(0, "2026-03-05", 6, { batch: 3 });
    expect(failures(await recountLog(log))).toEqual([]);
  });

  it("that a registrar did not sign, or somebody else stated, are refused", async () => {
    const { log } = openedLog();
    const at = log.addIssuance(0, "2026-03-02", 20, {
      edit: (leaf) => (leaf.registrar = log.registrars[1]!.publicKey),
    });
    expect(failures(await recountLog(log))).toEqual([`signature-invalid ${at}`, "index-wrong -"]);
    const stranger = openedLog();
    const strangerAt = stranger.log.addIssuance(0, "2026-03-02", 20, {
      edit: (leaf) => (leaf.registrar = "A".repeat(43)),
    });
    expect(failures(await recountLog(stranger.log))).toEqual([
      `issuance-unknown ${strangerAt}`,
      "index-wrong -",
    ]);
    const epoch = openedLog();
    const epochAt = epoch.log.addIssuance(0, "2026-03-02", 20, { epoch: 7 });
    expect(failures(await recountLog(epoch.log))).toEqual([`issuance-unknown ${epochAt}`, "index-wrong -"]);
  });

  it("of enrolments stand in the report with whether the keys are stated to be destroyed", async () => {
    const { log } = smallLog();
    log.addIssuance(0, "2026-03-02", 20);
    const before = await recountLog(log);
    expect(before.issuance.map(({ destroyed }) => destroyed)).toEqual([null, null, null]);
    log.addDestruction(1, LATER);
    const report = await recountLog(log);
    expect(failures(report)).toEqual([]);
    expect(report.issuance.map(({ destroyed }) => destroyed)).toEqual([null, LATER, null]);
    expect(report.notChecked.map(({ message }) => message).join()).toContain("nobody can prove it");
    expect(before.notChecked.map(({ message }) => message).join()).not.toContain("nobody can prove it");
  });

  it("of keys that are said to be destroyed: by whom has some, when they are not needed, and once", async () => {
    const refused = async (change: (log: LogBuilder) => number, code: string) => {
      const { log } = openedLog();
      const at = change(log);
      expect(failures(await recountLog(log))).toEqual([`${code} ${at}`, "index-wrong -"]);
    };
    const stranger = { edit: (leaf: { registrar: string }) => (leaf.registrar = "A".repeat(43)) };
    await refused((log) => log.addDestruction(0, LATER, stranger), "destruction-unknown");
    await refused((log) => log.addDestruction(0, LATER, { epoch: 7 }), "destruction-unknown");
    await refused((log) => log.addDestruction(0, "2026-08-31"), "destruction-too-early");
    await refused((log) => {
      log.addDestruction(0, LATER);
      return log.addDestruction(0, LATER);
    }, "destruction-repeated");
    const other = (log: LogBuilder) => ({
      edit: (leaf: { registrar: string }) => (leaf.registrar = log.registrars[1]!.publicKey),
    });
    await refused((log) => log.addDestruction(0, LATER, other(log)), "signature-invalid");
  });

  it("of keys that are destroyed may not stand between the leaves of a batch", async () => {
    const { log, letter } = openedLog();
    log.addBatch(FIRST_DAY, endorsements(log, letter, 4));
    const kept = log.entries.splice(-1);
    log.addDestruction(0, LATER);
    log.entries.push(...kept);
    expect(failures(await recountLog(log)).some((failure) => failure.startsWith("batch-count-wrong"))).toBe(
      true,
    );
  });

  it("of endorsements beyond the headcount are reported, withdrawn ones included", async () => {
    const { log, letter } = smallLog({ headcount: 5 });
    expect(failures(await recountLog(log))).toEqual([]);
    log.addBatch("2026-03-04", [...endorsements(log, letter, 2, 5), log.withdraw(letter, 0)]);
    expect(failures(await recountLog(log))).toEqual(["more-than-headcount -"]);
  });
});

describe("a letter that is asked for and not there", () => {
  it("is reported", async () => {
    const { log } = smallLog();
    expect(failures(await recountLog(log, { letter: "A".repeat(43) }))).toEqual(["letter-unknown -"]);
  });
});
