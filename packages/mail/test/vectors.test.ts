/**
 * The mails of two other projects (vectors/SOURCE.md), each with the rule that accepts or refuses it: the table in decision
 * 13, which is read from there.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRsaPublicKey } from "../src/der.ts";
import {
  keyRecordName,
  listedSignatures,
  type MailKey,
  type MailPolicy,
  parseHeader,
  readKeyRecord,
} from "../src/index.ts";
import { checkPolicy } from "../src/policy.ts";
import { decodeBase64, parseTags } from "../src/tag-list.ts";
import { verifyHeader } from "../src/verify-header.ts";
import { outcomeOf } from "./kit.ts";
import published from "./vectors/lieser/dns-keys.json" with { type: "json" };

const folder = join(import.meta.dirname, "vectors");
const files = globSync("*/*.eml", { cwd: folder }).sort();
const decision = readFileSync(
  join(import.meta.dirname, "../../../docs/decisions/0013-existing-mail.md"),
  "utf8",
);
const table = [...decision.matchAll(/^\| `(\S+\.eml)` \| (.+) \|$/gm)].map(([, file, rules]) => ({
  file: file!,
  rules,
}));
const records: Record<string, string> = published;

const policy = (domain: string): MailPolicy => ({
  senders: [{ domain, from: "joe@football.example.com", subject: null }],
  window: { notBefore: "2003-07-12", notAfter: "2003-07-12" },
  canonical: (address) => address,
});

/** The RSA keys of the vectors have 1024 bits: refused as records, and here used all the same, to try the rest of the way. */
function keyOf(record: string): MailKey {
  const tags = parseTags(record);
  if (tags.get("k")?.value === "ed25519") return readKeyRecord(record);
  const { n } = readRsaPublicKey(decodeBase64(tags.get("p")!.value)!)!;
  const strict = tags.get("t")?.value === "s";
  return { algorithm: "rsa-sha256", modulus: n, bits: n.toString(2).length, strict };
}

async function rulesOn(file: string): Promise<string[]> {
  const header = parseHeader(readFileSync(join(folder, file)));
  return Promise.all(
    listedSignatures(header).map(async ({ signature, error }) => {
      if (signature === null) return `not read: ${error.code}`;
      const record = records[keyRecordName(signature)]!;
      const key = keyOf(record);
      const outcomes = [
        await outcomeOf(() => readKeyRecord(record)),
        await outcomeOf(() => verifyHeader(header, signature, key, Date.UTC(2026, 0))),
        await outcomeOf(() =>
          checkPolicy(header, signature, key, policy(signature.domain), "suzie@shopping.example.net"),
        ),
      ];
      return `key ${outcomes[0]}, signature ${outcomes[1]}, policy ${outcomes[2]}`;
    }),
  );
}

describe("the mail of another project", () => {
  it("has a row in decision 13", () => {
    expect(table.map(({ file }) => file)).toEqual(files);
  });

  it.each(table)("$file: $rules", async ({ file, rules }) => {
    expect((await rulesOn(file)).join("; ")).toBe(rules);
  });

  it("is read the same with CRLF as with the LF that it is stored with", () => {
    for (const file of files) {
      const text = readFileSync(join(folder, file), "latin1");
      const crlf = Buffer.from(text.replaceAll("\n", "\r\n"), "latin1");
      expect(parseHeader(crlf)).toEqual(parseHeader(Buffer.from(text, "latin1")));
    }
  });
});
