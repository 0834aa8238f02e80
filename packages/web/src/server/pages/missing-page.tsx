/** What a reader sees at an address where there is nothing. */
import type { PublicFile } from "@undersigned/service";
import { FRONT } from "../../shared/addresses.ts";
import type { ClientBuild } from "../client-build.ts";
import { htmlPage } from "../html.tsx";

export function missingPage(build: ClientBuild): PublicFile {
  return htmlPage(build, {
    title: "Nothing here",
    status: 404,
    children: (
      <div class="column">
        <h1>There is nothing at this address</h1>
        <p>The link may be cut off or mistyped: letters have long addresses. Copy it whole and try again.</p>
        <p>
          <a href={FRONT}>All letters on this site</a>
        </p>
      </div>
    ),
  });
}
