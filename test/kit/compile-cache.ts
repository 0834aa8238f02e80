import { compiledBefore, findPinnedNode } from "../../packages/cli/bin/pinned-node.js";

/** Tests start hundreds of processes: what Node compiles for one is kept for the next, in the folder where the commands keep it. */
export function keepCompiled(): void {
  const pinned = findPinnedNode();
  if (pinned !== null) Object.assign(process.env, { ...compiledBefore(pinned), ...process.env });
}
