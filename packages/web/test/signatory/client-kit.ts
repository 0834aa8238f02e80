/** What the client's own tests are made with: three registrars that sign, and a letter. */
export {
  CODE,
  fakeRegistrars,
  type Handler,
  LETTER,
  letterLeaf,
  letterManifest,
  MAILBOX as CODE_MAILBOX,
  makeFetch,
  makeView,
  manifest,
  registrarsHandler,
  WORKFORCE,
} from "../../../client/test/kit.ts";
