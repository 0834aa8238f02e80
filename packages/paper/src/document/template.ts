/** Draws the blocks of a document (blocks.ts), whose types say what there is. No text of it stands here. */
export const DOCUMENT = `
#let said = json(bytes(sys.inputs.data))
#let grey = luma(90)

#set document(title: said.title, author: (), date: none)
#set page(
  paper: "a4",
  margin: (x: 20mm, top: 20mm, bottom: 22mm),
  footer: context {
    set text(size: 8pt, lang: "en", dir: ltr)
    align(center)[Page #counter(page).display() of #counter(page).final().first()]
  },
)
#set text(font: said.fonts.latin, fallback: false, size: 10.5pt, lang: said.language, hyphenate: false)
#set par(leading: 0.65em, spacing: 1em)
#set list(spacing: 0.9em, marker: [•])
#set enum(spacing: 0.9em)
#set table(stroke: 0.5pt + luma(170))
#show heading: set block(above: 1.4em, below: 0.8em)
#show heading.where(level: 1): set text(size: 22pt)
#show heading.where(level: 2): set text(size: 15pt)
#show heading.where(level: 3): set text(size: 12pt)
#show heading.where(level: 4): set text(size: 10.5pt)
#show quote.where(block: true): it => block(stroke: (left: 2pt + luma(190)), inset: (left: 4mm), it.body)
#show link: set text(fill: rgb("#1a4f8b"))

// Italics are Latin's, Greek's and Cyrillic's; other scripts underline.
#let run(r, face) = {
  let c = text(r.text)
  if r.at("code", default: false) { c = text(fill: luma(60), c) }
  if r.at("small", default: false) { c = text(size: 0.85em, c) }
  if r.at("emphasis", default: false) { c = if face == "latin" { emph(c) } else { underline(c) } }
  if r.at("strong", default: false) { c = strong(c) }
  if r.at("struck", default: false) { c = strike(c) }
  if "to" in r { c = link(r.to, c) }
  c
  if r.at("ends", default: false) { linebreak() }
}

#let dressed(l, body) = {
  set text(font: said.fonts.at(l.face), lang: l.language, dir: if l.rtl { rtl } else { ltr })
  body
}

#let runs(l) = for r in l.runs { run(r, l.face) }

#let person(p) = {
  let name = dressed(p.name, align(left, par(hanging-indent: 3mm, runs(p.name))))
  if p.where == none { name } else {
    let where = dressed(p.where, align(left, par(hanging-indent: 3mm, text(size: 8pt, fill: grey, runs(p.where)))))
    block(breakable: false, stack(spacing: 0.5em, name, where))
  }
}

// A few stand beside each other; many fill the columns of one page after the other.
#let people(all) = {
  set text(size: 9pt)
  set par(spacing: 0.85em, leading: 0.6em)
  set block(spacing: 0.85em)
  if all.len() <= 60 {
    let each = calc.max(1, calc.ceil(all.len() / 3))
    grid(columns: (1fr, 1fr, 1fr), gutter: 6mm, ..all.chunks(each).map(part => for p in part { person(p) }))
  } else {
    columns(3, gutter: 6mm, for p in all { person(p) })
  }
}

#let draw(blocks) = for b in blocks {
  if b.kind == "heading" { dressed(b.line, heading(level: b.level, runs(b.line))) }
  else if b.kind == "title" { dressed(b.line, heading(level: 1, runs(b.line))) }
  else if b.kind == "over" { dressed(b.line, par(text(fill: grey, runs(b.line)))) }
  else if b.kind == "figure" { dressed(b.line, par(text(size: 14pt, weight: "bold", runs(b.line)))) }
  else if b.kind == "paragraph" { dressed(b.line, par(runs(b.line))) }
  else if b.kind == "small" { dressed(b.line, par(text(size: 9pt, runs(b.line)))) }
  else if b.kind == "code" {
    dressed(b.line, block(fill: luma(243), inset: 2.5mm, width: 100%, par(text(size: 9pt, runs(b.line)))))
  }
  else if b.kind == "list" { list(..b.items.map(draw)) }
  else if b.kind == "numbers" { enum(start: b.start, ..b.items.map(draw)) }
  else if b.kind == "quote" { quote(block: true, draw(b.blocks)) }
  else if b.kind == "panel" { block(stroke: 0.75pt + luma(150), inset: 4mm, width: 100%, draw(b.blocks)) }
  else if b.kind == "table" {
    let cell(l) = dressed(l, text(size: 9pt, runs(l)))
    table(
      columns: (1fr,) * calc.max(1, b.head.len()),
      table.header(..b.head.map(l => strong(cell(l)))),
      ..b.rows.flatten().map(cell),
    )
  }
  else if b.kind == "people" { people(b.people) }
  else if b.kind == "qr" { align(center, image(bytes(b.svg), format: "svg", width: 46mm, alt: b.alt)) }
  else if b.kind == "rule" { line(length: 100%, stroke: 0.5pt + luma(170)) }
  else if b.kind == "page" { pagebreak(weak: true) }
}

#draw(said.blocks)
`;
