/** What the page sends when a letter is published: what was reviewed and nothing else, in the place that the log has for it. */
import {
  fieldText,
  letterOf,
  letterValues,
  type Signer,
  signerFromSeed,
  verifyObject,
} from "@undersigned/core";
import { openWorkforce, type WorkforceView } from "@undersigned/verify";
import { beforeAll, describe, expect, test } from "vitest";
import { memorySource } from "../../../../../test/kit/public-files.ts";
import { publishingOf, type Reviewed } from "../../../src/islands/desk/letters/review/publish-letter.ts";
import type { OpenDocument } from "../../../src/islands/desk/outbox/open-document.ts";
import { openedLog } from "../../reader/kit.ts";

const TODAY = "2026-03-02";
const random = (bytes: number) => new Uint8Array(bytes).fill(7);

let view: WorkforceView;
let opener: Signer;

beforeAll(async () => {
  const { log } = openedLog();
  opener = log.opener;
  view = await openWorkforce(memorySource(await log.files()), log.workforce);
});

function reviewed(changes: Record<string, unknown> = {}, before: Record<string, unknown> = {}): Reviewed {
  const { opens, closes } = [...view.letters.values()][0]!.leaf;
  const values = {
    title: "A title",
    addressee: { name: "The board", organisation: "Example", mailbox: "" },
    body: "Some text.",
    opens,
    closes,
    delivers: closes,
    delivery: "By hand.",
    appearances: ["anonymous"],
  };
  const textsOf = (more: Record<string, unknown>) =>
    new Map(Object.entries({ ...values, ...more }).map(([name, value]) => [name, fieldText(value)]));
  const organisers = [opener.publicKey, signerFromSeed(random(32)).publicKey].sort();
  const context = {
    workforce: { id: view.workforce, manifest: view.manifest },
    organisers,
    salt: "A".repeat(43),
    replaces: null,
    day: TODAY,
  };
  const fields = textsOf(changes);
  const document = { id: "AAAAAAAAAAAAAAAAAAAAAA", about: { replaces: null } } as OpenDocument;
  const result = letterOf(textsOf({ ...changes, ...before }), context);
  return { document, fields, values: letterValues(fields), organisers, result };
}

const publish = (of: Reviewed, signer = opener) => publishingOf(of, view, signer, TODAY, random);
const code = (value: string) => expect.objectContaining({ code: value });

describe("publishing", () => {
  test("takes the next slot after the letter that stands last, signed by the opener", async () => {
    const { leaf, manifest, unlisted } = publish(reviewed());
    expect(leaf).toMatchObject({ slot: 1, epoch: 1, by: opener.publicKey, closes: manifest.closes });
    expect(leaf.previous).not.toBeNull();
    expect(await verifyObject(leaf, opener.publicKey)).toBe(true);
    expect(unlisted).toBeNull();
  });

  test("of an unlisted letter brings a key for its link, another each time", () => {
    const keys = [0, 1].map(() => publish(reviewed({ listed: false })).unlisted);
    expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });

  test("is refused when somebody has changed the text since it was reviewed", () => {
    expect(() => publish(reviewed({ body: "Other text." }, { body: "Some text." }))).toThrow(
      code("letter-changed"),
    );
  });

  test("is refused when an owner has come since it was reviewed", () => {
    const of = reviewed();
    const organisers = [...of.organisers, signerFromSeed(new Uint8Array(32).fill(9)).publicKey].sort();
    expect(() => publish({ ...of, organisers })).toThrow(code("letter-changed"));
  });

  test("is refused when something is missing", () => {
    expect(() => publish(reviewed({ title: "" }))).toThrow(code("letter-incomplete"));
  });

  test("is refused by a key that may not open letters, before anything is sent", () => {
    expect(() => publish(reviewed(), signerFromSeed(random(32)))).toThrow(code("not-an-opener"));
  });

  test("is refused where no epoch spans its days", () => {
    expect(() => publish(reviewed({ closes: "2031-01-01", delivers: "2031-01-01" }))).toThrow(
      code("no-epoch"),
    );
  });
});
