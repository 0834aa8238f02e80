/** Files and texts that are to be cleaned: each is refused with a typed error, or cleaned to what cleans to itself. */

import {
  CleanError,
  cleanFile,
  cleanText,
  inspectText,
  isClean,
  judgeShownName,
  readingLevel,
} from "@undersigned/clean";
import { equalBytes } from "@undersigned/core";
import { page } from "../../packages/clean/test/pdf-kit.ts";
import {
  chunk,
  exifSegment,
  pixelsOf,
  png,
  riffChunk,
  sample,
  segment,
  tiff,
  vp8x,
  webp,
  withSegments,
} from "../../packages/clean/test/pictures-kit.ts";
import { mutateBytes } from "./mutate.ts";
import { type Target, takes } from "./target.ts";

const MOST = 64 * 1024;
const parts = {
  pdf: () => import("@undersigned/clean/pdf"),
  html: () => import("@undersigned/clean/html"),
};
const encode = (text: string) => new TextEncoder().encode(text);

const pictures = [
  withSegments(sample("plain.jpg"), exifSegment(6, sample("plain.jpg")), segment(0xfe, "a remark")),
  sample("progressive.jpg"),
  png([chunk("eXIf", tiff(6)), chunk("tEXt", "Author\0a")], [chunk("tIME", "\0\0\0\0\0\0\0")]),
  webp(vp8x(8), pixelsOf(sample("lossy.webp")), riffChunk("EXIF", tiff(8))),
  sample("lossless.webp"),
];

const pdfs = [
  page(
    "/OpenAction << /S /JavaScript /JS (a) >>",
    "/Annots [<< /Subtype /Link /A << /S /URI /URI (https://a.test/?utm_id=1) >> >>]",
  ),
  page("/AcroForm << /Fields [6 0 R] >>", "", { 6: ["/Filter /DCTDecode", sample("plain.jpg")] }),
  sample("packed.pdf"),
];

const texts = [
  "We\u200b ask the bоard: https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.com%2F%3Futm_id%3D1 ![a](//b.test)",
  "<!-- a --> baker@example.com /home/baker می‌خواهیم 👩🏽‍💻 https://urldefense.com/v3/__https://a.test/**Bb__;Pz8_!!x$",
  "# Title\n\n- one\n- two  \nthree \t \n",
].map(encode);

const pages = [
  "<!doctype html><html lang=en><body><!-- a --><p>a<b>b<i>c</b>d</i><table><td>e<p>f<tr>g<td rowspan=2>h</table>",
  "<!doctype html><ul><li>a<ul>b<li>c</ul><dl><dt>d<dd>e</dl><pre>\n\n f</pre><a href=https://a.test/?utm_id=1>g<div>h</a>i",
  "<html dir=rtl><h1><div>a</div><span lang=fr-ca>b</span><svg><style><a id='</style><img>'></svg><select><template><td>c",
  "<!doctype html><math><mtext><table><mglyph><style><!--</style><q>a<q>b<bdo dir=rtl>c</bdo><ruby>d<rt>e</ruby><figure>f<figcaption>g",
].map(encode);

/** Whether it is taken; what was cleaned must clean to itself, and count as clean. */
const file = (name: string, seeds: readonly Uint8Array[], weight: number): Target => ({
  name,
  weight,
  most: MOST,
  seeds,
  make: (random) => mutateBytes(random, seeds[random.below(seeds.length)] as Uint8Array, seeds, MOST),
  takes: (input) =>
    takes([CleanError], async () => {
      const { bytes } = await cleanFile(input, parts);
      if (!(await isClean(bytes, parts))) throw new Error("does not clean to itself");
      if ((await isClean(input, parts)) !== equalBytes(bytes, input)) throw new Error("is clean and is not");
    }),
});

export const cleanTargets: readonly Target[] = [
  file("clean-picture", pictures, 2),
  file("clean-pdf", pdfs, 2),
  file("clean-page", pages, 2),
  {
    name: "clean-text",
    weight: 2,
    most: MOST,
    seeds: texts,
    make: (random) => mutateBytes(random, texts[random.below(texts.length)] as Uint8Array, texts, MOST),
    takes: (input) =>
      takes([CleanError], () => {
        const text = new TextDecoder().decode(input);
        const clean = cleanText(text);
        if (cleanText(clean) !== clean) throw new Error("does not clean to itself");
        inspectText(text);
        readingLevel(text, "en");
        judgeShownName(text, { addressees: ["Robin Chairperson"], figures: [], slurs: ["zonk"] });
      }),
  },
];
