#!/usr/bin/env node
/** `npm run demo`: a board, a registrar, a mail server and 1,400 signatories on this machine. See src/demo/. */
import { runOnPinnedNode } from "./pinned-node.js";

await runOnPinnedNode(new URL("../src/demo/main.ts", import.meta.url), process.argv.slice(2));
