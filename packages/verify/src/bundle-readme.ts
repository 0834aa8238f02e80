/** README.txt of a bundle: what it is, and how anyone checks it, for somebody who has never heard of any of this. */
export function bundleReadme(of: {
  readonly employer: string;
  readonly workforce: string;
  readonly origin: string;
  readonly size: number;
  readonly titles: readonly string[];
}): string {
  const titles = of.titles.length === 0 ? ["(no text is public)"] : of.titles;
  return `Undersigned: open letters from inside a company
================================================

These are the public files of a log of signatures. With them anyone can recount
how many people signed, without trusting who made this file.

Employer:   ${of.employer}
Workforce:  ${of.workforce}
Log:        ${of.origin}
Leaves:     ${of.size}
Letters:
${titles.map((title) => `  - ${title}`).join("\n")}

To recount
----------
With the command (Node.js 24 or later):

    npx undersigned verify THIS-FILE.zip --workforce ${of.workforce}

Take the workforce id from the letter's own page, leaflet or newspaper, not from
here: all trust begins with it. Any other program that follows the protocol
(docs/PROTOCOL.md of the project) reads these files as well.

What is in here
---------------
checkpoint      size and root hash of the log, signed by the log and its witnesses
tile/           the log: entries, and the hashes that lead from them to the root
manifests/      workforce and letters, named by their hashes
statements/     the registrars' keys
unlisted/       letters whose text only those can read who have their link
openings/       names and roles that people chose to show
records/        answers, how demands stand, what the company supplies
withheld/       that an answer's text was taken away, when and why
answers/        mails of the addressee, to check their signatures again
documents/      what was handed over, as PDF
index.json      where to find what; a convenience that nothing relies on

What a recount cannot show is said in its report. Whoever is not named here chose
not to be: do not try to find out.
`;
}
