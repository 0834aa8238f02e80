/** The document of a letter, block by block, from its title to the page that says how to check the number. */
import type { EndorsementClass } from "@undersigned/core";
import {
  boundsWords,
  earlyWords,
  evidenceWords,
  foreign,
  furtherWords,
  headcountWords,
  hiddenWords,
  namesWords,
  notProvedWords,
  numberWords,
  provedWords,
  quorumWords,
  registrarWords,
  totalsWords,
  vouchedWords,
  type Words,
} from "@undersigned/messages";
import { qrSvg } from "@undersigned/share/qr";
import type { Block, PersonLines } from "./blocks.ts";
import type { LetterDocument, ShownName, ShownRole, Signatories } from "./letter-document.ts";
import { proseBlocks } from "./prose.ts";
import type { Writer } from "./writer.ts";

export function composeDocument(data: LetterDocument, writer: Writer): Block[] {
  const page: Block = { kind: "page" };
  return [
    ...titleBlocks(data, writer),
    ...textBlocks(data, writer),
    page,
    ...signatoryBlocks(data, writer),
    page,
    ...verifiedBlocks(data, writer),
    ...supplementBlocks(data, writer),
    page,
    ...checkBlocks(data, writer),
  ];
}

/** Where the letter is; with what a browser needs to trust nobody on the way. */
export function linkOf({ board, workforce, letter }: LetterDocument): string {
  return `${board}/w/${workforce}/letters/${letter}#${workforce}`;
}

function titleBlocks({ manifest, tally }: LetterDocument, w: Writer): Block[] {
  const { closing, days, counted: count } = tally;
  const day = closing?.day ?? days?.last;
  const from: Words = [
    "From ",
    `${w.say.number(count.mailbox)} ${count.mailbox === 1 ? "employee" : "employees"}`,
    " of ",
    foreign(tally.employer),
  ];
  return [
    { kind: "over", line: w.says("An open letter") },
    { kind: "title", line: w.theirs(manifest.title) },
    {
      kind: "paragraph",
      line: w.says(["To ", foreign(manifest.addressee.name), ", ", foreign(manifest.addressee.organisation)]),
    },
    {
      kind: "panel",
      blocks: [
        { kind: "figure", line: w.says(from) },
        ...paragraphs(w, [
          numberWords(w.say, tally),
          headcountWords(w.say, tally),
          ...furtherWords(w.say, tally),
          ...(tally.early === null ? [] : [earlyWords(w.say, tally.early)]),
          ...(day === undefined
            ? []
            : [
                [
                  closing === null ? "Still open for signing; counted on " : "Closed on ",
                  w.say.day(day),
                  ".",
                ],
              ]),
        ]),
      ],
    },
  ];
}

function textBlocks({ manifest }: LetterDocument, w: Writer): Block[] {
  const { body, demands, delivers, delivery } = manifest;
  return [
    ...proseBlocks(w, body),
    ...(demands.length === 0 ? [] : [heading(w, 2, "Demands")]),
    ...demands.flatMap((demand, i): Block[] => [
      { kind: "heading", level: 3, line: w.theirs(`${i + 1}. ${demand.title}`) },
      ...w.paragraphs(demand.text),
      heading(w, 4, "Met when"),
      ...w.paragraphs(demand.met),
    ]),
    heading(w, 2, ["Delivery on ", w.say.day(delivers)]),
    ...w.paragraphs(delivery),
  ];
}

function signatoryBlocks({ signatories, tally }: LetterDocument, w: Writer): Block[] {
  const { mailbox, vouched } = signatories;
  const apart: Block[] =
    tally.counted.vouched === 0
      ? []
      : [
          heading(w, 2, "Vouched for by colleagues, and not in the number"),
          ...classBlocks(vouched, "vouched", w),
        ];
  return [heading(w, 2, "Signatories"), ...classBlocks(mailbox, "mailbox", w), ...apart];
}

function classBlocks(of: Signatories, cls: EndorsementClass, w: Writer): Block[] {
  const { confirmed, given, roles, hidden, anonymous } = of;
  const byRole = roles.reduce((sum, { count }) => sum + count, 0);
  const hiddenTexts = hidden.reduce((sum, { count }) => sum + count, 0);
  const totals = totalsWords(w.say, {
    named: confirmed.length + given.length,
    role: byRole,
    hidden: hiddenTexts,
    anonymous,
  });
  const verb = anonymous === 1 ? "remains" : "remain";
  return [
    ...paragraphs(w, [totals]),
    ...list(
      w,
      "By name, confirmed",
      confirmed.map((one) => nameLines(one, w)),
      ["These names were confirmed by work mailbox."],
    ),
    ...list(
      w,
      "By name, not confirmed",
      given.map((one) => nameLines(one, w)),
      [
        cls === "mailbox"
          ? "These names were given by the signatories, who proved a work mailbox. Nobody has checked the names."
          : "These names were given by the signatories. Nobody has checked them.",
      ],
    ),
    ...list(
      w,
      "By role",
      roles.map((one) => roleLines(one, w)),
      [],
    ),
    ...(hidden.length === 0
      ? []
      : [
          heading(w, 3, "Hidden"),
          ...paragraphs(w, [
            ...hidden.map((texts) => hiddenWords(w.say, texts)),
            w.say("words.hidden.counted"),
          ]),
        ]),
    ...(anonymous === 0
      ? []
      : [
          {
            kind: "figure" as const,
            line: w.says(
              byRole + hiddenTexts + confirmed.length + given.length === 0
                ? `${w.say.number(anonymous)} who ${verb} anonymous`
                : `and ${w.say.number(anonymous)} who ${verb} anonymous`,
            ),
          },
        ]),
  ];
}

function list(w: Writer, title: string, people: readonly PersonLines[], notes: readonly string[]): Block[] {
  if (people.length === 0) return [];
  return [heading(w, 3, title), ...paragraphs(w, notes), { kind: "people", people }];
}

function nameLines({ name, role, place }: ShownName, w: Writer): PersonLines {
  const where = [role, place].filter((part) => part !== null).join(", ");
  return { name: w.narrow(name), where: where === "" ? null : w.narrow(where) };
}

function roleLines({ role, place, count }: ShownRole, w: Writer): PersonLines {
  const times = count === 1 ? "" : ` × ${w.say.number(count)}`;
  return { name: w.narrow(`${role}${times}`), where: place === null ? null : w.narrow(place) };
}

function verifiedBlocks({ manifest, terms, tally }: LetterDocument, w: Writer): Block[] {
  const { registrars, quorum, bounds, existingMail, vouching } = terms;
  const domains = tally.domains;
  const evidence = evidenceWords(w.say, terms, domains);
  return [
    heading(w, 2, "How signatories were verified"),
    ...paragraphs(w, [provedWords(w.say, domains, tally.provedFrom, tally.days?.last ?? null, vouching)]),
    heading(w, 3, "Evidence"),
    ...(evidence.length > 1 ? paragraphs(w, ["Each signatory in the number showed one of these:"]) : []),
    bullets(w, evidence),
    ...section(w, "Vouched for, and counted apart", vouchedWords(w.say, terms)),
    ...section(w, "Names", namesWords(w.say, terms, manifest)),
    heading(w, 3, "Registrars"),
    ...paragraphs(w, [quorumWords(w.say, registrars.length, quorum)]),
    bullets(
      w,
      registrars.map((registrar) => registrarWords(w.say, registrar)),
    ),
    heading(w, 3, "If registrars are dishonest"),
    bullets(w, boundsWords(w.say, bounds)),
    heading(w, 3, "What is not proved"),
    bullets(w, notProvedWords(w.say, quorum, existingMail)),
  ];
}

function supplementBlocks({ manifest: { supplement } }: LetterDocument, w: Writer): Block[] {
  if (supplement === null) return [];
  const claims = supplement.claims.map(({ text, sources }): Block[] => [
    ...w.paragraphs(text),
    { kind: "list", items: sources.map((source) => sourceBlocks(source, w)) },
  ]);
  return [
    { kind: "page" },
    { kind: "heading", level: 2, line: w.theirs(supplement.title) },
    { kind: "numbers", start: 1, items: claims },
  ];
}

type Source = NonNullable<LetterDocument["manifest"]["supplement"]>["claims"][number]["sources"][number];

function sourceBlocks({ title, publisher, day, url, quote, copy }: Source, w: Writer): Block[] {
  const to = URL.canParse(url) ? { to: url } : {};
  return [
    {
      kind: "paragraph",
      line: w.says([
        foreign(title),
        ", ",
        foreign(publisher),
        ...(day === null ? [] : [", ", w.say.day(day)]),
      ]),
    },
    { kind: "small", line: w.address(url, to) },
    ...(quote === "" ? [] : [{ kind: "quote" as const, blocks: w.paragraphs(quote) }]),
    ...(copy === null ? [] : [{ kind: "small" as const, line: w.says(`SHA-256 of a kept copy: ${copy}`) }]),
  ];
}

function checkBlocks(data: LetterDocument, w: Writer): Block[] {
  const { workforce, letter, board, checkpoint, tally } = data;
  const { origin, size, root, cosigned } = checkpoint;
  const link = linkOf(data);
  const witnesses: Words =
    cosigned.length === 0
      ? [", cosigned by no witness."]
      : [", cosigned by ", ...w.say.list(cosigned.map((name) => [foreign(name)])), "."];
  return [
    heading(w, 2, "How to check this number"),
    ...paragraphs(w, [
      numberWords(w.say, tally),
      "You need not trust this paper, the organisers or whoever runs the site. The files that it was made from are public and the same for every reader; with them anyone can recount on their own machine, now or in years.",
      "This code leads to the letter, where a browser counts again:",
    ]),
    { kind: "qr", svg: qrSvg(link), alt: "QR code that leads to the letter" },
    { kind: "small", line: w.address(link, { to: link }) },
    ...paragraphs(w, ["With the command, from the site:"]),
    command(w, [`npx undersigned verify ${board} --workforce ${workforce} --letter ${letter}`]),
    ...paragraphs(w, [
      "All files as one, to keep and to recount without a network; and this document, made again from them:",
    ]),
    command(w, [
      `npx undersigned bundle ${board} --workforce ${workforce} --out letter.zip`,
      `npx undersigned verify letter.zip --workforce ${workforce}`,
      `npx undersigned letter document letter.zip letter.pdf --workforce ${workforce} --letter ${letter}`,
    ]),
    heading(w, 3, "What it was counted from"),
    ...paragraphs(w, [
      [
        "The number and all names here follow from this state of the log: ",
        w.say.number(size),
        " leaves",
        ...witnesses,
      ],
    ]),
    command(w, [origin, String(size), root]),
    ...paragraphs(w, ["The workforce’s id, from which all else follows:"]),
    command(w, [workforce]),
  ];
}

function heading(w: Writer, level: number, words: Words | string): Block {
  return { kind: "heading", level, line: w.says(words) };
}

function paragraphs(w: Writer, sentences: readonly (Words | string)[]): Block[] {
  return sentences.map((words) => ({ kind: "paragraph", line: w.says(words) }));
}

function bullets(w: Writer, sentences: readonly (Words | string)[]): Block {
  return { kind: "list", items: sentences.map((words) => paragraphs(w, [words])) };
}

function section(w: Writer, title: string, sentences: readonly string[]): Block[] {
  return sentences.length === 0 ? [] : [heading(w, 3, title), ...paragraphs(w, sentences)];
}

function command(w: Writer, lines: readonly string[]): Block {
  return { kind: "code", line: w.commands(lines) };
}
