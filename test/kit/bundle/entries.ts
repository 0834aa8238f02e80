/**
 * Sources that tests start as processes and threads, most of them many times. One that is not named here starts as well, from
 * its source, which takes it a second more.
 */
export const ENTRIES = [
  "packages/board/src/signatures/check-worker.ts",
  "packages/board/test/crash-child.ts",
  "packages/cli/src/demo/liar/liar-process.ts",
  "packages/cli/src/demo/main.ts",
  "packages/cli/src/demo/signatories/signatory-thread.ts",
  "packages/cli/src/demo/world/registrar-process.ts",
  "packages/cli/src/main.ts",
  "packages/cli/test/start-board-with-clock.ts",
  "packages/desk/src/compare/compare-worker.ts",
  "packages/desk/src/delivery/document-worker.ts",
  "packages/follow/src/following/follow-worker.ts",
  "packages/registrar/src/mail/mail-worker.ts",
  "packages/registrar/src/signing/sign-worker.ts",
  "packages/registrar/test/child/close-until.ts",
  "packages/registrar/test/child/run-registrar.ts",
  "packages/rehearsal/src/rehearsal-worker.ts",
  "packages/service/test/child/hold-database.ts",
  "packages/verify/src/pool-worker.ts",
  "test/fuzz/fuzz-thread.ts",
  "test/kit/quick-rsa-keys.ts",
  "test/kit/servers/server-main.ts",
  "test/timing/smtp-process.ts",
];
