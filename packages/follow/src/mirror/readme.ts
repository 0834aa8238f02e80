/** README.txt of a mirror: what it is, how anybody checks it, and which names need care where they are served. */
import type { Day } from "@undersigned/core";

export interface MirrorFacts {
  readonly url: string;
  readonly day: Day;
  readonly workforces: readonly {
    readonly workforce: string;
    readonly employer: string;
    readonly size: number;
  }[];
}

export function mirrorReadme({ url, day, workforces }: MirrorFacts): string {
  return `A mirror of ${url}
as of ${day}. The copy was recounted before it was taken over: every signature under every letter.

Nobody need trust it. With this folder, or the address where it is served:

${workforces.map(({ workforce }) => `    npx undersigned verify FOLDER-OR-ADDRESS --workforce ${workforce}`).join("\n")}

${workforces.map(({ workforce, employer, size }) => `${workforce}\n    ${employer}, ${size} leaves`).join("\n")}

Any static web server serves it, below any path. The folder .undersigned-mirror belongs to the
mirror itself; it need not be served. Names whose type needs care:

- *.ics       text/calendar
- *.atom      application/atom+xml
- *.eml       message/rfc822, or application/octet-stream
- w/*/checkpoint, w/*/tile/**, w/*/copies/*
              have no ending: application/octet-stream. Never let a server or browser guess: a kept copy
              may be a page of others.
- .nojekyll   tells GitHub Pages to serve names that begin with _ as well.

Everything that is done, such as signing, is done at ${url} and not here. No page here has a script.
`;
}
