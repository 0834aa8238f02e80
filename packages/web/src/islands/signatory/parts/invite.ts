/** The part `invite`: the invitations that somebody can give, as links and as codes to scan. */
import { Invite } from "../screens/invite.tsx";

export { invitationsOf } from "@undersigned/client";

export const screens = { invite: Invite };
