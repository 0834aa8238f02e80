/** Acts by which a workforce comes to be: the manifest is made and frozen, registrars sign it, an epoch is opened. */
import { epochNumber, hash32 } from "../common.ts";
import { boolean, bytesUpTo, day, list, nullable, object, text } from "../shape.ts";
import { deskId } from "./envelope.ts";
import { nothing } from "./organiser-acts.ts";

const file = bytesUpTo(262_144);
const signed = object({ registrar: hash32, name: text(1, 100), signed: boolean });

export const workforceActs = {
  /** `file`: the manifest that the page has made of the document; the board makes it anew and refuses another. */
  "workforce-freeze": {
    body: object({ document: deskId, file }),
    answer: object({ manifest: hash32 }),
  },
  /** A frozen one is a draft again; signatures that were brought are of no use any more. */
  "workforce-thaw": { body: object({ document: deskId }), answer: nothing },
  /** Texts of `manifest-signature` files, as registrars hand them over. Those that fit are kept. */
  "workforce-sign": {
    body: object({ document: deskId, signatures: list(text(1, 1000, { lines: true }), 0, 15) }),
    answer: object({ registrars: list(signed, 1, 30), refused: list(text(1, 300), 0, 15) }),
  },
  "workforce-add": { body: object({ document: deskId }), answer: object({ workforce: hash32 }) },
  /** `statements`: texts of key statements, or null: the board asks the registrars of the manifest for them. */
  "epoch-open": {
    body: object({
      workforce: hash32,
      epoch: epochNumber,
      statements: nullable(list(text(1, 262_144, { lines: true }), 1, 15)),
    }),
    answer: object({
      opened: boolean,
      opens: nullable(day),
      closes: nullable(day),
      missing: list(text(1, 100), 0, 15),
    }),
  },
} as const;
