/** What is read that is not JSON: mailboxes, names, invitations, the log's notes and tiles, bundles, keys. */
import { readdirSync, readFileSync } from "node:fs";
import {
  CoreError,
  checkNamePattern,
  checkNotedName,
  checkShownText,
  decodeBase64url,
  encodeInvitation,
  type MailboxRules,
  type NameRule,
  nameFits,
  openEnrolment,
  parseInvitation,
  parseRsaSpki,
  readMailbox,
  Secrets,
  sealEnrolment,
  suggestName,
} from "@undersigned/core";
import {
  decodeBase64,
  decodeEntries,
  decodeTile,
  encodeEntries,
  LogError,
  parseCheckpoint,
  parseEntriesPath,
  parseNote,
  parseSignatureLines,
  parseTilePath,
  parseTlogProof,
  parseVkey,
  readCosignature,
} from "@undersigned/log";
import { RegistrarError } from "@undersigned/registrar";
import { bundleSource, LIMITS, VerifyError } from "@undersigned/verify";
import { requireElement } from "../../packages/registrar/src/second-party/voprf.ts";
import { mutateBytes } from "./mutate.ts";
import { type Target, type TypedError, takes } from "./target.ts";

const MOST = 64 * 1024;
const INTEROP = new URL("../../interop/", import.meta.url);

const text = (value: string) => new TextEncoder().encode(value);
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, INTEROP)));
const asText = (input: Uint8Array) => new TextDecoder().decode(input);

function target(
  name: string,
  errors: readonly TypedError[],
  seeds: readonly Uint8Array[],
  work: (input: Uint8Array) => unknown,
  most = MOST,
): Target {
  return {
    name,
    weight: 1,
    most,
    seeds,
    make: (random) => mutateBytes(random, seeds[random.below(seeds.length)] as Uint8Array, seeds, most),
    takes: (input) => takes(errors, () => work(input)),
  };
}

const RULES: MailboxRules = {
  domains: [{ domain: "example.com", aliases: ["mail.example.com"] }],
  plus: true,
  dots: true,
  groups: ["all*", "*team*team*", "info"],
};

const NAME_MAILBOX = "jo.muster@example.com";
const NAME_RULES: readonly NameRule[] = ["{given}.{family}{n}", "{g}{family}", "{given}{family}"].map(
  (pattern) => ({
    pattern,
    order: "given-family",
  }),
);
const checkpoint = read("valid/checkpoint");
/** How many leaves the worked example has; all stand in one tile. */
const WIDTH = parseCheckpoint(parseNote(checkpoint).text).size;
const invitation = encodeInvitation({
  epoch: 1,
  number: 2,
  secret: new Uint8Array(32).fill(7),
  tokens: [0, 2].map((registrar) => ({ registrar, signature: new Uint8Array(256).fill(registrar) })),
});
const secrets = new Secrets(
  "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
);

const VKEYS = [
  "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
  "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
].map(text);
const PROOF = text(
  "c2sp.org/tlog-proof@v1\nextra ZXh0cmE=\nindex 10\nrzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4=\n\ncheckpoint data\n",
);
/** The generator of ristretto255 (RFC 9496 appendix A.1). */
const ELEMENT = new Uint8Array(
  Buffer.from("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76", "hex"),
);
const SPKI = (() => {
  const [folder] = readdirSync(new URL("valid/statements", INTEROP));
  const statement = JSON.parse(asText(read(`valid/statements/${folder}`))) as { keys: { spki: string }[] };
  return new Uint8Array(Buffer.from(statement.keys[0]?.spki ?? "", "base64url"));
})();

async function readBundle(input: Uint8Array): Promise<boolean> {
  const source = bundleSource(input);
  const files = ["checkpoint", "index.json", "tile/0/000.p/20", "README.txt"];
  const found = await Promise.all(files.map((path) => source.read(path, LIMITS.index)));
  return found.some((file) => file !== null);
}

const sealedFile = await sealEnrolment(secrets, {
  type: "tokens",
  v: 1,
  workforce: "A".repeat(43),
  epoch: 1,
  class: "mailbox",
  tokens: [],
  invitations: [],
  names: [],
});
/** A time of the year 2026, then a signature. */
const COSIGNATURE = new Uint8Array(72).fill(1);
COSIGNATURE.set([0, 0, 0, 0, 0x69]);
const ENTRIES = encodeEntries(decodeEntries(read(`valid/tile/entries/000.p/${WIDTH}`), WIDTH).slice(0, 5));

export const textTargets: readonly Target[] = [
  target(
    "mailbox",
    [CoreError],
    [text("p0001@example.com"), text("Person.Example+tag@Mail.Example.com")],
    (input) => readMailbox(asText(input), RULES),
    2_000,
  ),
  target(
    "shown-text",
    [],
    [text("Person 0 Example"), text("Ångström é ك")],
    (input) => checkShownText(asText(input), 100) === null,
  ),
  target(
    "name",
    [],
    [text("Jo Muster"), text("J. d'Example-Muster"), text("Jo van Müßter")],
    (input) => {
      const fits = NAME_RULES.some((rule) => nameFits(asText(input), NAME_MAILBOX, rule));
      return checkNotedName(asText(input)) === null || fits;
    },
    2_000,
  ),
  target(
    "name-of-mailbox",
    [],
    [text("jo.muster@example.com"), text("muster_jo2@example.com")],
    (input) => NAME_RULES.map((rule) => suggestName(asText(input), rule)).some((name) => name !== null),
    400,
  ),
  target(
    "name-pattern",
    [],
    NAME_RULES.map(({ pattern }) => text(pattern)),
    (input) => {
      return checkNamePattern(asText(input), false) === null;
    },
  ),
  target("invitation", [CoreError], [text(invitation)], (input) => parseInvitation(asText(input))),
  target("base64url", [CoreError], [text("AAECAw"), text("")], (input) => decodeBase64url(asText(input))),
  target("rsa-spki", [CoreError], [SPKI], (input) => parseRsaSpki(input)),
  target("enrolment-file", [CoreError], [sealedFile], (input) =>
    openEnrolment(secrets, "A".repeat(43), input),
  ),
  target("note", [LogError], [checkpoint], (input) => parseNote(input)),
  target(
    "note-signatures",
    [LogError],
    [checkpoint.subarray(checkpoint.lastIndexOf(0x0a, -2) + 1)],
    (input) => parseSignatureLines(asText(input)),
  ),
  target("checkpoint", [LogError], [checkpoint], (input) => parseCheckpoint(parseNote(input).text)),
  target("vkey", [LogError], VKEYS, (input) => parseVkey(asText(input))),
  target("tile-path", [LogError], [text("0/x001/234"), text("3/000.p/20")], (input) => {
    const [level = "", ...rest] = asText(input).split("/");
    parseEntriesPath(rest.join("/"));
    return parseTilePath(level, rest.join("/"));
  }),
  target("tile", [LogError], [read(`valid/tile/0/000.p/${WIDTH}`)], (input) =>
    decodeTile(input, Math.ceil(input.length / 32)),
  ),
  target("entries", [LogError], [ENTRIES], (input) => decodeEntries(input, 5)),
  target("tlog-proof", [LogError], [PROOF], (input) => parseTlogProof(input)),
  target("cosignature", [LogError], [COSIGNATURE], (input) => readCosignature(input)),
  target("base64", [LogError], [text("AAEC"), text("AA==")], (input) => decodeBase64(asText(input))),
  target("bundle", [VerifyError], [read("small.zip")], readBundle),
  target("voprf-element", [RegistrarError], [ELEMENT], (input) => requireElement(input)),
];
