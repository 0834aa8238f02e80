/** The board's front page: its letters, or what an operator does next where there are none. */
import type { ServedWorkforce } from "@undersigned/board";
import type { PublicFile } from "@undersigned/service";
import type { ClientBuild } from "../client-build.ts";
import { htmlPage } from "../html.tsx";

export function frontPage(build: ClientBuild, workforces: readonly ServedWorkforce[]): PublicFile {
  return htmlPage(build, {
    title: "Undersigned",
    children: (
      <ul>
        {workforces.map(({ workforce, employer }) => (
          <li key={workforce}>{employer}</li>
        ))}
      </ul>
    ),
  });
}
