/** What stays of a page's elements. What is not listed at all stays as its text alone. */

const names = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** With all that is in them. What a form's fields hold was typed by whoever saved the page. */
export const DROPPED: ReadonlyMap<string, "script" | "form" | "media" | "hidden" | "page"> = new Map([
  ["script", "script"],
  ["style", "page"],
  ["link", "page"],
  ["meta", "page"],
  ["base", "page"],
  ["title", "page"],
  ["template", "hidden"],
  ["noscript", "hidden"],
  ["noembed", "hidden"],
  ["noframes", "hidden"],
  ["rp", "page"],
  ["input", "form"],
  ["button", "form"],
  ["select", "form"],
  ["datalist", "form"],
  ["option", "form"],
  ["optgroup", "form"],
  ["textarea", "form"],
  ["progress", "form"],
  ["meter", "form"],
  ["iframe", "media"],
  ["frame", "media"],
  ["frameset", "media"],
  ["object", "media"],
  ["embed", "media"],
  ["applet", "media"],
  ["audio", "media"],
  ["video", "media"],
  ["canvas", "media"],
  ["map", "media"],
  ["svg", "media"],
  ["math", "media"],
]);

/** Of programs that put something into pages, in the browser of whoever saved this one. */
export const OF_EXTENSIONS = /^(?:grammarly|deepl|loom|plasmo|lt|veepn|monica|maxai)-/;

/** Holds others; the ones that it may stand in, where it may not stand in every one that holds text. */
export const CONTAINERS: ReadonlyMap<string, ReadonlySet<string> | null> = new Map([
  ["blockquote", null],
  ["figure", null],
  ["ul", null],
  ["ol", null],
  ["dl", null],
  ["table", null],
  ["li", names("ul ol")],
  ["dd", names("dl")],
  ["thead", names("table")],
  ["tbody", names("table")],
  ["tfoot", names("table")],
  ["tr", names("thead tbody tfoot")],
  ["td", names("tr")],
  ["th", names("tr")],
]);

/** What is made where something else stands in one that holds only its own. */
export const WITHIN: ReadonlyMap<string, string> = new Map([
  ["ul", "li"],
  ["ol", "li"],
  ["dl", "dd"],
  ["table", "tbody"],
  ["thead", "tr"],
  ["tbody", "tr"],
  ["tfoot", "tr"],
  ["tr", "td"],
]);

/** Their first text needs no paragraph. */
export const BARE = names("li dd td th");

/** Holds text alone; what it may stand in. A paragraph ends where something else begins; the others do not. */
export const LEAVES: ReadonlyMap<string, ReadonlySet<string> | null> = new Map([
  ["p", null],
  ["h1", null],
  ["h2", null],
  ["h3", null],
  ["h4", null],
  ["h5", null],
  ["h6", null],
  ["pre", null],
  ["hr", null],
  ["dt", names("dl")],
  ["caption", names("table")],
  ["figcaption", names("figure")],
]);

/** Stand on lines of their own, and go. */
export const LINES = names(
  "address article aside center details dialog dir div fieldset footer form header hgroup legend listing main menu nav optgroup plaintext search section summary xmp",
);

/** Marks in a text, and what they are written as. */
export const MARKS: ReadonlyMap<string, string> = new Map([
  ["a", "a"],
  ["time", "time"],
  ["bdo", "bdo"],
  ["strong", "strong"],
  ["b", "strong"],
  ["em", "em"],
  ["i", "em"],
  ["cite", "em"],
  ["dfn", "em"],
  ["var", "em"],
  ["s", "s"],
  ["strike", "s"],
  ["del", "s"],
  ["u", "u"],
  ["ins", "u"],
  ["mark", "mark"],
  ["small", "small"],
  ["q", "q"],
  ["code", "code"],
  ["kbd", "code"],
  ["samp", "code"],
  ["tt", "code"],
  ["sub", "sub"],
  ["sup", "sup"],
]);

/** From the outside to the inside, each once: so every text has one way to be written. */
export const ORDER: readonly string[] = "a time span bdo strong em s u mark small q code sub sup".split(" ");

/** How deep lists, tables and quotations may stand in each other; deeper ones are text alone. */
export const NESTED_MOST = 24;

export const WORDS = {
  script: "Scripts, and what happens when something is clicked.",
  form: "Fields and buttons, with what was typed into them.",
  media: "Pictures, films and pages from elsewhere: of pictures their descriptions stay.",
  hidden: "Parts that the page did not show.",
  comment: "Remarks that the page does not show: among them where and from which address it was saved.",
  page: "Styles, properties and names of parts, by which a page can be known.",
  extension: "Marks of programs in the browser that saved the page.",
  link: "A link that tells who was sent it, or that leads to a file or a script.",
  text: "Characters in the text that mark whose copy it is.",
  rewritten: "Another form of the page: its text is written anew.",
} as const;

/** Of what only a person can mend. */
export const LEFT_WORDS = {
  account:
    "The page seems to say who was signed in when it was saved. Look for the name and save the page signed out.",
} as const;

/** Of pages that somebody is signed in at, in some languages. */
export const SIGNED_IN =
  /\b(?:(?:logged|signed) in as|log ?out|sign ?out|my account|angemeldet als|abmelden|ausloggen|mein konto|connecté en tant que|se déconnecter|déconnexion|mon compte|cerrar sesión|mi cuenta|esci|il mio account|uitloggen|afmelden|mijn account)(?!\p{L})/iu;
