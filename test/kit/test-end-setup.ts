/** Vitest runs it before each test file. */
import { afterEach } from "vitest";
import { endTest } from "./test-end.ts";

afterEach(endTest);
