/** How far the rehearsal is, and where it can be looked at. */
import { within } from "./act.ts";

export const rehearsal = within<"rehearsal">(async ({ desk }) => {
  const { state, step, done, at } = desk.rehearsals.state();
  const address = at === null ? null : `/w/${at.workforce}/letters/${at.letter}`;
  return { answer: { state, step, done, address } };
});
