#!/usr/bin/env node
/** The command. Its sources run on the Node that this repository pins. */
import { runOnPinnedNode } from "./pinned-node.js";

const args = process.argv.slice(2);
const board = args[0] === "serve" || args[0] === "start";
await runOnPinnedNode(new URL("../src/main.ts", import.meta.url), args, { board });
