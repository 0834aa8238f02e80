/** What a visitor can do while the demo stays up: the exact commands. */
import type { World } from "./world/world.ts";

/** The addresses, one a line. */
export function addresses(world: World, folder: string): string {
  return [
    `Board       ${world.board}`,
    `Files       ${world.files}`,
    `Registrar   ${world.registrar}`,
    `Mail        ${world.mailPage}`,
    `Workforce   ${world.workforce}`,
    `Letter      ${world.letter}`,
    `Data        ${folder} (${world.engine})`,
  ].join("\n");
}

export function visitorGuide(world: World, secondsADay: number): string {
  const at = `--board ${world.board} --workforce ${world.workforce}`;
  return `
Take part, in another terminal in this folder:

  1. Make a recovery phrase, and keep its twelve words at hand; the next commands ask for it.

     npx undersigned phrase

  2. Enrol with any mailbox at example.com. The code is in the mail at ${world.mailPage}

     npx undersigned enrol ${at} --mailbox anyone@example.com --out my.enrolment

  3. Sign. It comes out with the next batch: a day passes here every ${secondsADay} seconds, and others sign as well.

     npx undersigned sign ${at} --letter ${world.letter} --enrolment my.enrolment --as anonymous --receipt my.receipt

  4. Count for yourself, and see that your signature is among them.

     npx undersigned verify ${world.board} --workforce ${world.workforce}
     npx undersigned receipt my.receipt --board ${world.board}

  5. Change how you appear, or take it back. Days run ahead here, so tell the command which one it is (see the lines below).

     npx undersigned revise ${at} --letter ${world.letter} --as anonymous --today DAY
     npx undersigned withdraw ${at} --letter ${world.letter} --today DAY

Ctrl-C stops the demo.
`;
}
