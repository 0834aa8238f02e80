/**
 * @undersigned/follow: copies what a board publishes and recounts it: for a mirror that any static web server serves, and for a board that
 * follows the letters of another. Nothing that another server sends is shown, kept or run before it was checked.
 */
export { FollowError, type FollowErrorCode } from "./errors.ts";
export { type FollowEngine, type FollowEngineOptions, followEngine } from "./following/follow-engine.ts";
export { type FollowLink, parseFollowLink } from "./following/parse-link.ts";
export { FOLLOW_LIMITS, type Limits, MIRROR_LIMITS } from "./limits.ts";
export { type Mirrored, type MirrorOptions, mirrorBoard } from "./mirror/mirror-board.ts";
