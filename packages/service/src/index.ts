/** What both servers stand on: storage, HTTP, logging, keys at rest, limits, time. Imports core and nothing else of ours. */
export * from "./clock.ts";
export { blob, integer, strictTable, text } from "./database/columns.ts";
export type * from "./database/database.ts";
export { createGroupCommit, type GroupCommit } from "./database/group-commit.ts";
export type { Migration } from "./database/migrations.ts";
export { type DatabaseOptions, openDatabase } from "./database/open-database.ts";
export { createOrderEraser, type OrderEraser } from "./database/order-eraser.ts";
export { describeSchema, type TableDescription } from "./database/schema-description.ts";
export { isUniqueViolation } from "./database/unique-violation.ts";
export { dnsLookup, type LookUpTxt } from "./dns-lookup.ts";
export { ServiceError, type ServiceErrorCode } from "./errors.ts";
export {
  createServer,
  type GetOptions,
  type GetRequest,
  type HttpServer,
  type PostOptions,
  type PostRequest,
  type ServerOptions,
} from "./http/create-server.ts";
export { httpEvents } from "./http/http-events.ts";
export { type Cache, jsonFile, type PublicFile } from "./http/public-file.ts";
export type { ErrorStatus } from "./http/refusals.ts";
export { closed, type Static, type TObject, type TSchema, Type } from "./http/schemas.ts";
export type { ListenOptions } from "./http/transport.ts";
export { type Lock, openKeyFile, sealKeyFile, wipe } from "./keys-at-rest.ts";
export {
  createLogger,
  defineEvents,
  type LogField,
  type Logger,
  type LogStream,
  type LogTable,
} from "./log-line.ts";
export { mailServerOptions, type SmtpOptions, senderDomain } from "./mail-server.ts";
export {
  type Connections,
  type Fetched,
  type FetchOutside,
  fetchOutside,
  keepConnections,
  type OutsidePolicy,
  PUBLIC_INTERNET,
} from "./outside/fetch-outside.ts";
export type { OutsideFailure } from "./outside/outside-error.ts";
export { isPublicAddress } from "./outside/public-address.ts";
export { requirePrivateFolder, writePrivateFile } from "./private-file.ts";
export { createLimiter, type Limiter, networkKey, type Taken } from "./rate-limit.ts";
export { CREDENTIALS, type LockSources, readLock } from "./unlock.ts";
