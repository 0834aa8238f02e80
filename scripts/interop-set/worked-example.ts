/** The section "Worked example" of docs/PROTOCOL.md: the way of one endorsement of the valid set, with every value on it. */
import {
  blindRequest,
  bytesToBigInt,
  commitmentOf,
  concatBytes,
  decodeBase64url,
  domainMessage,
  type EndorsementLeaf,
  emsaPssEncode,
  encodeBase64url,
  encodeCanonical,
  encodeHex,
  hkdfExpand,
  hkdfExtract,
  type JsonValue,
  keyStatementHash,
  leafHashOf,
  nameKey,
  signedMessage,
  signerFromSeed,
  tokenMessage,
  utf8Encode,
} from "@undersigned/core";
import { encodeBase64, proveInclusion } from "@undersigned/log";
import { toBytes } from "./test-keys.ts";
import type { ValidSet } from "./valid-set.ts";

export const HEADING = "## 11. Worked example";

/** Person 0 of keys.json, the letter of slot 0, the first of its two tokens. */
export async function workedExample({ builder, main }: ValidSet): Promise<string> {
  const { keys, workforce, manifestHash } = builder;
  const { phrase, entropy, secrets } = keys.people[0]!;
  const { epoch, slot, letter } = main;
  const files = await builder.files();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const b64 = encodeBase64url;

  const index = builder.entries.findIndex((entry) =>
    text(entry).includes(`"key":"${secrets.slotSigner(main).publicKey}"`),
  );
  const entry = builder.entries[index]!;
  const leaf = JSON.parse(text(entry)) as EndorsementLeaf;
  const token = leaf.tokens[0]!;
  const registrar = keys.registrars.findIndex(({ publicKey }) => publicKey === token.registrar);
  const key = builder.tokenKey(registrar, main);
  const statement = [...builder.documents].filter(([path]) => path.startsWith("statements/"))[registrar]![1];

  const root = hkdfExtract(utf8Encode("undersigned/phrase/v1"), decodeBase64url(entropy));
  const derive = (thing: string, object: JsonValue, length: number) =>
    hkdfExpand(root, domainMessage(thing, encodeCanonical(object)), length);
  const at = { epoch, slot, workforce };
  const seed = derive("slot-key", at, 32);
  const prefix = derive("token-prefix", { ...at, spki: key.spki }, 32);
  const salt = derive("token-salt", { ...at, spki: key.spki }, 48);
  const blinding = derive("blinding", { ...at, attempt: 0, spki: key.spki }, 272);
  const r = bytesToBigInt(blinding) % key.rsa.n;
  const msg = tokenMessage(key, leaf.key);
  const encoded = emsaPssEncode(concatBytes(prefix, msg), 2047, salt);
  const blinded = blindRequest(secrets, key);
  const answer = keys.slotKey(epoch, registrar, slot).sign(blinded);
  const opening = builder.openings.get(b64(leafHashOf(entry)))!;
  const { appearance } = opening;
  if (appearance.kind !== "named" || appearance.confirmed === null)
    throw new Error("The worked example does not work out.");
  const { rule, salt: nameSalt, by } = appearance.confirmed;
  const confirmation = {
    epoch,
    key: nameKey(leaf.key, nameSalt),
    name: appearance.name,
    registrar: by[0]!.registrar,
    rule,
    slot,
    workforce,
  };
  const { sig: _, ...unsigned } = leaf;
  const path = await proveInclusion(index, builder.entries.length, async (name) => files.get(name)!);
  const checkpoint = text(files.get("checkpoint")!);
  const ranks = keys.registrars.map(({ publicKey }) =>
    encodeHex(derive("token-choice", { ...at, letter, registrar: publicKey }, 32)),
  );

  same(b64(prefix), token.prefix);
  same(signerFromSeed(seed).publicKey, leaf.key);
  same(commitmentOf(opening), leaf.commitment);
  same(b64(derive("name-salt", at, 32)), nameSalt);
  const shownUnsigned = text(encodeCanonical(unsigned as unknown as JsonValue)).replace(
    /"signature":"([^"]{12})[^"]*"/g,
    '"signature":"$1…"',
  );

  return `${HEADING}

One endorsement of \`interop/valid/\`, from the phrase to the checkpoint: person 0 of \`interop/keys.json\`, epoch ${epoch}, slot ${slot}, and the token of
its first registrar. Every key here is published and worth nothing. Numbers and signatures are whole; \`…\` cuts only what stands in full elsewhere.
This section is made by \`scripts/make-interop.ts\` and compared by a test.

**Names.** Workforce id (of \`manifests/<id>.json\`, ${files.get(`manifests/${workforce}.json`)!.length} bytes) and letter id:

\`\`\`
workforce   ${workforce}
manifest    ${manifestHash}      in force at the end: version 2
letter      ${letter}
registrar   ${token.registrar}
statement   ${keyStatementHash(statement)}
spki        ${key.spki}      SPKI hash of its key for slot ${slot}
origin      ${builder.origin}
\`\`\`

**From the phrase** (§6). \`D\` takes its objects in canonical form, as here:

\`\`\`
phrase      ${phrase}
E           ${encodeHex(decodeBase64url(entropy))}
root        ${encodeHex(root)}
M("slot-key", …) =
undersigned/slot-key/v1
${text(encodeCanonical(at))}
slot seed   ${encodeHex(seed)}
slot key    ${leaf.key}
prefix      ${encodeHex(prefix)}
PSS salt    ${encodeHex(salt)}
D("blinding", …, 272), attempt 0 =
${b64(blinding)}
r           ${b64(toBytes(r))}
\`\`\`

**The blinded message** (§5). \`msg\`, ${msg.length} bytes, without a line feed at its end:

\`\`\`
${text(msg)}
\`\`\`

\`\`\`
EM = EMSA-PSS-ENCODE(prefix || msg, 2047), 256 bytes
${b64(encoded)}
blinded message = EM · r^65537 mod n
${b64(blinded)}
the registrar's answer = blinded message ^ d mod n
${b64(answer)}
signature = answer · r^-1 mod n
${token.signature}
\`\`\`

**Which two registrars** (§6). \`D("token-choice", …)\` for each, in the manifest's order; the two lowest are taken:

\`\`\`
${ranks.map((rank, i) => `${keys.registrars[i]!.publicKey}   ${rank}`).join("\n")}
\`\`\`

**The commitment** (§7), hash of the opening:

\`\`\`
${text(encodeCanonical(opening as unknown as JsonValue))}
commitment  ${leaf.commitment}
\`\`\`

Its name was confirmed by two registrars (§7). \`D("name-salt", …)\` is \`confirmed.salt\`, and the first registrar has signed M(\`name-confirmation\`, …) of

\`\`\`
${text(encodeCanonical(confirmation))}
\`\`\`

**The leaf** (§4). The key signs M(\`endorsement\`, leaf without \`sig\`), ${signedMessage(leaf).length} bytes, here with its token signatures cut:

\`\`\`
undersigned/endorsement/v1
${shownUnsigned}
sig         ${leaf.sig}
\`\`\`

With \`sig\` the entry has ${entry.length} bytes. It is leaf ${index}.

\`\`\`
leaf hash   ${b64(leafHashOf(entry))}
in hex      ${encodeHex(leafHashOf(entry))}
\`\`\`

**The root.** The path of leaf ${index} in the tree of ${builder.entries.length} leaves (RFC 6962 §2.1.1), from the leaf upwards, in base64:

\`\`\`
${path.map(encodeBase64).join("\n")}
\`\`\`

**The checkpoint**, signed by the log and cosigned by a witness, with its last line feed:

\`\`\`
${checkpoint}\`\`\`
`;
}

function same(a: string, b: string): void {
  if (a !== b) throw new Error("The worked example does not work out.");
}
