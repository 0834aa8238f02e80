/** What passes between the demo and the registrar's process, over Node's IPC channel with structured clones. */

export type RegistrarCall =
  | { readonly do: "create-keys" }
  | { readonly do: "sign-manifest"; readonly manifestFile: Uint8Array }
  | {
      readonly do: "open-epoch";
      readonly manifestFile: Uint8Array;
      readonly epoch: number;
      readonly opens: string;
      readonly closes: string;
    }
  | { readonly do: "start"; readonly port: number; readonly smtpPort: number }
  | { readonly do: "set-day"; readonly day: string }
  | { readonly do: "stop" };

/** The answer of each call that has one. */
export type RegistrarAnswers = {
  "create-keys": { readonly identity: string };
  "sign-manifest": { readonly registrar: string; readonly sig: string };
  "open-epoch": { readonly statement: Uint8Array };
  start: { readonly url: string };
  "set-day": null;
  stop: null;
};

export type RegistrarRequest = { readonly id: number; readonly call: RegistrarCall };
/** `error` is a line `code: sentence`. */
export type RegistrarReply =
  | { readonly id: number; readonly answer: RegistrarAnswers[RegistrarCall["do"]] }
  | { readonly id: number; readonly error: string };
