#!/usr/bin/env node
/** The command. Its sources run on the Node that this repository pins. */
import { runOnPinnedNode } from "./pinned-node.js";

await runOnPinnedNode(new URL("../src/main.ts", import.meta.url), process.argv.slice(2));
