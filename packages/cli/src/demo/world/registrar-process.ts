/** An honest registrar's own process. Started by registrar-child.ts. */
import { createRegistrarCalls, type HonestCall } from "./registrar-calls.ts";
import { readSetting, serveParent } from "./serve-parent.ts";

const { setting, lock } = readSetting();
const { answer, close } = createRegistrarCalls(setting, lock);
serveParent({ answer: (call) => answer(call as HonestCall), close });
