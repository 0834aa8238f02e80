/** The part `workforce`: who may sign, described and brought into the log. */
import { WorkforcePage } from "../workforce/workforce-page.tsx";
import { WorkforcesPage } from "../workforce/workforces-page.tsx";

export const pages = { workforces: WorkforcesPage, workforce: WorkforcePage };
