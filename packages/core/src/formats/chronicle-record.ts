/**
 * Records of the chronicle (PROTOCOL §3.7, decision 32): what organisers tell of a letter's public life, with its sources.
 * Nothing of it is proved but who has signed it.
 */
import { type ChronicleKind, removesSomething } from "./chronicle-kind.ts";
import { hash32, serverUrl } from "./common.ts";
import { languageTag, manifestPartId } from "./letter-manifest.ts";
import { decimalAmount, recordFields } from "./record-parts.ts";
import { day, type Infer, list, literal, nullable, object, rule, type Shape, text, union } from "./shape.ts";
import { sourceShape } from "./source.ts";

/** Most characters of what an entry tells. */
export const MAX_ENTRY_TEXT = 2000;

const lines = { lines: true };
const told = text(1, MAX_ENTRY_TEXT, lines);

/** Of media. */
export const reportEntry = object({ kind: literal("report"), text: told, source: sourceShape });
/** Of anybody: a union, an agency, a politician. */
export const statementEntry = object({ kind: literal("statement"), text: told, source: sourceShape });
/** Of the organisers themselves. */
export const remarkEntry = object({ kind: literal("remark"), text: told, source: nullable(sourceShape) });
export const figureEntry = object({
  kind: literal("figure"),
  what: text(1, 200),
  value: decimalAmount,
  unit: nullable(text(1, 40)),
  source: sourceShape,
});
/** A comparable letter elsewhere. */
export const elsewhereEntry = object({
  kind: literal("elsewhere"),
  title: text(1, 200),
  organisation: text(1, 200),
  source: sourceShape,
  /** Its ids, where it is one that can be recounted. */
  follows: nullable(object({ workforce: hash32, letter: hash32 })),
});
/** A copy of the board's public files that organisers vouch for. */
export const mirrorEntry = object({ kind: literal("mirror"), url: serverUrl });
/** For directories. */
export const topicsEntry = object({
  kind: literal("topics"),
  topics: list(text(1, 60), 1, 10, (topic) => topic),
});
/** The manifest is the binding text. Ids are those of the manifest, in its order. */
export const translationEntry = object({
  kind: literal("translation"),
  language: languageTag,
  title: text(1, 200),
  body: text(1, 100_000, lines),
  demands: list(
    object({
      id: manifestPartId,
      title: text(1, 200),
      text: text(1, 5000, lines),
      met: text(1, 2000, lines),
    }),
    0,
    50,
  ),
  supplement: nullable(
    object({
      title: text(1, 200),
      claims: list(object({ id: manifestPartId, text: text(1, 5000, lines) }), 1, 200),
    }),
  ),
});
/** Takes back what it replaces. */
export const removalEntry = object({ kind: literal("removal"), reason: text(1, 500) });

export type ReportEntry = Infer<typeof reportEntry>;
export type StatementEntry = Infer<typeof statementEntry>;
export type RemarkEntry = Infer<typeof remarkEntry>;
export type FigureEntry = Infer<typeof figureEntry>;
export type ElsewhereEntry = Infer<typeof elsewhereEntry>;
export type MirrorEntry = Infer<typeof mirrorEntry>;
export type TopicsEntry = Infer<typeof topicsEntry>;
export type TranslationEntry = Infer<typeof translationEntry>;
export type RemovalEntry = Infer<typeof removalEntry>;
export type ChronicleEntry =
  | ReportEntry
  | StatementEntry
  | RemarkEntry
  | FigureEntry
  | ElsewhereEntry
  | MirrorEntry
  | TopicsEntry
  | TranslationEntry
  | RemovalEntry;

const members: { [K in ChronicleKind]: Shape<ChronicleEntry> } = {
  report: reportEntry,
  remark: remarkEntry,
  statement: statementEntry,
  figure: figureEntry,
  elsewhere: elsewhereEntry,
  mirror: mirrorEntry,
  topics: topicsEntry,
  translation: translationEntry,
  removal: removalEntry,
};
export const chronicleEntry: Shape<ChronicleEntry> = union<ChronicleEntry>("kind", members);

export const chronicleRecord = rule(
  object({
    type: literal("chronicle-record"),
    ...recordFields,
    /** When it happened: no later than the day after its leaf's. */
    on: day,
    /** The record of an entry in force, whose place this one takes. */
    replaces: nullable(hash32),
    entry: chronicleEntry,
  }),
  ({ entry, replaces }) => removesSomething(entry.kind, replaces),
);
export type ChronicleRecord = Infer<typeof chronicleRecord>;
