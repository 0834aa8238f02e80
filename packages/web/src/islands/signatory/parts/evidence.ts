/** The part `evidence`: the choice between several ways to prove that one works there, and coming by an invitation. */
import { Evidence } from "../screens/evidence.tsx";
import { Invitation } from "../screens/invitation.tsx";

export { readInvitation } from "@undersigned/client";

export const screens = { evidence: Evidence, invitation: Invitation };

export const sentences = {
  "invitation-used":
    "This invitation was used before. If that was you, go on with the phrase that you had then. Else ask who invited you for another one, shown in person.",
  "invitation-invalid": "This registrar does not take this invitation. Ask who invited you for another one.",
  "bad-invitation":
    "The invitation in your link is not whole. Copy the link again, from its beginning to its end, or scan the code again.",
};
