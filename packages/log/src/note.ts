/**
 * Signed notes (C2SP signed-note), strict:
 *
 *     text, which ends in LF
 *     LF
 *     one or more of:  U+2014 SP <key name> SP base64(4-byte key ID || signature) LF
 *
 * Text and signatures are split at the LAST blank line, so a text may hold blank lines and even lines that look
 * like signatures. Whoever hands the note over controls all of it: use nothing of it before openNote() returned.
 */
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { concatBytes, decodeUtf8, isWellFormed, toHex, utf8 } from "./bytes.ts";
import { LogError } from "./errors.ts";
import { isKeyName, KEY_TYPE_ED25519, noteKeyId, parseVkey } from "./vkey.ts";

export const MAX_NOTE_LENGTH = 1_000_000;
/** The specification asks for 16 at least; the reference implementation takes 100. */
export const MAX_NOTE_SIGNATURES = 100;

export interface NoteSignature {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly keyId: string;
  /** What follows the 4 bytes of the key ID. At least 1 byte. */
  readonly signature: Uint8Array;
}

export interface ParsedNote {
  /** With its final LF, without the blank line. */
  readonly text: string;
  /** The exact bytes of `text`: what is signed. */
  readonly textBytes: Uint8Array;
  /** In the note's order, none verified. */
  readonly signatures: readonly NoteSignature[];
}

export interface OpenedNote {
  readonly text: string;
  readonly textBytes: Uint8Array;
  /** By known keys and verified, one a key, in the note's order. Never empty. */
  readonly verified: readonly NoteSignature[];
  /** By keys that are not known. */
  readonly unverified: readonly NoteSignature[];
}

export interface NoteVerifier {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly keyId: string;
  /** When it is given, one key behind two verifiers is noticed. */
  readonly publicKey?: Uint8Array;
  /** The message is the note's text; the signature is without the key ID. An exception counts as false. */
  verify(message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

export interface NoteSigner {
  readonly name: string;
  /** 8 lowercase hex digits. */
  readonly keyId: string;
  /** What a NoteVerifier of the same name and key ID accepts for this text. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/**
 * Ed25519, with the arguments in noble's order. It must be strict: canonical A and R, S below the group order, A
 * not of small order. Loose verifiers accept different sets of signatures, and would split those who recount.
 */
export type Ed25519Verify = (
  signature: Uint8Array,
  message: Uint8Array,
  publicKey: Uint8Array,
) => boolean | Promise<boolean>;

/** Ed25519 over a message, 64 bytes. The key stays with the function. */
export type Ed25519Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** For a vkey of type 0x01. Throws as parseVkey() does, and `vkey-unsupported` for another type. */
export function ed25519NoteVerifier(vkey: string, verify: Ed25519Verify): NoteVerifier {
  const { name, keyId, type, publicKey } = parseVkey(vkey);
  if (type !== KEY_TYPE_ED25519) {
    throw new LogError("vkey-unsupported", "Pass an Ed25519 verifier key of type 0x01.");
  }
  return {
    name,
    keyId,
    publicKey,
    verify: (message, signature) => signature.length === 64 && verify(signature, message, publicKey),
  };
}

/** Throws `vkey-malformed` for a name that a note cannot carry. */
export function ed25519NoteSigner(name: string, publicKey: Uint8Array, sign: Ed25519Sign): NoteSigner {
  if (!isKeyName(name) || publicKey.length !== 32) {
    throw new LogError("vkey-malformed", "Pass a name without spaces and plus signs, and a key of 32 bytes.");
  }
  return { name, keyId: noteKeyId(name, KEY_TYPE_ED25519, publicKey), sign };
}

/**
 * The parts of a note, with nothing verified. Throws `note-malformed`, `note-too-large` (above 1,000,000 bytes) or
 * `note-too-many-signatures` (above 100).
 */
export function parseNote(note: Uint8Array): ParsedNote {
  requireLength(note.length);
  const whole = decodeUtf8(note);
  if (whole === null || !isNoteText(whole)) throw malformed();
  const split = whole.lastIndexOf("\n\n");
  if (split < 0) throw malformed();
  const text = whole.slice(0, split + 1);
  return { text, textBytes: utf8(text), signatures: parseSignatureLines(whole.slice(split + 2)) };
}

/**
 * Verifies a note against known keys. Signatures by other keys are ignored, even if they share a name or an ID
 * with a known one. Of several by one known key the first counts. Throws, besides what parseNote() throws:
 * `note-signature-invalid` as soon as one known key's signature fails, whatever else is on the note;
 * `note-unsigned` when no known key has signed; `verifier-ambiguous` for verifiers that cannot be told apart.
 */
export async function openNote(note: Uint8Array, verifiers: readonly NoteVerifier[]): Promise<OpenedNote> {
  const known = new Map<string, NoteVerifier>();
  const keys = new Set<string>();
  for (const verifier of verifiers) {
    const key = verifier.publicKey === undefined ? null : toHex(verifier.publicKey);
    if (known.has(identity(verifier)) || (key !== null && keys.has(key))) {
      throw new LogError("verifier-ambiguous", "Configure every key once, under one name and one type.");
    }
    known.set(identity(verifier), verifier);
    if (key !== null) keys.add(key);
  }
  const { text, textBytes, signatures } = parseNote(note);
  const verified = new Map<string, NoteSignature>();
  const unverified: NoteSignature[] = [];
  for (const signature of signatures) {
    const verifier = known.get(identity(signature));
    if (verifier === undefined) unverified.push(signature);
    else if (!verified.has(identity(signature))) {
      await requireVerified(verifier, textBytes, signature.signature);
      verified.set(identity(signature), signature);
    }
  }
  if (verified.size === 0) {
    throw new LogError("note-unsigned", "No key that you trust has signed this: check where it came from.");
  }
  return { text, textBytes, verified: [...verified.values()], unverified };
}

async function requireVerified(
  verifier: NoteVerifier,
  text: Uint8Array,
  signature: Uint8Array,
): Promise<void> {
  const message = "A signature by a known key does not verify: refuse this and get it again from its source.";
  let valid: boolean;
  try {
    valid = await verifier.verify(text, signature);
  } catch (cause) {
    throw new LogError("note-signature-invalid", message, { cause });
  }
  if (valid !== true) throw new LogError("note-signature-invalid", message);
}

/** A note over `text`, signed by each signer in turn. Throws `note-malformed` for what parseNote() would refuse. */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<Uint8Array> {
  const message = utf8(text);
  const signatures: NoteSignature[] = [];
  for (const signer of signers) {
    signatures.push({ name: signer.name, keyId: signer.keyId, signature: await signer.sign(message) });
  }
  return formatNote(text, signatures);
}

/** The bytes of a note from its parts. Throws for parts that parseNote() would not give back. */
export function formatNote(text: string, signatures: readonly NoteSignature[]): Uint8Array {
  if (!text.endsWith("\n") || !isNoteText(text) || signatures.length === 0) throw malformed();
  requireSignatureCount(signatures.length);
  const note = utf8(`${text}\n${signatures.map(formatSignatureLine).join("")}`);
  requireLength(note.length);
  return note;
}

/**
 * The note with further signature lines at its end, such as a witness returned. Earlier lines stay byte for byte.
 * Verify the lines first: one bad line by a key that a reader knows makes the whole note worthless to that reader.
 */
export function appendSignatures(note: Uint8Array, signatures: readonly NoteSignature[]): Uint8Array {
  const parsed = parseNote(note);
  requireSignatureCount(parsed.signatures.length + signatures.length);
  const whole = concatBytes([note, utf8(signatures.map(formatSignatureLine).join(""))]);
  requireLength(whole.length);
  return whole;
}

/** One line with its LF. Throws `note-malformed` for a bad name, key ID or an empty signature. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(keyId) || signature.length === 0) throw malformed();
  const id = Uint8Array.from({ length: 4 }, (_, i) => Number.parseInt(keyId.slice(2 * i, 2 * i + 2), 16));
  return `\u2014 ${name} ${encodeBase64(concatBytes([id, signature]))}\n`;
}

/** One or more signature lines and nothing else, as a note's end or a witness's answer has them. */
export function parseSignatureLines(lines: string): NoteSignature[] {
  if (!lines.endsWith("\n")) throw malformed();
  const split = lines.slice(0, -1).split("\n");
  requireSignatureCount(split.length);
  return split.map(parseSignatureLine);
}

function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, base64, ...rest] = line.split(" ");
  if (dash !== "\u2014" || name === undefined || base64 === undefined || rest.length > 0) throw malformed();
  if (!isKeyName(name)) throw malformed();
  let bytes: Uint8Array;
  try {
    bytes = decodeBase64(base64);
  } catch {
    throw malformed();
  }
  if (bytes.length < 5) throw malformed();
  return { name, keyId: toHex(bytes.subarray(0, 4)), signature: bytes.slice(4) };
}

// A key name holds no LF, so no two pairs of name and ID give one string.
function identity({ name, keyId }: { readonly name: string; readonly keyId: string }): string {
  return `${name}\n${keyId}`;
}

/** Well-formed Unicode without control characters below U+0020 other than LF. */
function isNoteText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here.
  return isWellFormed(text) && !/[\u0000-\u0009\u000b-\u001f]/.test(text);
}

function requireLength(length: number): void {
  if (length > MAX_NOTE_LENGTH) throw new LogError("note-too-large", "Refuse notes above 1,000,000 bytes.");
}

function requireSignatureCount(count: number): void {
  if (count > MAX_NOTE_SIGNATURES) {
    throw new LogError(
      "note-too-many-signatures",
      "Leave out signatures that no reader needs: 100 are the most.",
    );
  }
}

function malformed(): LogError {
  return new LogError(
    "note-malformed",
    "This is not a signed note in the C2SP form: get it again from its source.",
  );
}
