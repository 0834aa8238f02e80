/** The poster: one A4 page to put up. Title in the letter's own language and direction; the rest is short. */

export const POSTER = `
#let said = sys.inputs
#set document(title: said.title, author: (), date: none)
#set page(paper: "a4", margin: (x: 22mm, top: 20mm, bottom: 16mm))
#set text(font: json(bytes(said.families)), fallback: false, size: 13pt, lang: "en", hyphenate: false)
#set par(leading: 0.65em)

#text(size: 15pt)[#said.kicker]
#v(4mm)

// The largest size at which the title takes no more than a third of the page.
#layout(space => {
  let set-in(size) = block(width: 100%, text(size: size, weight: "bold", lang: said.language, dir: if said.rtl == "yes" { rtl } else { ltr })[
    #heading(level: 1, outlined: false, text(size: size, said.title))
  ])
  let sizes = (40pt, 34pt, 30pt, 27pt, 23pt, 20pt, 17pt, 15pt)
  let fits = sizes.find(size => measure(width: space.width, set-in(size)).height <= 80mm)
  set-in(if fits == none { 13pt } else { fits })
})

#v(1fr)
#align(center, image(bytes(said.qr), format: "svg", width: 80mm, alt: said.qrAlt))
#v(3mm)
#align(center, text(size: 10pt)[#said.link])
#v(1fr)

#grid(
  columns: (1fr, 1fr),
  gutter: 10mm,
  [*#said.adviceTitle* \\ #said.advice],
  [*#said.promiseTitle* \\ #said.promise],
)
#if said.note != "" [
  #v(4mm)
  #said.note
]
`;
