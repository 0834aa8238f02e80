/**
 * A board with registrars in the same process that hold real RSA keys, a clock that is set, and people whose tokens are
 * signed directly instead of blindly: the tokens are the same, and made in a millisecond.
 */
import {
  type Appearance,
  addDays,
  commitmentOf,
  concatBytes,
  domainMessage,
  type EndorsementLeaf,
  type EndorsementRequest,
  encodeBase64url,
  encodeCanonical,
  type IssuanceLeaf,
  type IssuanceRequest,
  isShown,
  type JsonValue,
  type KeyStatement,
  type LetterLeaf,
  type LetterManifest,
  leafName,
  letterId,
  nameKey,
  nameOf,
  type Opening,
  parseLeaf,
  quorumBounds,
  type RevisionRequest,
  randomBytes,
  remainderMessage,
  type Signer,
  SUITE,
  signDetached,
  signerFromSeed,
  signName,
  signObject,
  type Token,
  tokenKey,
  tokenMessage,
  type WithdrawalRequest,
  type WorkforceManifest,
  workforceManifestHash,
} from "@undersigned/core";
import { decodeEntries } from "@undersigned/log";
import { type Clock, createLogger, httpEvents } from "@undersigned/service";
import {
  type FileSource,
  type IndexFile,
  indexFile,
  type OpeningsPage,
  openingsPage,
  type Report,
  recount,
  type SignatoriesBucket,
  signatoriesBucket,
} from "@undersigned/verify";
import { expect } from "vitest";
import { testRsaKey } from "../../../test/kit/rsa-keys.ts";
import { endsWithTest, temporaryFolder } from "../../../test/kit/test-end.ts";
import {
  boardEvents,
  createBoardKeys,
  type FetchIssuance,
  type JudgeOpening,
  type OpenBoard,
  openBoard,
  type PublicBoardKeys,
} from "../src/index.ts";
import { readPublicFile } from "../src/public/public-files.ts";

export const LOCK = { passphrase: "only for tests" };
export const FIRST_DAY = "2026-03-01";
const SLOTS = 16;

export type TestClock = Clock & { set(day: string): void; next(): string };

export function testClock(day: string = FIRST_DAY): TestClock {
  let today = day;
  return {
    now: () => Date.parse(`${today}T12:00:00Z`),
    day: () => today,
    set(to) {
      today = to;
    },
    next() {
      today = addDays(today, 1);
      return today;
    },
  };
}

export type TestRegistrar = {
  readonly signer: Signer;
  readonly identity: string;
  /** Index of its first RSA key; epoch e uses the 16 from rsa + 16 (e - 1) on. */
  readonly rsa: number;
  /** The same of its keys of class vouched, and after those of an epoch its keys for invitations. */
  readonly vouchedRsa: number;
  /** What it states; null for a registrar that is down. */
  issued: number | null;
  batch: number;
};

/** Deterministic 32 bytes for seeds. */
export function seedOf(name: string): Uint8Array {
  return domainMessage("test", new TextEncoder().encode(name.padEnd(40, ".")))
    .slice(-40)
    .slice(0, 32);
}

/** Registrars sorted by identity, with RSA keys of their own for `epochs` epochs each; with `vouching`, for one. */
export function makeRegistrars(count: number, epochs = 1, name = "registrar", vouching = 0): TestRegistrar[] {
  const keys = SLOTS * epochs + (vouching > 0 ? SLOTS + vouching : 0);
  const signers = Array.from({ length: count }, (_, i) => signerFromSeed(seedOf(`${i} ${name}`)));
  signers.sort((a, b) => (a.publicKey < b.publicKey ? -1 : 1));
  return signers.map((signer, i) => ({
    signer,
    identity: signer.publicKey,
    rsa: i * keys,
    vouchedRsa: i * keys + SLOTS * epochs,
    issued: 100_000,
    batch: 20,
  }));
}

export function makeManifest(
  keys: PublicBoardKeys,
  registrars: readonly TestRegistrar[],
  openers: readonly Signer[],
  change: Partial<WorkforceManifest> = {},
): WorkforceManifest {
  const quorum = change.quorum ?? Math.floor(registrars.length / 2) + 1;
  return {
    type: "workforce-manifest",
    v: 1,
    version: 1,
    workforce: null,
    previous: null,
    employer: "Example Ltd",
    mailboxes: {
      domains: [{ domain: "example.com", aliases: [] }],
      plus: true,
      dots: false,
      groups: [],
    },
    evidence: [{ kind: "mailbox-code", class: "mailbox" }],
    registrars: registrars.map(({ identity }, i) => ({
      identity,
      name: `Registrar ${i + 1}`,
      operator: "Example",
      url: `http://127.0.0.1:${9000 + i}`,
    })),
    quorum,
    bounds: quorumBounds(registrars.length, quorum),
    log: { key: keys.logKey, origin: keys.origin },
    board: { key: keys.boardKey, url: "http://127.0.0.1:8000" },
    witnesses: [],
    witnessQuorum: 0,
    openers: openers.map(({ publicKey }) => publicKey).sort(),
    headcount: null,
    roles: ["Engineer", "Nurse"],
    places: ["Berlin", "Leeds"],
    existingMail: null,
    vouching: null,
    names: null,
    codeMail: { subject: "Your code", body: "The code is {code}." },
    ...change,
  };
}

/** Signatures of the manifest by these registrars. */
export function signManifest(manifest: WorkforceManifest, registrars: readonly TestRegistrar[]) {
  return registrars.map(({ signer, identity }) => ({
    registrar: identity,
    sig: signDetached("workforce-manifest", manifest, signer),
  }));
}

export function makeStatement(
  registrar: TestRegistrar,
  manifest: WorkforceManifest,
  at: { workforce: string; epoch: number; opens: string; closes: string },
  change: Partial<KeyStatement> = {},
): KeyStatement {
  const first = registrar.rsa + SLOTS * (at.epoch - 1);
  const vouched = registrar.vouchedRsa;
  const suite = SUITE as KeyStatement["keys"][number]["suite"];
  const keysFrom = (cls: "mailbox" | "vouched", from: number) =>
    Array.from({ length: SLOTS }, (_, slot) => ({
      class: cls,
      slot,
      suite,
      spki: testRsaKey(from + slot).spki,
    }));
  return signObject(
    {
      type: "key-statement" as const,
      v: 1 as const,
      ...at,
      manifest: workforceManifestHash(encodeCanonical(manifest)),
      mailboxes: manifest.mailboxes,
      evidence: manifest.evidence,
      registrar: registrar.identity,
      invitations: Array.from({ length: manifest.vouching?.invitations ?? 0 }, (_, number) => ({
        number,
        suite,
        spki: testRsaKey(vouched + SLOTS + number).spki,
      })),
      keys: [
        ...keysFrom("mailbox", first),
        ...(manifest.vouching === null ? [] : keysFrom("vouched", vouched)),
      ],
      ...change,
    },
    registrar.signer,
  );
}

export type TestLetter = {
  readonly id: string;
  readonly epoch: number;
  readonly slot: number;
  readonly leaf: LetterLeaf;
  readonly manifest: LetterManifest;
};

export type LetterOptions = {
  opens?: string;
  /** Days from opening to closing. */
  days?: number;
  first?: number;
  min?: number;
  every?: number;
  appearances?: LetterManifest["appearances"];
  names?: LetterManifest["names"];
  epoch?: number;
  title?: string;
  organisers?: readonly Signer[];
  demands?: LetterManifest["demands"];
  supplement?: LetterManifest["supplement"];
  /** The addressee's. */
  mailbox?: string;
};

export type KitOptions = {
  databaseUrl?: string;
  registrars?: number;
  quorum?: number;
  epochs?: number;
  /** Invitations that each mailbox may give. */
  vouching?: number;
  names?: WorkforceManifest["names"];
  /** Folder with keys of an earlier kit, for a second process on the same board. */
  dataDir?: string;
  clock?: TestClock;
  clientBuild?: Uint8Array;
  judgeOpening?: JudgeOpening;
};

/** A workforce with one epoch that is open for a year. Ends with the test. */
export class Kit {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly clock: TestClock;
  readonly keys: PublicBoardKeys;
  readonly registrars: readonly TestRegistrar[];
  readonly opener = signerFromSeed(seedOf("opener"));
  readonly manifest: WorkforceManifest;
  readonly workforce: string;
  readonly log: string[] = [];
  readonly asked: IssuanceRequest[] = [];
  board!: OpenBoard;
  /** Of the handles that are opened from now on. */
  clientBuild: Uint8Array | undefined;
  readonly judgeOpening: JudgeOpening | undefined;
  lastLetter: string | null = null;
  lettersIn = new Map<number, number>();

  private constructor(
    options: KitOptions,
    dataDir: string,
    keys: PublicBoardKeys,
    registrars: readonly TestRegistrar[],
  ) {
    this.dataDir = dataDir;
    this.databaseUrl = options.databaseUrl;
    this.clock = options.clock ?? testClock();
    this.keys = keys;
    this.clientBuild = options.clientBuild;
    this.judgeOpening = options.judgeOpening;
    this.registrars = registrars;
    this.manifest = makeManifest(keys, registrars, [this.opener], {
      ...(options.quorum !== undefined && { quorum: options.quorum }),
      ...(options.names !== undefined && { names: options.names }),
      ...(options.vouching !== undefined && {
        vouching: { invitations: options.vouching },
        evidence: [
          { kind: "mailbox-code", class: "mailbox" },
          { kind: "vouch", class: "vouched" },
        ],
      }),
    });
    this.workforce = workforceManifestHash(encodeCanonical(this.manifest));
  }

  static async start(options: KitOptions = {}): Promise<Kit> {
    const dataDir = options.dataDir ?? (await temporaryFolder());
    const keys = await createBoardKeys({ dataDir, lock: LOCK, scryptLogN: 4 });
    const registrars = makeRegistrars(options.registrars ?? 1, options.epochs, undefined, options.vouching);
    const kit = new Kit(options, dataDir, keys, registrars);
    await kit.open();
    endsWithTest(() => kit.board.close());
    await kit.board.addWorkforce({
      manifestFile: encodeCanonical(kit.manifest),
      signatures: signManifest(kit.manifest, registrars),
    });
    await kit.openEpoch();
    return kit;
  }

  /** Opens the board, or opens it again after `board.close()`. */
  async open(): Promise<void> {
    this.board = await this.openAnother();
  }

  /** A further handle on the same board: its caller closes it. */
  async openAnother(): Promise<OpenBoard> {
    return await openBoard({
      dataDir: this.dataDir,
      databaseUrl: this.databaseUrl,
      lock: LOCK,
      clock: this.clock,
      logger: createLogger(
        { ...boardEvents, ...httpEvents },
        { stream: { write: (line) => this.log.push(line) }, day: false },
      ),
      fetchIssuance: this.fetchIssuance,
      clientBuild: this.clientBuild,
      judgeOpening: this.judgeOpening,
    });
  }

  readonly fetchIssuance: FetchIssuance = async (url, request) => {
    this.asked.push(request);
    const registrar = this.registrars[Number(new URL(url).port) - 9000];
    if (registrar === undefined || registrar.issued === null) throw new Error("down");
    return this.statement(registrar, request) as unknown as JsonValue;
  };

  statement(
    registrar: TestRegistrar,
    at: Pick<IssuanceRequest, "epoch" | "day">,
    change: Partial<IssuanceLeaf> = {},
  ): IssuanceLeaf {
    const { batch, issued } = registrar;
    return signObject(
      {
        type: "issuance" as const,
        v: 1 as const,
        workforce: this.workforce,
        epoch: at.epoch,
        registrar: registrar.identity,
        day: at.day,
        batch,
        issued: this.manifest.evidence.map(({ kind }) => {
          return { evidence: kind, count: Math.floor((issued ?? 0) / batch) * batch };
        }),
        ...change,
      },
      registrar.signer,
    );
  }

  async openEpoch(epoch = 1, opens = FIRST_DAY, closes = "2027-02-28"): Promise<void> {
    const at = { workforce: this.workforce, epoch, opens, closes };
    const statements = this.registrars.map((registrar) => makeStatement(registrar, this.manifest, at));
    await this.board.openEpoch(this.workforce, { type: "epoch-request", v: 1, statements } as never);
  }

  /** The request that publishes a letter as the next one. */
  letterRequest(options: LetterOptions = {}): { leaf: LetterLeaf; manifest: LetterManifest } {
    const { opens = this.clock.day(), days = 10, first = 1, min = 1, every = 1, epoch = 1 } = options;
    const manifest: LetterManifest = {
      type: "letter-manifest",
      v: 1,
      workforce: this.workforce,
      salt: encodeBase64url(randomBytes(32)),
      language: "en",
      title: options.title ?? "A letter",
      addressee: { name: "The management", organisation: "Example Ltd", mailbox: options.mailbox ?? null },
      body: "We ask for better.",
      demands: options.demands ?? [],
      supplement: options.supplement ?? null,
      appearances: options.appearances ?? ["anonymous", "named", "role"],
      names: options.names ?? "any",
      opens,
      closes: addDays(opens, days),
      delivers: addDays(opens, days + 1),
      delivery: "By hand.",
      batch: { first, classes: { mailbox: { min, every }, vouched: { min, every } } },
      organisers: (options.organisers ?? [this.opener]).map(({ publicKey }) => publicKey).sort(),
      replaces: null,
    };
    const leaf = signObject(
      {
        type: "letter" as const,
        v: 1 as const,
        workforce: this.workforce,
        letter: letterId(encodeCanonical(manifest as never)),
        version: 1 as const,
        epoch,
        slot: this.lettersIn.get(epoch) ?? 0,
        previous: this.lastLetter,
        opens: manifest.opens,
        closes: manifest.closes,
        batch: manifest.batch,
        by: this.opener.publicKey,
      },
      this.opener,
    );
    return { leaf, manifest };
  }

  async publish(options: LetterOptions = {}): Promise<TestLetter> {
    const { leaf, manifest } = this.letterRequest(options);
    await this.board.publishLetter(this.workforce, {
      type: "letter-request",
      v: 1,
      leaf,
      manifest,
      unlisted: null,
    } as never);
    this.lastLetter = leafName(encodeCanonical(leaf as never));
    this.lettersIn.set(leaf.epoch, leaf.slot + 1);
    return { id: leaf.letter, epoch: leaf.epoch, slot: leaf.slot, leaf, manifest };
  }

  person(letter: TestLetter, seed: Uint8Array = randomBytes(32)): Person {
    return new Person(this, letter, signerFromSeed(seed));
  }

  /** People who have endorsed. */
  async endorsed(letter: TestLetter, count: number, remainder?: "release" | "destroy"): Promise<Person[]> {
    const people = Array.from({ length: count }, () => this.person(letter));
    await Promise.all(people.map((person) => this.endorse(person, remainder)));
    return people;
  }

  async endorse(person: Person, remainder: "release" | "destroy" = "release") {
    return await this.board.acceptEndorsement(
      this.workforce,
      person.endorsement({ remainder }) as unknown as JsonValue,
    );
  }

  async revise(person: Person, appearance: Appearance = { kind: "anonymous" }) {
    return await this.board.acceptRevision(
      this.workforce,
      person.revision(appearance) as unknown as JsonValue,
    );
  }

  async withdraw(person: Person) {
    return await this.board.acceptWithdrawal(this.workforce, person.withdrawal() as unknown as JsonValue);
  }

  /** Moves to the next day, and ticks. */
  async nextDay() {
    this.clock.next();
    return await this.board.tick();
  }

  async toDay(day: string) {
    this.clock.set(day);
    return await this.board.tick();
  }

  /** The public files, as a recount reads them. */
  source(workforce: string = this.workforce): FileSource {
    return {
      read: async (path) => {
        const { db } = this.board.internals.database;
        const file = await readPublicFile(db, workforce, path, { acceptsGzip: false });
        return file === null ? null : Uint8Array.from(file.body as Uint8Array);
      },
    };
  }

  async file(path: string): Promise<Uint8Array | null> {
    return await this.source().read(path, Number.MAX_SAFE_INTEGER);
  }

  async json(path: string): Promise<unknown> {
    const file = await this.source().read(path, Number.MAX_SAFE_INTEGER);
    if (file === null) throw new Error(`there is no ${path}`);
    return JSON.parse(new TextDecoder().decode(file));
  }

  async index(): Promise<IndexFile> {
    return indexFile.check((await this.json("index.json")) as JsonValue, "");
  }

  async openings(letter: string): Promise<OpeningsPage> {
    return openingsPage.check((await this.json(`openings/${letter}/0.json`)) as JsonValue, "");
  }

  /** Of a letter whose keys are in one bucket. */
  async signatories(letter: string): Promise<SignatoriesBucket> {
    return signatoriesBucket.check((await this.json(`signatories/${letter}/0/0.json`)) as JsonValue, "");
  }

  async checkpoint(): Promise<Uint8Array> {
    return (await this.source().read("checkpoint", 10_000))!;
  }

  /** A recount of everything, which must find nothing wrong. */
  async recounted(known?: Uint8Array): Promise<Report> {
    const report = await recount(this.source(), {
      workforce: this.workforce,
      ...(known !== undefined && { known }),
    });
    expect(report.failures).toEqual([]);
    return report;
  }

  /** All leaves of the log. */
  async leaves() {
    const { size } = await this.index();
    const leaves = [];
    for (let at = 0; at < size; at += 256) {
      const width = Math.min(256, size - at);
      const name = String(at / 256).padStart(3, "0");
      const path = `tile/entries/${name}${width < 256 ? `.p/${width}` : ""}`;
      leaves.push(...decodeEntries((await this.source().read(path, 1e8))!, width).map(parseLeaf));
    }
    return leaves;
  }

  /** Number of rows of a table. */
  async rows(table: "pool" | "signatory" | "opening"): Promise<number> {
    const rows = await this.board.internals.database.db.selectFrom(table).selectAll().execute();
    return rows.length;
  }

  events(): { event: string; [field: string]: unknown }[] {
    return this.log.map((line) => JSON.parse(line));
  }
}

export type EndorsementOptions = {
  appearance?: Appearance;
  remainder?: "release" | "destroy";
  /** Places of the registrars, of which the first `quorum` are used if left out. */
  registrars?: readonly number[];
  /** Where the tokens are for, where that is not the letter's place. */
  token?: Partial<{
    workforce: string;
    epoch: number;
    slot: number;
    class: "mailbox" | "vouched";
    key: string;
  }>;
  class?: "mailbox" | "vouched";
};

/** Somebody with a key for one letter. */
export class Person {
  readonly kit: Kit;
  readonly letter: TestLetter;
  readonly signer: Signer;
  /** Names of the leaves made so far: what the next one follows. */
  chain: string[] = [];

  constructor(kit: Kit, letter: TestLetter, signer: Signer) {
    this.kit = kit;
    this.letter = letter;
    this.signer = signer;
  }

  get key(): string {
    return this.signer.publicKey;
  }

  token(registrar: TestRegistrar, of: EndorsementOptions["token"] = {}): Token {
    const { workforce, epoch, slot } = {
      workforce: this.kit.workforce,
      epoch: this.letter.epoch,
      slot: this.letter.slot,
      ...of,
    };
    const vouched = of.class === "vouched" && this.kit.manifest.vouching !== null;
    const rsa = testRsaKey(
      vouched ? registrar.vouchedRsa + slot : registrar.rsa + SLOTS * (epoch - 1) + slot,
    );
    const where = {
      workforce,
      epoch,
      slot,
      class: of.class ?? ("mailbox" as const),
      registrar: registrar.identity,
    };
    const prefix = seedOf(`${this.key}${registrar.identity}`);
    const message = concatBytes(prefix, tokenMessage(tokenKey(where, rsa.spki), of.key ?? this.key));
    return {
      registrar: registrar.identity,
      prefix: encodeBase64url(prefix),
      signature: encodeBase64url(rsa.signPss(message, new Uint8Array(48).fill(7))),
    };
  }

  opening(seq: number, appearance: Appearance): Opening {
    return {
      type: "opening",
      v: 1,
      letter: this.letter.id,
      key: this.key,
      seq,
      salt: encodeBase64url(seedOf(`${seq} salt ${this.key}`)),
      appearance,
    };
  }

  /** A name that these registrars (the first `quorum`) have confirmed for this key and the letter's slot, or another's. */
  confirmed(name: string, of: { signers?: readonly Signer[]; slot?: number; key?: string } = {}): Appearance {
    const { registrars, manifest, workforce } = this.kit;
    const { epoch, slot } = { ...this.letter, ...of };
    const salt = encodeBase64url(seedOf(`name ${this.key}`));
    const key = nameKey(of.key ?? this.key, salt);
    const by = (of.signers ?? registrars.slice(0, manifest.quorum).map(({ signer }) => signer)).map(
      (signer) => ({
        registrar: signer.publicKey,
        sig: signName({ workforce, epoch, slot, name, rule: "pattern", key }, signer),
      }),
    );
    return { kind: "named", name, confirmed: { rule: "pattern", salt, by }, role: null, place: null };
  }

  sign<T extends { readonly type: string }>(leaf: T): T & { sig: string } {
    return signObject(leaf, this.signer);
  }

  /** The consent and its signature around a leaf. */
  request(
    leaf: EndorsementLeaf,
    opening: Opening | null,
    remainder: "release" | "destroy" = "release",
  ): EndorsementRequest {
    return {
      type: "endorsement-request",
      v: 1,
      leaf,
      opening,
      remainder,
      sig: signDetached("endorsement-request", remainderMessage(nameOf(leaf), remainder), this.signer),
    };
  }

  endorsement(options: EndorsementOptions = {}): EndorsementRequest {
    const { registrars, manifest } = this.kit;
    const appearance = options.appearance ?? { kind: "anonymous" };
    const chosen = options.registrars ?? Array.from({ length: manifest.quorum }, (_, i) => i);
    const opening = this.opening(0, appearance);
    const leaf = this.sign({
      type: "endorsement" as const,
      v: 1 as const,
      suite: SUITE as EndorsementLeaf["suite"],
      letter: this.letter.id,
      class: options.class ?? ("mailbox" as const),
      key: this.key,
      seq: 0 as const,
      previous: null,
      commitment: commitmentOf(opening),
      tokens: chosen.map((i) =>
        this.token(registrars[i]!, { class: options.class ?? "mailbox", ...options.token }),
      ),
    });
    this.chain[0] = nameOf(leaf);
    return this.request(leaf, appearance.kind === "anonymous" ? null : opening, options.remainder);
  }

  /** A revision after the newest leaf made. */
  revision(appearance: Appearance = { kind: "anonymous" }): RevisionRequest {
    const seq = this.chain.length;
    const opening = this.opening(seq, appearance);
    const leaf = this.sign({
      type: "revision" as const,
      v: 1 as const,
      letter: this.letter.id,
      key: this.key,
      seq,
      previous: this.chain[seq - 1]!,
      commitment: commitmentOf(opening),
    });
    this.chain.push(nameOf(leaf));
    return {
      type: "revision-request",
      v: 1,
      leaf,
      opening: appearance.kind === "anonymous" ? null : opening,
    };
  }

  withdrawal(): WithdrawalRequest {
    const seq = this.chain.length;
    const leaf = this.sign({
      type: "withdrawal" as const,
      v: 1 as const,
      letter: this.letter.id,
      key: this.key,
      seq,
      previous: this.chain[seq - 1]!,
    });
    this.chain.push(nameOf(leaf));
    return { type: "withdrawal-request", v: 1, leaf };
  }
}

/** The name on a page of openings. */
export function shownName(entry: OpeningsPage["entries"][number]): string {
  if (!isShown(entry)) return `hidden: ${entry.hidden.reason}`;
  const { appearance } = entry.opening;
  return appearance.kind === "named" ? appearance.name : "";
}
