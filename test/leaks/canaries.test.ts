/**
 * What tells of a person leaves no trace: mailbox, code, phrase, network address, user agent, and a name that was shown
 * and taken back. The whole way is gone by real processes, with every request also failing at the calls of the
 * database and of the cryptography on its way, with errors that quote all they have. Then everything that is left is
 * searched: data folders, write-ahead logs, temporary folders, output, answers, public files, and the memory of all
 * processes: heap snapshots after a collection, and all pages as a core dump would hold them.
 */
import { createHash, createHmac } from "node:crypto";
import { cp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  checkMail,
  confirmedName,
  type EvidenceOffer,
  enrol,
  type Fetch,
  invitationsOf,
  keyState,
  prepareEndorsement,
  prepareRevision,
  prepareWithdrawal,
  readInvitation,
} from "@undersigned/client";
import {
  type Appearance,
  addDays,
  type EnrolmentTokens,
  encodeBase64url,
  encodeCanonical,
  type JsonValue,
  Secrets,
  suggestName,
} from "@undersigned/core";
import { startPostgres, type TestPostgres } from "@undersigned/service/testing";
import { httpSource } from "@undersigned/verify";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Canary, CanarySearch } from "../kit/canary-search.ts";
import { fetchFrom, type Sent } from "../kit/from-address.ts";
import { canReadMemory, readMemory } from "../kit/process-memory.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import { dumpRows } from "../kit/servers/dump-rows.ts";
import type { FaultKind } from "../kit/servers/faults.ts";
import { codeReader } from "../kit/servers/mailed-codes.ts";
import { openEpochSecrets } from "../kit/servers/mint-tokens.ts";
import { publicAddresses } from "../kit/servers/public-leaves.ts";
import { CLOSES, OPENS, type Server, startWorld, type World } from "../kit/servers/world.ts";
import { EVERY_EVIDENCE, MAIL_KEYS, receiveSignedMail } from "../kit/signed-mail.ts";
import { sized, someOf } from "../kit/size.ts";

const EVIDENCE = { workforce: EVERY_EVIDENCE, dns: MAIL_KEYS };
const NETWORK = "127.0.0.77";
const AGENT = "CanaryAgent/7.31 (qvxzjw)";
const FORWARDED = "203.0.113.177";

/** Somebody who goes the whole way. */
type Person = {
  readonly typed: string;
  readonly mailbox: string;
  readonly phrase: string;
  readonly secrets: Secrets;
};

function makePerson(random: SeededRandom): Person {
  const typed = `Canary.${random.letters(10)}+${random.letters(9)}@Mail.Example.com`;
  const phrase = random.phrase();
  const mailbox = typed.toLowerCase().replace(/\+.*$/, "@example.com");
  return { typed, mailbox, phrase, secrets: new Secrets(phrase) };
}

/** What is looked for. Codes come with the mails, and `evidence` with what people show otherwise. */
function canariesOf({ people, codes, evidence }: Pick<Story, "people" | "codes" | "evidence">): Canary[] {
  const words = (phrase: string, from: number, to: number) => phrase.split(" ").slice(from, to).join(" ");
  return [
    ...people.flatMap(({ typed, mailbox, phrase }, i) => [
      { name: `mailbox ${i}`, text: mailbox, hashed: true },
      { name: `mailbox ${i} as typed`, text: typed, hashed: true },
      { name: `name in mailbox ${i}`, text: mailbox.slice("canary.".length, mailbox.indexOf("@")) },
      { name: `tag of mailbox ${i}`, text: typed.slice(typed.indexOf("+"), typed.indexOf("@")) },
      { name: `phrase ${i}`, text: words(phrase, 0, 4) },
      { name: `phrase ${i}, further on`, text: words(phrase, 6, 10) },
    ]),
    { name: "network", text: NETWORK },
    { name: "network of a header", text: FORWARDED },
    { name: "user agent", text: AGENT },
    ...codes.map((text, i) => ({ name: `code ${i}`, text })),
    ...evidence,
  ];
}

const serversOf = (world: World): Server[] => [world.board, ...world.registrars];
const outputOf = (world: World) =>
  serversOf(world)
    .map((server) => server.output())
    .join("\n");

type Traces = { readonly answers: string[]; failures: number };

/** Of so many calls a request fails at one; the next request of its kind fails at others. */
const STRIDE = sized(4, 1);
const ENGINES = someOf(["sqlite", "postgres"], 1);
const FAILURES = 150 / STRIDE;

/**
 * A `fetch` of the person's own network and browser. Each request is first sent so that it fails at the first call of the
 * database, then at the second, and so on; then the same for the cryptography; then it goes through. In short, each
 * request of a kind begins with another call and leaves some out: together they fail at all.
 */
function harassed(world: World, traces: Traces): Fetch {
  const send: Sent = fetchFrom(NETWORK, AGENT);
  const sent = new Map<string, number>();
  return async (url, init) => {
    const { pathname } = new URL(url);
    const before = sent.get(pathname) ?? 0;
    sent.set(pathname, before + 1);
    const server = serversOf(world).find((one) => url.startsWith(`${one.url}/`))!;
    const request = {
      method: String(init.method),
      headers: {
        "content-type": "application/json",
        "x-forwarded-for": FORWARDED,
        forwarded: `for=${FORWARDED}`,
      },
      body: init.body as Uint8Array,
    };
    for (const kind of ["database", "crypto"] as const satisfies FaultKind[]) {
      for (let after = 1 + (before % STRIDE); ; after += STRIDE) {
        await server.process.arm(kind, after);
        const answer = await send(url, request);
        const text = await answer.clone().text();
        traces.answers.push(text, JSON.stringify([...answer.headers]));
        const over = await server.process.disarm();
        if (over) break;
        traces.failures++;
        if (after > 100) throw new Error("the faults do not end");
      }
    }
    const answer = await send(url, request);
    traces.answers.push(await answer.clone().text());
    return answer;
  };
}

type Story = {
  readonly world: World;
  readonly people: readonly Person[];
  readonly codes: string[];
  /** Of the mail of one of them, and of an invitation that another gave. */
  readonly evidence: readonly Canary[];
  readonly traces: Traces;
  readonly tokens: readonly EnrolmentTokens[];
  /** Shown, and taken back later. */
  readonly shown: string;
  /** Where the name was found while it was shown. */
  readonly whileShown: string[];
};

/** Asked again about the same registrar, the same answer. */
function onceForEach(read: ReturnType<typeof codeReader>): ReturnType<typeof codeReader> {
  const known = new Map<string, Promise<string>>();
  return (registrar) => {
    const code = known.get(registrar.name) ?? read(registrar);
    known.set(registrar.name, code);
    return code;
  };
}

function codeIn(mail: string): string {
  return /\b\d{8}\b/.exec(mail.slice(mail.indexOf("\r\n\r\n")))![0];
}

/**
 * Three people enrol and sign: anonymous, by role, and by name. The first two by codes, the third by a mail that is there,
 * all of them with the name that their mailbox says; and a fourth enrols by an invitation of the first.
 */
async function enrolAndSign(world: World, seed: number): Promise<Story> {
  const random = new SeededRandom(seed);
  const people = [0, 1, 2].map(() => makePerson(random));
  const shown = `Zyxwara ${random.letters(11)}`;
  const traces: Traces = { answers: [], failures: 0 };
  const fetch = harassed(world, traces);
  const view = await world.view();
  // Each request fails some dozen times first, which takes longer than people would be let wait for the last registrar.
  const sending = { fetch, attempts: 2, wait: async () => undefined, timeoutMs: 90_000, graceMs: 90_000 };
  const tokens: EnrolmentTokens[] = [];
  const evidence: Canary[] = [];
  for (const [i, person] of people.entries()) {
    // The mail server refuses the first person's first mail, with the address in its refusal.
    let refused = i === 0 ? 1 : 0;
    world.smtp.refuse(() => refused-- > 0);
    const byMail = async (): Promise<EvidenceOffer> => {
      const marked = random.letters(12);
      const about = { day: OPENS, subject: `New sign-in ${marked}` };
      const mail = await checkMail(view, 1, await receiveSignedMail(world.smtp, person.typed, about), OPENS);
      const sent = encodeBase64url(mail.header).slice(40, 120);
      evidence.push({ name: "mail's subject", text: marked }, { name: "mail as sent", text: sent });
      return { kind: "existing-mail", mail };
    };
    const mail = i === 2 ? await byMail() : null;
    const again = () => {
      const read = onceForEach(codeReader(world, person.mailbox));
      const byCode: EvidenceOffer = {
        kind: "mailbox-code",
        mailbox: person.typed,
        askCode: async (registrar, wrong) => {
          const code = await read(registrar);
          // Mistyped at first; the wrong code is as secret as the right one.
          return wrong === 0 ? String((Number(code) + 1) % 100_000_000).padStart(8, "0") : code;
        },
      };
      const name = suggestName(person.mailbox, world.manifest.names!);
      return enrol({ ...sending, secrets: person.secrets, view, epoch: 1, evidence: mail ?? byCode, name });
    };
    const first = await again();
    expect(first.outcomes.map(({ state }) => state)).toEqual(world.registrars.map(() => "enrolled"));
    // As on another device: everything again.
    tokens.push((await again()).tokens);
    expect(tokens[i]).toEqual(first.tokens);
    expect(confirmedName(view, first.tokens)).not.toBeNull();
    // Another person's phrase at this mailbox, with the right code or another mail.
    const stolen = await enrol({
      ...sending,
      secrets: people[(i + 1) % people.length]!.secrets,
      view,
      epoch: 1,
      evidence: mail
        ? await byMail()
        : {
            kind: "mailbox-code",
            mailbox: person.typed,
            askCode: codeReader(world, person.mailbox, 20_000, world.smtp.messages.length),
          },
      name: null,
    });
    const refusals = stolen.outcomes.map((outcome) => outcome.state === "failed" && outcome.code);
    expect(refusals).toEqual(world.registrars.map(() => "already-enrolled"));
  }
  const friend = new Secrets(random.phrase());
  const text = invitationsOf(view, people[0]!.secrets, tokens[0]!)[0]!.text;
  const invitation = await readInvitation(view, text);
  const invited = await enrol({
    ...{ ...sending, secrets: friend, view, epoch: 1, name: null },
    evidence: { kind: "vouch", invitation },
  });
  expect(invited.answered).toBe(world.registrars.length);
  const { key } = people[0]!.secrets.invitation({ workforce: world.workforce, ...invitation });
  const signed = invitation.tokens.map(({ signature }) => encodeBase64url(signature).slice(0, 60));
  evidence.push(
    { name: "invitation", text: encodeBase64url(invitation.secret) },
    { name: "invitation's key", text: key },
    ...signed.map((start, i) => ({ name: `invitation's token ${i}`, text: start })),
  );
  const mails = world.smtp.messages.filter(({ from }) => from.endsWith("@codes.example.com"));
  const codes = [...new Set(mails.map(({ raw }) => codeIn(raw)))];
  const appearances: Appearance[] = [
    { kind: "anonymous" },
    { kind: "role", role: "Engineer", place: null },
    { kind: "named", name: shown, confirmed: null, role: null, place: null },
  ];
  for (const [i, person] of people.entries()) {
    const request = await prepareEndorsement({
      view,
      secrets: person.secrets,
      letter: world.letters[0]!,
      tokens: tokens[i]!,
      appearance: appearances[i]!,
      remainder: "release",
    });
    await send(world, fetch, "endorsements", request as unknown as JsonValue);
  }
  return { world, people, codes, evidence, traces, tokens, shown, whileShown: [] };
}

async function send(world: World, fetch: Fetch, name: string, body: JsonValue): Promise<void> {
  const answer = await fetch(`${world.files}v1/${name}`, {
    method: "POST",
    body: encodeCanonical(body) as Uint8Array<ArrayBuffer>,
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}

/** The second changes role to nothing, the third takes the name back; then the letter closes. */
async function changeAndClose(story: Story): Promise<void> {
  const { world, people, traces, shown, whileShown } = story;
  const { files } = world;
  const letter = world.letters[0]!;
  const fetch = harassed(world, traces);
  await world.moveTo(addDays(OPENS, 1));
  const openings = async () => await (await globalThis.fetch(`${files}openings/${letter}/0.json`)).text();
  expect(await openings(), outputOf(world)).toContain(shown);
  const name = new CanarySearch([{ name: "name", text: shown }]);
  const { databaseUrl } = world.board;
  whileShown.push(
    ...(databaseUrl === undefined
      ? await searchFolders(story, name)
      : name.inBytes("rows", await dumpRows(databaseUrl))),
  );
  const source = httpSource(files);
  const view = await world.view();
  const headOf = async (person: Person) => {
    const state = await keyState({ view, source, secrets: person.secrets, letter });
    if (state.state === "not-in-the-log") throw new Error("not released");
    return state.head;
  };
  const [, second, third] = people as [Person, Person, Person];
  const about = async (person: Person) => ({
    view,
    secrets: person.secrets,
    letter,
    head: await headOf(person),
  });
  const revision = await prepareRevision({ ...(await about(second)), appearance: { kind: "anonymous" } });
  await send(world, fetch, "revisions", revision as unknown as JsonValue);
  const withdrawal = prepareWithdrawal(await about(third));
  await send(world, fetch, "withdrawals", withdrawal as unknown as JsonValue);
  await world.moveTo(addDays(OPENS, 2));
  expect(await openings()).not.toContain(shown);
  await world.moveTo(addDays(CLOSES, 1));
}

/** Nobody's mails, codes or limits are of that day any more; and others have come since. */
async function letTimePass(world: World): Promise<void> {
  await world.setTime(world.clock.time + 24 * 3_600_000);
  const send = fetchFrom("127.0.0.1", "somebody else");
  for (const server of serversOf(world)) {
    for (let i = 0; i < 50; i++) await send(`${server.url}/openapi.json`);
  }
}

async function searchAnswers({ traces }: Story, search: CanarySearch): Promise<string[]> {
  return traces.answers.flatMap((answer, i) => search.inBytes(`answer ${i}`, answer));
}

async function searchPublicFiles({ world }: Story, search: CanarySearch): Promise<string[]> {
  const found: string[] = [];
  for (const address of await publicAddresses(world.board.url, world.files)) {
    const response = await fetch(address);
    expect(response.status, address).toBe(200);
    found.push(...search.inBytes(address, new Uint8Array(await response.arrayBuffer())));
  }
  for (const { url } of world.registrars) {
    for (const path of ["/v1/registrar", "/v1/statements/1", "/openapi.json"]) {
      const response = await fetch(`${url}${path}`);
      found.push(...search.inBytes(path, new Uint8Array(await response.arrayBuffer())));
    }
  }
  return found;
}

/** Data folders with databases and their logs, and temporary folders. */
async function searchFolders({ world }: Story, search: CanarySearch): Promise<string[]> {
  const found: string[] = [];
  for (const server of serversOf(world)) {
    for (const folder of [server.dataDir, server.temporary]) {
      found.push(...(await search.inFolder(folder)).found);
    }
  }
  return found;
}

/** What the snapshot of a process's heap holds after a collection. */
async function searchHeap(story: Story, server: Server, search: CanarySearch): Promise<string[]> {
  const path = join(story.world.folder, "heap.json");
  await server.process.snapshot(path);
  try {
    return await search.inFile(path, "heap");
  } finally {
    await rm(path, { force: true });
  }
}

/** What the process's memory holds, in use or not. */
async function searchMemory(server: Server, search: CanarySearch): Promise<string[]> {
  return await search.inStream("memory", readMemory(server.process.pid));
}

describe.runIf(ENGINES.includes("sqlite"))("on SQLite, with three registrars", () => {
  let story: Story;
  let search: CanarySearch;
  let name: CanarySearch;
  beforeAll(async () => {
    story = await enrolAndSign(await startWorld({ registrars: 3, ...EVIDENCE }), 501);
    search = new CanarySearch(canariesOf(story));
    name = new CanarySearch([{ name: "name", text: story.shown }]);
    await changeAndClose(story);
  });
  afterAll(() => story?.world.close());

  it("every request has failed in many places, and gone through in the end", () => {
    expect(story.traces.failures).toBeGreaterThan(FAILURES);
    // A few others are taken for what they seem to be: a signature that does not verify.
    const internal = story.traces.answers.filter((answer) => answer.includes('"code":"internal"'));
    expect(internal.length).toBeGreaterThan(FAILURES);
    expect(story.codes.length).toBeGreaterThanOrEqual(3);
  });

  it("no answer, no line of output and no public file holds any of it", async () => {
    const { world } = story;
    expect(search.inBytes("output", outputOf(world))).toEqual([]);
    for (const server of serversOf(world)) expect(server.output()).toContain('"event":"http-failure"');
    expect(await searchAnswers(story, search)).toEqual([]);
    expect(await searchPublicFiles(story, search)).toEqual([]);
  });

  it("no file below the data folders and the temporary folders holds any of it, while they run and afterwards", async () => {
    expect(await searchFolders(story, search)).toEqual([]);
  });

  it("a name that was shown and taken back is gone from the public files and from the disk", async () => {
    // It was there: the search sees what lies in a running server's database.
    expect(story.whileShown.length).toBeGreaterThan(0);
    expect(await searchPublicFiles(story, name)).toEqual([]);
    expect(await searchFolders(story, name)).toEqual([]);
  });

  it("the search would have found it: a copy of the data with one address planted in it", async () => {
    const copy = join(story.world.folder, "copy");
    await cp(story.world.registrar.dataDir, copy, { recursive: true });
    const database = new DatabaseSync(join(copy, "registrar.sqlite"));
    const insert = database.prepare("insert into enrolment (epoch, tag, mac) values (1, ?, ?)");
    insert.run(createHash("sha256").update(story.people[1]!.mailbox).digest(), new Uint8Array(32));
    database.close();
    expect((await search.inFolder(copy)).found).toContain("registrar.sqlite: mailbox 1 as sha256");
    await writeFile(join(copy, "keys", "note"), story.people[2]!.typed.toUpperCase());
    expect((await search.inFolder(copy)).found).toContain("keys/note: mailbox 2 as typed as text");
    const [subject, sent] = story.evidence as [Canary, Canary];
    await writeFile(join(copy, "keys", "mails"), `${subject.text.toLowerCase()}\n${sent.text}`);
    const { found } = await search.inFolder(copy);
    expect(found).toContain("keys/mails: mail's subject as text");
    expect(found).toContain("keys/mails: mail as sent as text");
    await rm(copy, { recursive: true });
  });

  it("what is reachable in the memory of all processes holds none of it, once the day is over", async () => {
    await letTimePass(story.world);
    for (const server of serversOf(story.world)) {
      expect(await searchHeap(story, server, search)).toEqual([]);
    }
  });

  // Memory that was freed and not yet used again is not asked about here: no program of Node's can overwrite it, and
  // OPERATING says to forbid core dumps. What never was in a process is not in its memory either, freed or not.
  it("no memory of the board ever held a mailbox or a code, none of a registrar a name, and none of any a phrase", {
    timeout: 180_000,
  }, async ({ skip }) => {
    const { board, registrars, manifest } = story.world;
    if (!(await canReadMemory(board.process.pid))) skip("this machine does not show a child's memory");
    const all = canariesOf(story);
    const phrases = all.filter((canary) => canary.name.startsWith("phrase"));
    const evidence = all.filter((canary) => /mail|code|invitation/.test(canary.name));
    expect(await searchMemory(board, new CanarySearch([...phrases, ...evidence]))).toEqual([]);
    // The memory that is read is the process's own: its public key is in it.
    for (const [i, registrar] of registrars.entries()) {
      const own = { name: "own key", text: manifest.registrars[i]!.identity };
      const sought = new CanarySearch([...phrases, { name: "name", text: story.shown }, own]);
      const found = await searchMemory(registrar, sought);
      expect(found.filter((line) => !line.includes("own key"))).toEqual([]);
      expect(found.length).toBeGreaterThan(0);
    }
  });

  it("nothing is left after all have stopped", async () => {
    await story.world.board.restart("stop");
    for (const registrar of story.world.registrars) await registrar.restart("kill");
    expect(await searchFolders(story, search)).toEqual([]);
    expect(await searchFolders(story, name)).toEqual([]);
  });
});

describe.runIf(ENGINES.includes("postgres"))("on PostgreSQL", () => {
  let postgres: TestPostgres;
  let story: Story;
  let search: CanarySearch;
  beforeAll(async () => {
    postgres = await startPostgres();
    const boardDatabase = await postgres.createDatabase();
    const registrarDatabase = await postgres.createDatabase();
    story = await enrolAndSign(await startWorld({ boardDatabase, registrarDatabase, ...EVIDENCE }), 502);
    search = new CanarySearch(canariesOf(story));
    await changeAndClose(story);
  });
  afterAll(async () => {
    await story?.world.close();
    await postgres?.stop();
  });

  it("every request has failed in many places, and no answer, output, public file or own file holds any of it", async () => {
    const { world } = story;
    expect(story.traces.failures).toBeGreaterThan(FAILURES);
    expect(search.inBytes("output", outputOf(world))).toEqual([]);
    expect(await searchAnswers(story, search)).toEqual([]);
    expect(await searchPublicFiles(story, search)).toEqual([]);
    expect(await searchFolders(story, search)).toEqual([]);
  });

  it("no file of the database server holds any of it, its write-ahead log included", async ({ skip }) => {
    const client = new pg.Client({ connectionString: story.world.registrar.databaseUrl });
    await client.connect();
    const ask = async (query: string) => (await client.query<{ value: string }>(query)).rows;
    await ask("checkpoint");
    const folder = (await ask("select current_setting('data_directory') as value"))[0]!.value;
    // The server's own, which nobody connects to: a third of all bytes.
    const templates = await ask("select oid::text as value from pg_database where datname not like '%test%'");
    await client.end();
    if (!(await readdir(folder).catch(() => null))) skip("the server's files are not ours to read");
    const except = templates.map(({ value }) => join("base", value));
    const { found, files } = await search.inFolder(folder, except);
    expect(found).toEqual([]);
    expect(files).toBeGreaterThan(500);
    // The search is in the right place: the registrar's tags are there.
    const { tag } = await openEpochSecrets(story.world);
    const tags = story.people.map(({ mailbox }, i) => {
      return { name: `tag ${i}`, bytes: createHmac("sha256", tag).update(mailbox).digest() };
    });
    const stored = (await new CanarySearch(tags).inFolder(folder, except)).found.join();
    for (const { name } of tags) expect(stored).toContain(name);
  });

  it("a name that was shown and taken back is gone from the public files and from every row", async () => {
    const name = new CanarySearch([{ name: "name", text: story.shown }]);
    expect(await searchPublicFiles(story, name)).toEqual([]);
    expect(story.whileShown.length).toBeGreaterThan(0);
    expect(name.inBytes("rows", await dumpRows(story.world.board.databaseUrl!))).toEqual([]);
  });
});
