/** What stays of a PDF's dictionaries (ISO 32000-2), and what goes wherever it is. */

const names = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Table 29. Names and AcroForm are cut down further. */
export const CATALOG = names(
  "Type Pages PageLabels Names Dests ViewerPreferences PageLayout PageMode Outlines OpenAction AcroForm StructTreeRoot MarkInfo Lang OCProperties",
);

/** Table 30, and what pages inherit. */
export const PAGE_NODE = names("Type Parent Kids Count Resources MediaBox CropBox Rotate");

/** Table 31, without times, previews, a program's own data and viewports (which can hold places on a map). */
export const PAGE = names(
  "Type Parent Resources MediaBox CropBox BleedBox TrimBox ArtBox Contents Rotate Group Annots StructParents Tabs UserUnit",
);

/** Table 224, without XFA and signatures. */
export const FORM = names("Fields NeedAppearances DR DA Q");

/** Tables 166, 170 to 191 and 226, without authors, times, names, replies and remarks. */
export const ANNOTATION = names(
  "Type Subtype Rect AP AS F BS Border C QuadPoints A Dest H MK Parent Kids FT Ff V DV TU DA DS Q Opt MaxLen StructParent OC IC L LE LL LLE Vertices InkList BE RD CA Q I TI",
);

/** Marks of which the words beside the picture are shown as well, or are read out. */
export const WITH_CONTENTS = names("Link Widget FreeText");

/** Marks that are nothing but a remark, a file or a film. */
export const REMARKS = names(
  "Text Popup FileAttachment Sound Movie Screen RichMedia 3D Projection TrapNet PrinterMark",
);

export const ACTIONS = names("GoTo URI Named");

/** Wherever they are. */
export const NEVER: ReadonlyMap<
  string,
  "properties" | "script" | "attachment" | "private-part" | "other-picture"
> = new Map([
  ["Metadata", "properties"],
  ["LastModified", "properties"],
  ["CreationDate", "properties"],
  ["ModDate", "properties"],
  ["CreatorInfo", "properties"],
  ["Info", "properties"],
  ["PieceInfo", "private-part"],
  ["SpiderInfo", "private-part"],
  ["OPI", "private-part"],
  ["Thumb", "other-picture"],
  ["Alternates", "other-picture"],
  ["JS", "script"],
  ["AA", "script"],
  ["AF", "attachment"],
  ["EF", "attachment"],
  ["RF", "attachment"],
]);

export const WORDS = {
  properties:
    "Properties: an author, a title, times, a program, or a number by which this file can be known.",
  script: "A script, or something that happens by itself when the file is opened.",
  attachment: "A file inside the file.",
  "private-part": "Data of a program of its own, which the pages do not need.",
  "other-picture": "A preview of a page or a picture, which may show what was changed since.",
  annotation: "A remark, or who made a mark in the text and when.",
  signature: "A digital signature, which names who signed.",
  form: "A second form of the document's fields, with data of its own.",
  link: "A link that tells who was sent it, or a link to a file.",
  "left-over": "An earlier version, or objects that no page shows.",
} as const;
