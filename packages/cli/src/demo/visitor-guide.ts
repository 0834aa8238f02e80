/** What a visitor can do while the demo stays up: the exact commands. */
import type { World } from "./world/world.ts";

/** The addresses, one a line. */
export function addresses(world: World, folder: string): string {
  return [
    `Board       ${world.board}`,
    `Letter      ${letterPage(world)}`,
    `Files       ${world.files}`,
    `Registrar   ${world.registrar}`,
    `Mail        ${world.mailPage}`,
    `Workforce   ${world.workforce}`,
    `Letter id   ${world.letter}`,
    `Data        ${folder} (${world.engine})`,
  ].join("\n");
}

/** Where people read the letter. */
export function letterPage({ board, workforce, letter }: World): string {
  return `${board}w/${workforce}/letters/${letter}`;
}

export function visitorGuide(world: World, secondsADay: number): string {
  const at = `--board ${world.board} --workforce ${world.workforce}`;
  return `
Take part in a browser:

  Read the letter at ${letterPage(world)}
  Sign it there, with any mailbox at example.com. The code is in the mail at ${world.mailPage}
  It comes out with the next batch: a day passes here every ${secondsADay} seconds, and others sign as well.
  Days run ahead of your device's clock here: where you change or withdraw, the page will say that the two differ.

Or by command, in another terminal in this folder:

  1. Make a recovery phrase, and keep its twelve words at hand; the next commands ask for it.

     npx undersigned phrase

  2. Enrol with any mailbox at example.com. The code is in the mail at ${world.mailPage}

     npx undersigned enrol ${at} --mailbox anyone@example.com --out my.enrolment

  3. Sign.

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
