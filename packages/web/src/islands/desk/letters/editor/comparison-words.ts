/** What a comparison of a copy with its link has said, in words. */

import type { Comparison } from "@undersigned/core";
import { say } from "../../../say.ts";

export function comparisonWords({ state, why, gone, added }: Comparison): string {
  switch (state) {
    case "same":
      return say("desk.compared.same");
    case "gone":
      return say("desk.compared.gone");
    case "moved":
      return say("desk.compared.moved");
    case "changed":
      return gone === null || added === null
        ? say("desk.compared.changed")
        : say("desk.compared.changed-by", { gone, added });
    case "not-comparable":
      return why === null ? say("desk.not-compared") : say(`desk.not-compared.${why}`);
  }
}
