/**
 * Signatories' leaves out of bytes. An endorsement's canonical form has one layout, in which every field has a fixed length
 * or one of a few values; so one expression decides what parseLeaf() decides by parsing, writing again and comparing, and
 * several times as fast. Whatever it does not take goes to parseLeaf(), which has the last word and says what is wrong.
 */
import {
  CoreError,
  type EndorsementClass,
  type EndorsementLeaf,
  parseLeaf,
  type SignatoryLeaf,
  SUITE,
} from "@undersigned/core";

/** 32, 64 and 256 bytes as base64url with unused bits zero. */
const B32 = "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]";
const B64 = "[A-Za-z0-9_-]{85}[AQgw]";
const B256 = "[A-Za-z0-9_-]{341}[AQgw]";
const TOKEN = `\\{"prefix":"${B32}","registrar":"${B32}","signature":"${B256}"\\}`;
const ENDORSEMENT = new RegExp(
  `^\\{"class":"(mailbox|vouched)","commitment":"(${B32})","key":"(${B32})","letter":"(${B32})","previous":null,"seq":0,` +
    `"sig":"(${B64})","suite":"${SUITE.replaceAll("+", "\\+")}","tokens":\\[(${TOKEN}(?:,${TOKEN}){0,14})\\],"type":"endorsement","v":1\\}$`,
);

/** Where a token's fields lie, and how long it is with the comma after it. */
const PREFIX_AT = '{"prefix":"'.length;
const REGISTRAR_AT = PREFIX_AT + 43 + '","registrar":"'.length;
const SIGNATURE_AT = REGISTRAR_AT + 43 + '","signature":"'.length;
const TOKEN_LENGTH = SIGNATURE_AT + 342 + '"},'.length;

// What is not ASCII matches nothing, a byte order mark included, which would be skipped otherwise; so this need not be strict.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Throws CoreError as parseLeaf() does, and for a leaf that is none of a signatory. */
export function readSignatoryLeaf(entry: Uint8Array): SignatoryLeaf {
  const quick = readEndorsement(entry);
  if (quick !== null) return quick;
  const leaf = parseLeaf(entry);
  if (leaf.type === "endorsement" || leaf.type === "revision" || leaf.type === "withdrawal") return leaf;
  throw new CoreError("bad-field", "This is no leaf of a signatory.");
}

/** Null for what is no endorsement in its one layout with tokens of registrars in rising order. */
export function readEndorsement(entry: Uint8Array): EndorsementLeaf | null {
  const match = ENDORSEMENT.exec(decoder.decode(entry));
  if (match === null) return null;
  const [, cls, commitment, key, letter, sig, list] = match as unknown as string[];
  const tokens: EndorsementLeaf["tokens"][number][] = [];
  for (let at = 0; at < list!.length; at += TOKEN_LENGTH) {
    const registrar = list!.slice(at + REGISTRAR_AT, at + REGISTRAR_AT + 43);
    if (at > 0 && tokens[tokens.length - 1]!.registrar >= registrar) return null;
    tokens.push({
      registrar,
      prefix: list!.slice(at + PREFIX_AT, at + PREFIX_AT + 43),
      signature: list!.slice(at + SIGNATURE_AT, at + SIGNATURE_AT + 342),
    });
  }
  return {
    type: "endorsement",
    v: 1,
    suite: SUITE,
    letter: letter!,
    class: cls as EndorsementClass,
    key: key!,
    seq: 0,
    previous: null,
    commitment: commitment!,
    tokens,
    sig: sig!,
  };
}
