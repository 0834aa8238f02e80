/**
 * The ways that tell the employer nothing, from the evidence to the count, by command and by the client: a mail that is
 * there already, an invitation, a confirmed name. Three registrars, two of which are needed.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  checkMail,
  confirmedName,
  type EvidenceOffer,
  endorse,
  enrol,
  invitationsOf,
  readInvitation,
} from "@undersigned/client";
import { type Appearance, addDays, type EnrolmentTokens, openEnrolment, Secrets } from "@undersigned/core";
import { httpSource, openingsPath, recount } from "@undersigned/verify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand, succeed } from "../../packages/cli/test/run-command.ts";
import { SeededRandom } from "../kit/seeded-random.ts";
import { readLeaves } from "../kit/servers/public-leaves.ts";
import { OPENS, startWorld, type World } from "../kit/servers/world.ts";
import { EVERY_EVIDENCE, MAIL_KEYS, MAIL_TEXT, receiveSignedMail } from "../kit/signed-mail.ts";

const MAIL_DAY = addDays(OPENS, -1);
const random = new SeededRandom(17);
const phrases = {
  jo: random.phrase(),
  max: random.phrase(),
  friend: random.phrase(),
  thief: random.phrase(),
};
const secretsOf = (who: keyof typeof phrases) => new Secrets(phrases[who]);

let world: World;
let folder = "";
const at = (name: string) => join(folder, name);
const log = () => ["--board", world.board.url, "--workforce", world.workforce];
const json = ({ stdout }: { stdout: string }) => JSON.parse(stdout);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "undersigned-evidence-"));
  const classes = { mailbox: { min: 1, every: 1 }, vouched: { min: 1, every: 1 } };
  world = await startWorld({
    registrars: 3,
    quorum: 2,
    workforce: EVERY_EVIDENCE,
    dns: MAIL_KEYS,
    batch: { first: 2, classes },
  });
});
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Enrols by command; the phrase comes on descriptor 3, another secret on 4. */
function enrolBy(who: keyof typeof phrases, args: string[], secret = "") {
  const all = ["enrol", ...log(), "--epoch", "1", "--out", at(who), "--json", "--phrase-fd", "3", ...args];
  return runCommand(all, { fds: [phrases[who], secret] });
}

/** Enrols by the client, as a page does. */
async function enrolWith(who: keyof typeof phrases, evidence: EvidenceOffer, name: string | null = null) {
  const view = await world.view();
  return enrol({ view, secrets: secretsOf(who), epoch: 1, evidence, name, fetch });
}

const codesOf = (result: Awaited<ReturnType<typeof enrolWith>>) =>
  result.outcomes.map((outcome) => (outcome.state === "failed" ? outcome.code : outcome.state));

async function sign(who: keyof typeof phrases, tokens: EnrolmentTokens, appearance: Appearance) {
  const choice = { view: await world.view(), secrets: secretsOf(who), letter: world.letters[0]!, tokens };
  await endorse({ ...choice, appearance, remainder: "release" }, { fetch });
}

describe("a mail that is there already", () => {
  let mail: Uint8Array;

  it("enrols its owner by command, who is shown what leaves, and confirms the name; no code is mailed", async () => {
    mail = await receiveSignedMail(world.smtp, "Jo.Doe+signin@mail.example.com", { day: MAIL_DAY });
    await writeFile(at("mail.eml"), mail);
    const before = world.smtp.messages.length;
    const enrolled = await enrolBy("jo", ["--mail", at("mail.eml")]);
    expect(enrolled.stderr).toContain("To: Jo.Doe+signin@mail.example.com");
    expect(enrolled.stderr).toContain("The name Jo Doe is confirmed.");
    expect(enrolled.stderr).not.toContain(MAIL_TEXT);
    expect(json(enrolled)).toMatchObject({
      answered: 3,
      quorum: 2,
      enough: true,
      name: "Jo Doe",
      invitations: 2,
    });
    expect(world.smtp.messages).toHaveLength(before);
  });

  it("is good for no other phrase, and no other mail is either: the mailbox is enrolled", async () => {
    const view = await world.view();
    const other = await receiveSignedMail(world.smtp, "jo.doe@example.com", { day: MAIL_DAY });
    const steal = async (file: Uint8Array) => {
      const checked = await checkMail(view, 1, file, OPENS);
      return codesOf(await enrolWith("thief", { kind: "existing-mail", mail: checked }));
    };
    const all = (code: string) => [code, code, code];
    expect(await steal(mail)).toEqual(all("mail-reserved"));
    expect(await steal(other)).toEqual(all("already-enrolled"));
    // Nobody holds it any more.
    await world.setTime(world.clock.time + 61 * 60_000);
    expect(await steal(mail)).toEqual(all("mail-spent"));
  });

  it("enrols somebody else all the same whose name their mailbox does not say: it is not confirmed", async () => {
    const file = await receiveSignedMail(world.smtp, "max.roe@example.com", { day: MAIL_DAY });
    const view = await world.view();
    const checked = await checkMail(view, 1, file, OPENS);
    expect(checked).toMatchObject({
      mailbox: "max.roe@example.com",
      sender: "Example sign-in",
      key: "pinned",
    });
    const result = await enrolWith("max", { kind: "existing-mail", mail: checked }, "Maximilian Roe");
    expect(result.answered).toBe(3);
    expect(confirmedName(view, result.tokens)).toBeNull();
    await sign("max", result.tokens, named("Maximilian Roe"));
  });
});

describe("an invitation", () => {
  let links: string[] = [];

  it("is one of two that the inviter's command prints, the same each time", async () => {
    const args = ["invitations", ...log(), "--enrolment", at("jo"), "--letter", world.letters[0]!, "--json"];
    const print = () => succeed([...args, "--phrase-fd", "3"], { fds: [phrases.jo] });
    const printed = await print();
    links = json(printed).links;
    expect(links).toHaveLength(2);
    expect(printed.stderr).toContain("Each of these is a secret");
    for (const link of links) expect(link).toMatch(new RegExp(`/sign#${world.workforce}\\.[A-Za-z0-9_-]+$`));
    expect(json(await print()).links).toEqual(links);
  });

  it("enrols a colleague by command, as vouched, without a name, and gives no invitations", async () => {
    const enrolled = await enrolBy("friend", ["--invitation-fd", "4"], links[0]);
    expect(json(enrolled)).toMatchObject({ answered: 3, enough: true, name: null, invitations: 0 });
  });

  it("works once: the same again for the same person, and for nobody else", async () => {
    const again = await enrolBy("friend", ["--invitation-fd", "4"], links[0]);
    expect(again.code).toBe(0);
    const view = await world.view();
    const invitation = await readInvitation(view, links[0]!.split(".").at(-1)!);
    const used = await enrolWith("friend", { kind: "vouch", invitation });
    expect(used.answered).toBe(3);
    const stolen = await enrolWith("thief", { kind: "vouch", invitation });
    expect(codesOf(stolen)).toEqual(["invitation-used", "invitation-used", "invitation-used"]);
    const theirs = await enrolBy("thief", ["--invitation-fd", "4"], links[0]);
    expect(theirs.code).toBe(1);
    expect(theirs.stderr).toContain("not-enrolled: ");
  });

  it("lets nobody invite in turn", async () => {
    const view = await world.view();
    const { tokens } = await enrolWith("friend", {
      kind: "vouch",
      invitation: await readInvitation(view, links[0]!.split(".").at(-1)!),
    });
    expect(tokens.class).toBe("vouched");
    expect(invitationsOf(view, secretsOf("friend"), tokens)).toEqual([]);
    await sign("friend", tokens, { kind: "anonymous" });
  });
});

describe("under the letter", () => {
  const numbers = async () => {
    const report = await recount(httpSource(world.files), { workforce: world.workforce });
    expect(report.failures).toEqual([]);
    return report.letters[0]!;
  };

  it("who was vouched for does not help to reach the first number: one mailbox and one vouched stay unseen", async () => {
    await world.moveTo(addDays(OPENS, 1));
    expect((await readLeaves(world.files)).filter(({ leaf }) => leaf.type === "endorsement")).toEqual([]);
  });

  it("a name that was confirmed is signed as confirmed by command, and one that was not is not", async () => {
    const signed = await succeed(
      [
        ...["sign", ...log(), "--letter", world.letters[0]!, "--enrolment", at("jo"), "--as", "named"],
        ...["--name-fd", "4", "--phrase-fd", "3", "--json"],
      ],
      { fds: [phrases.jo, "Jo Doe"] },
    );
    expect(signed.stderr).toContain("confirmed by your work mailbox");
    await world.moveTo(addDays(OPENS, 2));
    const shown = await openings();
    expect(shown.map(({ name, confirmed }) => [name, confirmed?.by.length ?? 0]).sort()).toEqual([
      ["Jo Doe", 2],
      ["Maximilian Roe", 0],
    ]);
  });

  it("all of it recounts: two mailboxes, and one vouched for apart", async () => {
    expect(await numbers()).toMatchObject({ counted: { mailbox: 2, vouched: 1 } });
  });

  it("a confirmation is the person's own: nobody else can show it", async () => {
    const view = await world.view();
    const tokens = await openEnrolment(secretsOf("jo"), world.workforce, await readFile(at("jo")));
    expect(confirmedName(view, tokens)).toBe("Jo Doe");
    await expect(
      endorse(
        {
          ...{ view, secrets: secretsOf("thief"), letter: world.letters[0]!, tokens },
          ...{ appearance: named("Jo Doe"), remainder: "release" },
        },
        { fetch },
      ),
    ).rejects.toMatchObject({ code: "name-not-confirmed" });
  });
});

function named(name: string): Appearance {
  return { kind: "named", name, confirmed: null, role: null, place: null };
}

/** What stands on the first page of names. */
async function openings() {
  const answer = await fetch(`${world.files}${openingsPath(world.letters[0]!, 0)}`);
  const { entries } = (await answer.json()) as { entries: { opening: { appearance: Appearance } }[] };
  return entries.flatMap(({ opening: { appearance } }) => (appearance.kind === "named" ? [appearance] : []));
}
