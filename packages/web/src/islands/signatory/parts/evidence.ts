/** The part `evidence`: the choice between several ways to prove that one works there, and coming by an invitation. */
import { Evidence } from "../screens/evidence.tsx";
import { Invitation } from "../screens/invitation.tsx";

export { readInvitation } from "@undersigned/client";

export const screens = { evidence: Evidence, invitation: Invitation };
