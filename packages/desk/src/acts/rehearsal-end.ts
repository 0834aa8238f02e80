/** Ends the rehearsal: its pages are gone. */
import { around } from "./act.ts";

export const rehearsalEnd = around<"rehearsal-end">(async ({ desk }) => {
  const { state } = desk.rehearsals.state();
  await desk.rehearsals.end();
  return { answer: {}, about: state === "none" ? null : "" };
});
