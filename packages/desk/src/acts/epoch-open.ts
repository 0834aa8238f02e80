/** Opens an epoch with its registrars' key statements: those that an owner brings, or those that registrars give when they are asked. */
import { type JsonValue, type KeyStatement, parseKeyStatement, utf8Encode } from "@undersigned/core";
import { askStatement } from "../ask-statement.ts";
import { DeskError } from "../errors.ts";
import { workforceInForce } from "../model/board-texts.ts";
import { around } from "./act.ts";

export const epochOpen = around<"epoch-open">(async ({ desk }, { workforce, epoch, statements }) => {
  const { manifest } = await workforceInForce(desk.database.db, workforce);
  const missing: string[] = [];
  const given: KeyStatement[] = [];
  if (statements === null) {
    const answers = await Promise.all(
      manifest.registrars.map(({ url, identity }) =>
        askStatement(url, { workforce, epoch, registrar: identity }),
      ),
    );
    for (const [i, answer] of answers.entries()) {
      if (answer === null) missing.push(manifest.registrars[i]!.name);
      else given.push(answer);
    }
  } else {
    given.push(...statements.map((text) => parseKeyStatement(utf8Encode(text.trim()))));
    if (given.some((statement) => statement.epoch !== epoch)) {
      throw new DeskError(
        "statements-of-several-epochs",
        "A statement is of another epoch: bring those of this one.",
      );
    }
  }
  // Who is not there when an epoch opens enrols nobody in it: with fewer, only where an owner brings their statements.
  if (missing.length > 0) {
    return { answer: { opened: false, opens: null, closes: null, missing }, about: null };
  }
  const request = { type: "epoch-request", v: 1, statements: given };
  await desk.board.openEpoch(workforce, request as unknown as JsonValue);
  const { opens, closes } = given[0]!;
  return { answer: { opened: true, opens, closes, missing }, about: `${manifest.employer}, epoch ${epoch}` };
});
