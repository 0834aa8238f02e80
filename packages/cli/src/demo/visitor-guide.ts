/** What a visitor can do while the demo stays up: the exact commands. */
import type { DemoRegistrar } from "./world/registrars.ts";
import type { World } from "./world/world.ts";

/** The addresses, one a line. */
export function addresses(world: World, folder: string): string {
  return [
    `Board       ${world.board}`,
    `Letter      ${letterPage(world)}`,
    `Files       ${world.files}`,
    ...world.registrars.map((registrar) => `Registrar   ${registrar.url}/ ${described(registrar)}`),
    `Mail        ${world.mailPage}`,
    `Workforce   ${world.workforce}`,
    `Letter id   ${world.letter}`,
    `Data        ${folder} (${world.engine})`,
  ].join("\n");
}

function described({ name, operator, role }: DemoRegistrar): string {
  const state = { up: "", down: "; down", lying: "; dishonest" }[role];
  return `(${name}, run by ${operator}${state})`;
}

/** How a visitor gets codes, and what they will meet. */
function aboutCodes({ registrars, quorum, mailPage }: World): string[] {
  if (registrars.length === 1) return [`The code is in the mail at ${mailPage}`];
  const named = (role: DemoRegistrar["role"]): string[] =>
    registrars.filter((one) => one.role === role).map(({ name }) => name);
  const down = named("down");
  const lying = named("lying");
  return [
    `Each registrar sends a code of its own; ${quorum} of the ${registrars.length} are enough.`,
    `The codes are in the mail at ${mailPage}, with the name of the registrar that sent each.`,
    ...(down.length > 0 ? [`Nothing comes from ${down.join(" and ")}: it goes on without.`] : []),
    ...(lying.length > 0
      ? [
          `${lying.join(" and ")} may fail or answer falsely, which is noticed, and may have the others send you codes that you`,
          "did not ask for: where one is wrong, take the other mail of the same registrar.",
        ]
      : []),
  ];
}

/** Where people read the letter. */
export function letterPage({ board, workforce, letter }: World): string {
  return `${board}w/${workforce}/letters/${letter}`;
}

function inviting(at: string, letter: string): string {
  return `     See the link by which you could let a colleague sign. Who has it opens it in a browser, or enrols with --invited instead
     of --mailbox, and is counted apart.

     npx undersigned invitations ${at} --enrolment my.enrolment --letter ${letter}

`;
}

/** Of the other letter, where there is one. */
function answeredAt(world: World): string {
  const { further, board } = world;
  if (further === null) return "";
  return `
  See what became of an earlier one at ${letterPage({ ...world, letter: further.letter })}
  Its organisers' desk is at ${board}desk; sign in there with these twelve words, which are one organiser's:
  ${further.phrase}`;
}

/** Where another board says what it has recounted. */
function followedAt(second: string | null): string {
  return second === null
    ? ""
    : `
  A second board follows this one, and recounts it every day before it shows a number: ${second}elsewhere`;
}

/** `second`: address of the board that follows this one, if there is one. */
export function visitorGuide(world: World, second: string | null, secondsADay: number): string {
  const at = `--board ${world.board} --workforce ${world.workforce}`;
  const codes = (indent: string): string => aboutCodes(world).join(`\n${indent}`);
  return `
Take part in a browser:

  Read the letter at ${letterPage(world)}${answeredAt(world)}${followedAt(second)}
  Sign it there, with any mailbox at example.com.
  ${codes("  ")}
  It comes out with the next batch: a day passes here every ${secondsADay} seconds, and others sign as well.
  Days run ahead of your device's clock here: where you change or withdraw, the page will say that the two differ.

Or by command, in another terminal in this folder:

  1. Make a recovery phrase, and keep its twelve words at hand; the next commands ask for it.

     npx undersigned phrase

  2. Enrol with any mailbox at example.com.
     ${codes("     ")}

     npx undersigned enrol ${at} --mailbox anyone@example.com --out my.enrolment

  3. Sign.

     npx undersigned sign ${at} --letter ${world.letter} --enrolment my.enrolment --as anonymous --receipt my.receipt

  4. Count for yourself, and see that your signature is among them.

     npx undersigned verify ${world.board} --workforce ${world.workforce}
     npx undersigned receipt my.receipt --board ${world.board}

${world.hasInvitations ? inviting(at, world.letter) : ""}  5. Change how you appear, or take it back. Days run ahead here, so tell the command which one it is (see the lines below).

     npx undersigned revise ${at} --letter ${world.letter} --as anonymous --today DAY
     npx undersigned withdraw ${at} --letter ${world.letter} --today DAY

Ctrl-C stops the demo.
`;
}
