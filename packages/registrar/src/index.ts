/** The registrar: evidence in, blind signatures out. It learns that a mailbox enrolled in an epoch, and nothing of letters. */
export { type BackupOptions, backupRegistrar } from "./commands/backup.ts";
export { boardOfEpoch, type CloseEpochOptions, closeEpoch } from "./commands/close-epoch.ts";
export {
  type CreateEpochOptions,
  createEpochKeys,
  type StatementFile,
} from "./commands/create-epoch-keys.ts";
export { createRegistrarKeys } from "./commands/create-registrar-keys.ts";
export { type NoteNameOptions, noteName } from "./commands/note-name.ts";
export { type CardDetails, makeRegistrarCard, readRegistrarCard } from "./commands/registrar-card.ts";
export { signManifest } from "./commands/sign-manifest.ts";
export { RegistrarError, type RegistrarErrorCode } from "./errors.ts";
export { type RegistrarEvents, registrarEvents } from "./events.ts";
export { DEFAULT_LIMITS, type Rate, type RegistrarLimits } from "./limits.ts";
export type { LoggedState, ReadLog } from "./log/read-log.ts";
export { DEFAULT_SECOND_PARTY_LIMITS, type SecondPartyLimits } from "./second-party/allowance.ts";
export type { SecondPartyPin } from "./second-party/ask-second-party.ts";
export {
  closeSecondPartyEpoch,
  createSecondPartyKey,
  type SecondPartyEpochOptions,
} from "./second-party/create-second-party-key.ts";
export { type SecondPartyEvents, secondPartyEvents } from "./second-party/events.ts";
export { secondPartyFingerprint } from "./second-party/formats.ts";
export {
  type RunningSecondParty,
  type StartSecondPartyOptions,
  startSecondParty,
} from "./second-party/start-second-party.ts";
export { type RunningRegistrar, type StartRegistrarOptions, startRegistrar } from "./start-registrar.ts";
export { schemaReasons } from "./storage/schema-reasons.ts";
export { ISSUANCE_BATCH } from "./storage/stated-issuance.ts";
