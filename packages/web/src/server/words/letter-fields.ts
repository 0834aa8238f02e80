/** What stands in a letter's fields, as the page that compares two letters shows it. */
import { foreign, plain, type Say } from "@undersigned/messages";
import { type FieldWords, lines } from "../../shared/letter-changes.ts";

/** Days are as the letters have them, so that each difference is one of digits. */
export function fieldWords(say: Say): FieldWords {
  return {
    met: (text) => say("public.field.met", { text: foreign(text) }),
    source: ({ title, publisher, day }) => {
      const by = { title: foreign(title), publisher: foreign(publisher) };
      return day === null
        ? say("public.field.source", by)
        : say("public.field.source.of-day", { ...by, day });
    },
    dates: ({ opens, closes, delivers }) =>
      lines(
        say("public.field.opens", { day: opens }),
        say("public.field.closes", { day: closes }),
        say("public.field.delivers", { day: delivers }),
      ),
    appearing: ({ appearances, names }) =>
      lines(
        plain(
          appearances.flatMap((kind, i) => [
            ...(i === 0 ? [] : [say("public.names.comma")]),
            say("public.field.appearance", { kind }),
          ]),
        ),
        say("public.field.names", { names }),
      ),
    batches: ({ first, classes }) =>
      lines(
        say("public.field.first-batch", { first }),
        ...(["mailbox", "vouched"] as const).map((cls) =>
          say("public.field.batch", { class: cls, ...classes[cls] }),
        ),
      ),
    ordered: (of, id) => say("public.field.ordered", { of, id: foreign(id) }),
  };
}
