/** The cover sheet: one A4 page. Title in the letter's own language and direction; the rest is short. */

export const COVER = `
#let said = sys.inputs
#set document(title: said.title, author: (), date: none)
#set page(paper: "a4", margin: (x: 24mm, top: 26mm, bottom: 18mm))
#set text(font: json(bytes(said.families)), fallback: false, size: 12pt, lang: "en", hyphenate: false)
#set par(leading: 0.65em)

#text(size: 14pt)[#said.to]
#v(8mm)
#said.kicker
#v(2mm)
#block(width: 100%, text(size: 22pt, weight: "bold", lang: said.language, dir: if said.rtl == "yes" { rtl } else { ltr })[
  #heading(level: 1, outlined: false, text(size: 22pt, said.title))
])
#v(10mm)

#grid(
  columns: (1fr, 42mm),
  gutter: 10mm,
  [*#said.checkTitle* #parbreak() #said.check #parbreak() #text(size: 10pt)[#said.link] #parbreak() #text(size: 9pt)[#said.document]],
  image(bytes(said.qr), format: "svg", width: 42mm, alt: said.qrAlt),
)
#v(10mm)

*#said.answerTitle* #parbreak() #said.answer
#if said.to1 != "" [
  #v(2mm)
  #list(said.to1, said.from1, text(weight: "bold", said.mark1), said.form1)
]
`;
