/** The registrar: evidence in, blind signatures out. It learns that a mailbox enrolled in an epoch, and nothing of letters. */
export {
  type CreateEpochOptions,
  createEpochKeys,
  type StatementFile,
} from "./commands/create-epoch-keys.ts";
export { createRegistrarKeys } from "./commands/create-registrar-keys.ts";
export { signManifest } from "./commands/sign-manifest.ts";
export { RegistrarError, type RegistrarErrorCode } from "./errors.ts";
export { type RegistrarEvents, registrarEvents } from "./events.ts";
export { DEFAULT_LIMITS, type Rate, type RegistrarLimits } from "./limits.ts";
export type { SmtpOptions } from "./mail/smtp.ts";
export { type RunningRegistrar, type StartRegistrarOptions, startRegistrar } from "./start-registrar.ts";
export { schemaReasons } from "./storage/schema-reasons.ts";
export { ISSUANCE_BATCH } from "./storage/stated-issuance.ts";
