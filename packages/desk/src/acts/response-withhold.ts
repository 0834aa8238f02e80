/** Withholds the text of an answer, or of an entry of the chronicle, that endangers people. That there was one stays. */
import type { JsonValue } from "@undersigned/core";
import { boardLetter } from "../model/board-texts.ts";
import { around } from "./act.ts";

export const responseWithhold = around<"response-withhold">(
  async ({ desk, caller }, { workforce, letter, record, reason, sig }) => {
    const { manifest } = await boardLetter(desk, desk.database.db, workforce, letter);
    const of = { workforce, letter, record, reason, organiser: caller.key, sig };
    const request: JsonValue = { type: "withhold-request", v: 1, ...of };
    await desk.board.withholdRecord(workforce, request);
    return { answer: {}, about: `${manifest.title}: ${reason}` };
  },
);
