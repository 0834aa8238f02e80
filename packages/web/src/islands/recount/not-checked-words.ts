/** What a recount does not show, in the page's language. A code of package verify without a message does not compile here. */
import { foreign, type Words } from "@undersigned/messages";
import type { NotChecked } from "@undersigned/verify";
import { say } from "../say.ts";

export function notCheckedWords(item: NotChecked): Words {
  switch (item.code) {
    case "issuance": {
      const { registrar, epoch } = item.values;
      return say.rich("recount.not-checked.issuance", { registrar: foreign(registrar), epoch });
    }
    case "answers-missing":
    case "chronicle-missing":
      return say.rich(`recount.not-checked.${item.code}`, {
        ...named(item.values),
        count: item.values.count,
      });
    case "openings":
      return say.rich("recount.not-checked.openings", { ...named(item.values), pages: item.values.pages });
    case "text-missing":
    case "text-sealed":
    case "early-closing":
    case "organisers":
    case "delivery":
    case "answers-again":
    case "answers-once":
    case "chronicle":
    case "headcount":
      return say.rich(`recount.not-checked.${item.code}`, named(item.values));
    default:
      return say.rich(`recount.not-checked.${item.code}`);
  }
}

/** As messages choose by it. */
export function named({ letter, title }: { readonly letter: string; readonly title: string | null }) {
  return { titled: title === null ? "no" : "yes", name: foreign(title ?? letter) };
}
