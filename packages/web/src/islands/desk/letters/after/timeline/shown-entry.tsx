/** What an entry tells, as readers see it; a translation stands with the binding text beside it. */
import type { ChronicleRecord, LetterManifest } from "@undersigned/core";
import { foreign } from "@undersigned/messages";
import { letterPage } from "../../../../../shared/addresses.ts";
import { Says } from "../../../../../shared/says.tsx";
import { say } from "../../../../say.ts";
import { Lines, ShownSource } from "../shown-source.tsx";
import { textsOf } from "./translation-draft.ts";
import { SideBySide } from "./translation-fields.tsx";

export interface ShownEntryProps {
  readonly record: ChronicleRecord;
  readonly manifest: LetterManifest;
  /** Whether a translation is unfolded from the beginning. */
  readonly unfolded?: boolean;
}

export function ShownEntry({ record, manifest, unfolded = false }: ShownEntryProps) {
  const { entry } = record;
  return (
    <>
      {(entry.kind === "report" || entry.kind === "statement" || entry.kind === "remark") && (
        <blockquote dir="auto">
          <Lines text={entry.text} />
        </blockquote>
      )}
      {entry.kind === "figure" && (
        <p>
          <Says
            words={say.rich("desk-timeline.figure", {
              what: foreign(entry.what),
              value: entry.value,
              united: entry.unit === null ? "no" : "yes",
              unit: foreign(entry.unit ?? ""),
            })}
          />
        </p>
      )}
      {entry.kind === "elsewhere" && (
        <p>
          <Says
            words={say.rich("desk-timeline.elsewhere", {
              title: foreign(entry.title),
              organisation: foreign(entry.organisation),
            })}
          />
          {entry.follows !== null && (
            <span class="hint link" dir="ltr">
              {" "}
              {letterPage(entry.follows.workforce, entry.follows.letter)}
            </span>
          )}
        </p>
      )}
      {entry.kind === "mirror" && (
        <p class="link" dir="ltr">
          {entry.url}
        </p>
      )}
      {entry.kind === "topics" && (
        <ul>
          {entry.topics.map((topic) => (
            <li key={topic}>
              <bdi>{topic}</bdi>
            </li>
          ))}
        </ul>
      )}
      {entry.kind === "translation" && (
        <details open={unfolded}>
          <summary>
            <bdi>{entry.title}</bdi>
          </summary>
          <SideBySide manifest={manifest} language={entry.language} texts={textsOf(entry)} />
        </details>
      )}
      {entry.kind === "removal" && (
        <blockquote dir="auto">
          <Lines text={entry.reason} />
        </blockquote>
      )}
      {"source" in entry && entry.source !== null && (
        <ShownSource source={entry.source} area="desk-timeline" />
      )}
    </>
  );
}
