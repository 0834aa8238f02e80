/**
 * A dishonest registrar's own process: the honest program with its real keys on a port that nobody knows, and a front
 * that lies before it. Its clients, the honest registrars and the board are what they always are.
 */
import { createRegistrarCalls } from "../world/registrar-calls.ts";
import type { RegistrarAnswers, RegistrarCall } from "../world/registrar-messages.ts";
import { readSetting, serveParent } from "../world/serve-parent.ts";
import { openAttemptLedger } from "./attempts.ts";
import { enrolTwice } from "./enrol-twice.ts";
import { forgeEndorsements } from "./forge-endorsements.ts";
import { type Front, startFront } from "./front.ts";
import { createHarassment } from "./harass-people.ts";
import { readOwnKeys } from "./own-keys.ts";
import { openPlotter, type Plotter } from "./plotter.ts";

const { setting, lock } = readSetting();
const program = createRegistrarCalls(setting, lock);
const attempts = openAttemptLedger();
let identity = "";
let front: Front | null = null;
let plotter: Plotter | null = null;

async function answer(call: RegistrarCall): Promise<RegistrarAnswers[RegistrarCall["do"]]> {
  switch (call.do) {
    case "create-keys": {
      const made = (await program.answer(call)) as RegistrarAnswers["create-keys"];
      identity = made.identity;
      return made;
    }
    case "start": {
      const { url } = (await program.answer({ ...call, port: 0 })) as RegistrarAnswers["start"];
      front = await startFront(call.port, url);
      return { url: `http://127.0.0.1:${call.port}` };
    }
    case "turn-dishonest": {
      const own = await readOwnKeys(setting.dataDir, lock, call.plot.epoch);
      plotter = await openPlotter(call.plot, identity, { own, attempts, askCode: parent.askCode });
      front?.turn({ identity, own, attempts, harassment: createHarassment(plotter) });
      return null;
    }
    case "attack": {
      if (plotter === null) throw new Error("It has not turned dishonest yet.");
      const { honest } = plotter;
      const [whole, split] = call.helpers;
      await forgeEndorsements(plotter);
      await enrolTwice(plotter, whole, honest);
      await enrolTwice(plotter, split, honest.slice(0, Math.ceil(honest.length / 2)));
      return null;
    }
    case "confess":
      await attempts.settled();
      return attempts.confession();
    case "set-day":
      await attempts.settled();
      return program.answer(call);
    default:
      return program.answer(call);
  }
}

async function close(): Promise<void> {
  await front?.close();
  front = null;
  await program.close();
}

const parent = serveParent({
  async answer(call) {
    if (call.do !== "stop") return answer(call);
    await close();
    return null;
  },
  close,
});
