/** The social card: 1200 to 630, seen small and beside many others. So few words, large ones, and the number first. */
import { SHRUNK } from "./cutting.ts";

export const CARD = `
#let said = sys.inputs
#let rtl = said.rtl == "yes"
#let text-dir = if rtl { direction.rtl } else { direction.ltr }
#let accent = rgb("#17506b")
#set document(title: "", author: (), date: none)
#set page(width: 600pt, height: 315pt, margin: (x: 36pt, top: 28pt, bottom: 24pt), fill: rgb("#fbfaf7"))
#set text(fallback: false, fill: rgb("#1f2328"), hyphenate: false, lang: said.language, dir: text-dir, font: json(bytes(said.families)))
// Arabic and its like have marks below and above.
#set par(leading: if said.titleRtl == "yes" { 0.65em } else { 0.4em }, justify: false)
${SHRUNK}
#place(if rtl { top + right } else { top + left }, dx: if rtl { 36pt } else { -36pt }, dy: -28pt, rect(width: 10pt, height: 315pt, fill: accent))

#block(height: 18pt, clip: false, text(size: 13.5pt, fill: rgb("#53585f"), layout(space => shrunk(
  json(bytes(said.company)), (13.5pt,), body => measure(width: space.width, body).height <= 17pt, (size, words) => text(size: size, words),
))))
#v(2pt)
#block(height: 132pt, width: 100%, layout(space => shrunk(
  json(bytes(said.title)),
  (40pt, 36pt, 32pt, 28pt, 25pt, 22pt),
  body => measure(width: space.width, body).height <= 122pt,
  (size, words) => block(width: 100%, align(if rtl { right } else { left }, text(
    size: size, weight: "bold", font: json(bytes(said.titleFamilies)), lang: said.titleLanguage,
    dir: if said.titleRtl == "yes" { direction.rtl } else { direction.ltr }, words,
  ))),
)))
#v(1fr)
#let number = if said.count == "" { none } else { text(size: 58pt, weight: "bold", fill: accent, said.count) }
#layout(space => {
  let unit-width = space.width - if number == none { 0pt } else { measure(number).width + 14pt }
  grid(
    columns: if number == none { (1fr,) } else { (auto, 1fr) }, column-gutter: 14pt, align: horizon,
    ..if number == none { () } else { (number,) },
    shrunk(json(bytes(said.unit)), (24pt, 20pt, 17pt), body => measure(width: unit-width, body).height <= 62pt, (size, words) => text(size: size, words)),
  )
})
#v(10pt)
#line(length: 100%, stroke: 0.75pt + rgb("#dcd8cf"))
#v(-4pt)
#grid(
  columns: (auto, 1fr), column-gutter: 20pt, align: (if rtl { (right, left) } else { (left, right) }).map(it => it + horizon),
  box(inset: (bottom: 3pt), stroke: (bottom: 2pt + accent), text(size: 15pt, weight: "bold", dir: ltr, "Undersigned")),
  layout(space => shrunk(json(bytes(said.host)), (14pt, 11pt), body => measure(width: space.width, body).height <= 16pt, (size, words) => text(size: size, dir: ltr, fill: rgb("#53585f"), words))),
)
`;

/** Colours stand for roles here: the badge has those of the reader's scheme. */
export const BADGE = `
#let said = sys.inputs
#let rtl = said.rtl == "yes"
#set document(title: "", author: (), date: none)
#set page(width: auto, height: auto, margin: (left: if rtl { 14pt } else { 20pt }, right: if rtl { 20pt } else { 14pt }, y: 9pt), fill: none)
#set text(fallback: false, fill: rgb("#000001"), hyphenate: false, lang: said.language, dir: if rtl { direction.rtl } else { direction.ltr }, font: json(bytes(said.families)), top-edge: "ascender", bottom-edge: "descender")
#set par(leading: 0.35em)
${SHRUNK}
#context {
  let fits(body) = measure(body).width <= 260pt
  let unit = shrunk(json(bytes(said.unit)), (13pt,), fits, (size, words) => text(size: size, words))
  let number = if said.count == "" { none } else { text(size: 22pt, weight: "bold", fill: rgb("#000003"), said.count) }
  let title = shrunk(json(bytes(said.title)), (11.5pt,), fits, (size, words) => text(
    size: size, fill: rgb("#000002"), font: json(bytes(said.titleFamilies)), lang: said.titleLanguage,
    dir: if said.titleRtl == "yes" { direction.rtl } else { direction.ltr }, words,
  ))
  let head = if number == none { unit } else { box({ number; h(6pt); unit }) }
  align(if rtl { right } else { left }, stack(dir: ttb, spacing: 3pt, head, title))
}
`;
