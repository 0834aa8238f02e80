/** Enrolment by existing mail and by invitation, and confirmed names, against fake registrars that answer and lie. */
import { encodeBase64url, type JsonValue, mailReservationHash, Secrets } from "@undersigned/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SeededRandom } from "../../../test/kit/seeded-random.ts";
import { MAIL_TEXT, signedMail } from "../../../test/kit/signed-mail.ts";
import {
  checkMail,
  confirmedName,
  type EnrolmentResult,
  enrol,
  invitationsOf,
  prepareEndorsement,
  prepareRevision,
  readInvitation,
} from "../src/index.ts";
import { answering, offices, viewWith } from "./evidence-kit.ts";
import {
  type EnrolChanges,
  enrolOptions,
  errorOf,
  LETTER,
  makeFetch,
  OTHER_PHRASE,
  type Reply,
  secrets,
} from "./kit.ts";

type Fetching = ReturnType<typeof makeFetch>;
const random = new SeededRandom(23);
const view = viewWith();
const NAME = "Ana Lopez";
const file = await signedMail("Ana.Lopez+in@mail.example.com", { day: "2026-05-04" });
const mail = await checkMail(view, 1, file, "2026-05-10");
const byMail = { evidence: { kind: "existing-mail", mail } } as const;

const enrolAt = (fetching: Fetching, changes: EnrolChanges = {}) =>
  enrol(enrolOptions(fetching.fetch, { view, name: NAME, ...changes }));
const honest = () => makeFetch(answering());
const pathsOf = (fetching: Fetching) => fetching.sent.map(({ url }) => new URL(url).pathname);
const bodiesTo = (fetching: Fetching, path: string) =>
  fetching.sent
    .filter(({ url }) => url.endsWith(path))
    .map(({ url, body }) => ({ url, body: JSON.parse(body) }));
const codes = ({ outcomes }: EnrolmentResult) =>
  outcomes.map((outcome) => (outcome.state === "failed" ? outcome.code : outcome.state));

/** What the first registrar answers to an enrolment, changed. */
const lying = (change: (body: Record<string, JsonValue>) => object) =>
  makeFetch(
    answering((index, path, _body, answer) =>
      index === 0 && path === "/v1/enrolments"
        ? answer().then(
            ({ status, body }): Reply => ({
              status,
              body: { ...(body as object), ...change(body as Record<string, JsonValue>) } as JsonValue,
            }),
          )
        : null,
    ),
  );

const all = await enrolAt(honest(), byMail);
const invited = invitationsOf(view, secrets, all.tokens);
const invitation = await readInvitation(view, invited[0]!.text);
const friend = new Secrets(OTHER_PHRASE);

describe("an existing mail", () => {
  it("gives tokens, invitations and the name of every registrar, as a code does", async () => {
    expect(codes(all)).toEqual(["enrolled", "enrolled", "enrolled"]);
    expect(all.tokens.tokens).toHaveLength(48);
    expect(all.tokens.invitations).toHaveLength(6);
    expect(all.tokens.names).toHaveLength(3);
    expect((await enrolAt(honest())).tokens).toEqual(all.tokens);
  });

  it("is reserved by a hash that is another one at each registrar, and leaves as its signed header alone", async () => {
    const fetching = honest();
    await enrolAt(fetching, byMail);
    const reserved = bodiesTo(fetching, "/v1/reservations").map(({ body }) => body.evidence);
    const hashes = offices.map(({ identity }) =>
      mailReservationHash(identity, encodeBase64url(mail.signature)),
    );
    expect(reserved.map((evidence) => evidence.mail).sort()).toEqual(hashes.sort());
    for (const { body } of bodiesTo(fetching, "/v1/enrolments")) {
      expect(body.evidence).toEqual({ kind: "existing-mail", header: encodeBase64url(mail.header) });
    }
    expect(new TextDecoder().decode(file)).toContain(MAIL_TEXT);
    expect(new TextDecoder().decode(mail.header)).not.toContain(MAIL_TEXT);
  });

  it("goes to nobody before the quorum has reserved it, and then to each without a question", async () => {
    const fetching = honest();
    await enrolAt(fetching, byMail);
    const first = pathsOf(fetching).indexOf("/v1/enrolments");
    const before = pathsOf(fetching).slice(0, first);
    expect(before.filter((path) => path === "/v1/reservations").length).toBeGreaterThanOrEqual(2);
  });

  it("stays here when somebody else has reserved it at too many", async () => {
    const fetching = makeFetch(
      answering((index, path) =>
        index > 0 && path === "/v1/reservations" ? Promise.resolve(errorOf(409, "mail-reserved")) : null,
      ),
    );
    const result = await enrolAt(fetching, byMail);
    expect(pathsOf(fetching)).not.toContain("/v1/enrolments");
    expect(codes(result)).toEqual(["reserved", "mail-reserved", "mail-reserved"]);
  });

  it("is reserved again at a registrar that has forgotten it, and a few times at most", async () => {
    let forgotten = 1;
    const forgets = (times: number) => {
      forgotten = times;
      return makeFetch(
        answering((index, path) =>
          index === 1 && path === "/v1/enrolments" && forgotten-- > 0
            ? Promise.resolve(errorOf(409, "not-reserved"))
            : null,
        ),
      );
    };
    const once = forgets(1);
    expect((await enrolAt(once, byMail)).tokens).toEqual(all.tokens);
    expect(bodiesTo(once, "/v1/reservations")).toHaveLength(4);
    const always = forgets(99);
    expect(codes(await enrolAt(always, byMail))[1]).toBe("not-reserved");
    expect(bodiesTo(always, "/v1/reservations")).toHaveLength(5);
  });

  it("is refused before anything is sent where the epoch takes none", async () => {
    const fetching = honest();
    const without = viewWith({ evidence: [{ kind: "mailbox-code", class: "mailbox" }], existingMail: null });
    const refused = enrolAt(fetching, { ...byMail, view: without });
    await expect(refused).rejects.toMatchObject({ code: "evidence-not-accepted" });
    expect(fetching.sent).toEqual([]);
  });
});

describe("an invitation that is given", () => {
  it("is one of as many as the manifest says, with the tokens of max(k, min(n, 3)) registrars, the same each time", async () => {
    expect(invited.map(({ number }) => number).sort()).toEqual([0, 1]);
    expect(invitation.tokens.map(({ registrar }) => registrar)).toEqual([0, 1, 2]);
    expect(invitationsOf(view, secrets, all.tokens)).toEqual(invited);
  });

  it("comes in an order that is not the same for everybody", async () => {
    // The order depends on the phrase alone, so tokens do not matter here.
    const first = (words: Secrets) => invitationsOf(view, words, all.tokens)[0]!.number;
    const persons = Array.from({ length: 64 }, () => new Secrets(random.phrase()));
    expect(new Set(persons.map(first))).toEqual(new Set([0, 1]));
  });

  it("needs the tokens of the quorum, and says nothing without them", () => {
    const of = (count: number) => {
      const some = offices.slice(0, count).map(({ identity }) => identity);
      const kept = all.tokens.invitations.filter(({ registrar }) => some.includes(registrar));
      return invitationsOf(view, secrets, { ...all.tokens, invitations: kept });
    };
    expect(of(2)).toHaveLength(2);
    expect(of(1)).toEqual([]);
  });

  it("is the key's that its registrars have signed: an answer under another number's key is not taken", async () => {
    const fetching = lying(({ invitations }) => {
      const [a, b] = invitations as { number: number; signature: string }[];
      return {
        invitations: [
          { ...a!, signature: b!.signature },
          { ...b!, signature: a!.signature },
        ],
      };
    });
    expect(codes(await enrolAt(fetching, byMail))[0]).toMatch(/^(signature-invalid|rsa-out-of-range)$/);
  });

  it("must come with the tokens: a registrar that withholds one has not enrolled anybody", async () => {
    const fetching = lying(({ invitations }) => ({ invitations: (invitations as JsonValue[]).slice(1) }));
    const result = await enrolAt(fetching, byMail);
    expect(codes(result)[0]).toBe("answer-malformed");
    expect(result.answered).toBe(2);
  });
});

describe("an invitation that was got", () => {
  const byInvitation: EnrolChanges = { evidence: { kind: "vouch", invitation }, secrets: friend };

  it("enrols without a reservation, as vouched, and asks for no invitations and no name", async () => {
    const fetching = honest();
    const result = await enrolAt(fetching, byInvitation);
    expect(codes(result)).toEqual(["enrolled", "enrolled", "enrolled"]);
    expect(pathsOf(fetching)).toEqual(Array(3).fill("/v1/enrolments"));
    expect(result.tokens).toMatchObject({ class: "vouched", invitations: [], names: [] });
    for (const { body } of bodiesTo(fetching, "/v1/enrolments")) {
      expect(body).toMatchObject({ class: "vouched", invitations: [], name: null });
    }
  });

  it("shows each registrar its own token, and never another's or the secret", async () => {
    const fetching = honest();
    await enrolAt(fetching, byInvitation);
    const signatures = invitation.tokens.map(({ signature }) => encodeBase64url(signature));
    for (const { url, body } of fetching.sent) {
      const own = offices.findIndex((office) => url.startsWith(office.url));
      expect(signatures.map((signature) => body.includes(signature))).toEqual(
        signatures.map((_, i) => i === own),
      );
      expect(body).not.toContain(encodeBase64url(invitation.secret));
    }
  });

  it("asks only the registrars whose token it holds", async () => {
    const two = { ...invitation, tokens: invitation.tokens.slice(1) };
    const fetching = honest();
    const result = await enrolAt(fetching, { ...byInvitation, evidence: { kind: "vouch", invitation: two } });
    expect(codes(result)).toEqual(["skipped", "enrolled", "enrolled"]);
    expect(fetching.sent.some(({ url }) => url.startsWith(offices[0]!.url))).toBe(false);
  });

  it("is used by who came first: another phrase is refused and the same one is answered again", async () => {
    expect(codes(await enrolAt(honest(), byInvitation))).toEqual(["enrolled", "enrolled", "enrolled"]);
    const other = await enrolAt(honest(), { ...byInvitation, secrets: new Secrets(random.phrase()) });
    expect(codes(other)).toEqual(["invitation-used", "invitation-used", "invitation-used"]);
  });

  it("is refused before anything is sent in another epoch", async () => {
    const fetching = honest();
    const elsewhere = { ...invitation, epoch: 2 };
    const refused = enrolAt(fetching, {
      ...byInvitation,
      evidence: { kind: "vouch", invitation: elsewhere },
    });
    await expect(refused).rejects.toMatchObject({ code: "invitation-invalid" });
    expect(fetching.sent).toEqual([]);
  });

  it("that was changed anywhere on its way is not taken for one", async () => {
    const { text } = invited[0]!;
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.constantFrom("A", "B", "_"), async (place, letter) => {
        const changed = text.slice(0, place) + letter + text.slice(place + 1);
        fc.pre(changed !== text);
        await expect(readInvitation(view, changed)).rejects.toMatchObject({
          code: expect.stringMatching(/^(bad-invitation|invitation-invalid)$/),
        });
      }),
      { numRuns: 40 },
    );
  });

  it.each<[string, ReturnType<typeof viewWith>]>([
    ["of another workforce", viewWith({}, { workforce: encodeBase64url(new Uint8Array(32).fill(5)) })],
    ["of an epoch that takes none", viewWith({ vouching: null })],
    ["of an epoch that is not logged", viewWith({}, { epochs: new Map() })],
    ["with fewer tokens than are needed", viewWith({ quorum: 4 })],
  ])("%s is told from one that is good", async (_name, other) => {
    await expect(readInvitation(other, invited[0]!.text)).rejects.toMatchObject({
      code: "invitation-invalid",
    });
  });
});

describe("a confirmed name", () => {
  it("is what the quorum has confirmed, and goes into the opening by itself", async () => {
    expect(confirmedName(view, all.tokens)).toBe(NAME);
    const { opening } = await endorsement(NAME);
    const { confirmed } = opening!.appearance as Extract<typeof opening, object>["appearance"] & {
      confirmed: { by: unknown[] };
    };
    expect(confirmed.by).toHaveLength(2);
    expect(await endorsement(NAME)).toEqual(await endorsement(NAME));
  });

  it("is shown with no other name, whatever stands in the appearance", async () => {
    const of = (await endorsement(NAME)).opening!.appearance;
    const other = { ...of, name: "Ana María Lopez" } as typeof of;
    expect((await endorsementAs(other)).opening!.appearance).toMatchObject({ confirmed: null });
  });

  it("goes into a revision where the enrolment is at hand, and not where it is not", async () => {
    const head = { seq: 0, leaf: encodeBase64url(new Uint8Array(32).fill(1)) };
    const of = { view, secrets, letter: LETTER, head, appearance: named(NAME) };
    const shown = async (tokens?: typeof all.tokens) =>
      (await prepareRevision({ ...of, tokens })).opening!.appearance as { confirmed: unknown };
    expect((await shown(all.tokens)).confirmed).not.toBeNull();
    expect((await shown()).confirmed).toBeNull();
  });

  it("of a registrar that confirms something else is none, and its tokens are good all the same", async () => {
    const fetching = lying(({ name }) => {
      const { sigs } = name as { sigs: string[] };
      return { name: { rule: "note", sigs } };
    });
    const result = await enrolAt(fetching, byMail);
    expect(result.answered).toBe(3);
    expect(result.tokens.names.map(({ registrar }) => registrar)).toEqual(
      offices.slice(1).map(({ identity }) => identity),
    );
  });

  it("needs the quorum: what one registrar has confirmed is not confirmed", async () => {
    const one = { ...all.tokens, names: all.tokens.names.slice(0, 1) };
    expect(confirmedName(view, one)).toBeNull();
    const mixed = all.tokens.names
      .slice(0, 2)
      .map((item, i) => (i === 0 ? { ...item, name: "Ana L." } : item));
    expect(confirmedName(view, { ...all.tokens, names: mixed })).toBeNull();
  });

  it("that does not hold stops the signature: the file is not this person's", async () => {
    const names = all.tokens.names.map((item) => ({ ...item, sigs: item.sigs.toReversed() }));
    const refused = prepareEndorsement({
      ...signing,
      tokens: { ...all.tokens, names },
      appearance: named(NAME),
    });
    await expect(refused).rejects.toMatchObject({ code: "name-not-confirmed" });
  });

  it("is asked of nobody where the manifest has no rule, and refused unsent where it is no name", async () => {
    const fetching = honest();
    await enrolAt(fetching, { ...byMail, view: viewWith({ names: null }) });
    for (const { body } of bodiesTo(fetching, "/v1/enrolments")) expect(body.name).toBeNull();
    const unsent = honest();
    const refused = enrolAt(unsent, { ...byMail, name: "Ana\nLopez" });
    await expect(refused).rejects.toMatchObject({ code: "name-malformed" });
    expect(unsent.sent).toEqual([]);
  });
});

describe("a second round", () => {
  const earlier = all.tokens;

  it("asks nobody who has given everything", async () => {
    const fetching = honest();
    const result = await enrolAt(fetching, { ...byMail, earlier });
    expect(fetching.sent).toEqual([]);
    expect(result.tokens).toEqual(earlier);
    expect(codes(result)).toEqual(["known", "known", "known"]);
  });

  it("asks again who has not given its invitations, and keeps what there is", async () => {
    const { identity, url } = offices[1]!;
    const part = {
      ...earlier,
      invitations: earlier.invitations.filter(({ registrar }) => registrar !== identity),
    };
    const fetching = honest();
    const result = await enrolAt(fetching, { ...byMail, earlier: part });
    expect(result.tokens).toEqual(earlier);
    expect(fetching.sent.every((sent) => sent.url.startsWith(url))).toBe(true);
    // Also where it refuses now: its tokens were good before.
    const refusing = makeFetch(answering(() => Promise.resolve(errorOf(409, "epoch-not-open"))));
    expect((await enrolAt(refusing, { ...byMail, earlier: part })).answered).toBe(3);
  });

  it("asks for another spelling of the name only if it is told to, and keeps what was confirmed before", async () => {
    const fetching = honest();
    const quiet = await enrolAt(fetching, { ...byMail, earlier, name: "Ana López" });
    expect(fetching.sent).toEqual([]);
    expect(confirmedName(view, quiet.tokens)).toBe(NAME);
    const again = await enrolAt(honest(), { ...byMail, earlier, name: "Ana López", nameAgain: true });
    expect(confirmedName(view, again.tokens)).toBe("Ana López");
    const unconfirming = makeFetch(
      answering((_index, path, _body, answer) =>
        path === "/v1/enrolments"
          ? answer().then(
              ({ body }): Reply => ({ status: 200, body: { ...(body as object), name: null } as JsonValue }),
            )
          : null,
      ),
    );
    const kept = await enrolAt(unconfirming, { ...byMail, earlier, name: "Anna Lopez", nameAgain: true });
    expect(confirmedName(view, kept.tokens)).toBe(NAME);
  });

  it("takes nothing of another person's: invitations and names that are not theirs are left out", async () => {
    const other = await enrolAt(honest(), { ...byMail, secrets: friend });
    const mixed = { ...earlier, names: other.tokens.names, invitations: other.tokens.invitations };
    const refusing = makeFetch(answering(() => Promise.resolve(errorOf(409, "epoch-not-open"))));
    const result = await enrolAt(refusing, { ...byMail, earlier: mixed });
    expect(result.tokens).toMatchObject({ tokens: earlier.tokens, invitations: [], names: [] });
  });
});

const signing = { view, secrets, letter: LETTER, tokens: all.tokens, remainder: "release" } as const;

function named(name: string) {
  return { kind: "named" as const, name, confirmed: null, role: null, place: null };
}

function endorsement(name: string) {
  return endorsementAs(named(name));
}

function endorsementAs(appearance: Parameters<typeof prepareEndorsement>[0]["appearance"]) {
  return prepareEndorsement({ ...signing, appearance });
}
