/** What a reader sees at an address where there is nothing. */
import type { PublicFile } from "@undersigned/service";
import { FRONT, inLanguage } from "../../shared/addresses.ts";
import { type Frame, htmlPage } from "../html.tsx";

export function missingPage(frame: Frame): PublicFile {
  const { say } = frame;
  return htmlPage(frame, {
    title: say("public.missing.title"),
    status: 404,
    children: (
      <div class="column">
        <h1>{say("public.missing")}</h1>
        <p>{say("public.missing.why")}</p>
        <p>
          <a href={inLanguage(say.language, FRONT)}>{say("public.missing.all")}</a>
        </p>
      </div>
    ),
  });
}
