/**
 * The registrars: each a process, a folder, a database, keys, a name, an operator and a sender of its own. All of them take
 * part in the ceremony; then some are stopped, and some turn dishonest.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { WorkforceManifest } from "@undersigned/core";
import { generateX25519Identity } from "age-encryption";
import type { CleanUp } from "../clean-up.ts";
import type { Confession } from "../liar/attempts.ts";
import type { Quorum } from "../quorum.ts";
import { type SampleRegistrar, sampleRegistrars } from "../sample/sample-registrars.ts";
import { freePorts } from "./free-port.ts";
import { type RegistrarChild, startRegistrarProcess } from "./registrar-child.ts";
import type { CodeQuestion, Plot, RegistrarAnswers } from "./registrar-messages.ts";

export type Role = "up" | "down" | "lying";

export type DemoRegistrar = SampleRegistrar & {
  readonly role: Role;
  readonly identity: string;
  /** Without a slash at its end. */
  readonly url: string;
};

export type Registrars = {
  readonly all: readonly DemoRegistrar[];
  /** As the first manifest lists them. */
  readonly entries: WorkforceManifest["registrars"];
  readonly signManifest: (manifestFile: Uint8Array) => Promise<RegistrarAnswers["sign-manifest"][]>;
  /** Their key statements. */
  readonly openEpoch: (of: {
    readonly manifestFile: Uint8Array;
    readonly epoch: number;
    readonly opens: string;
    readonly closes: string;
  }) => Promise<Uint8Array[]>;
  /** Lets them serve, and stops those that are to be down. */
  readonly serve: (smtpPort: number) => Promise<void>;
  readonly turnDishonest: (plot: Omit<Plot, "allies">) => Promise<void>;
  /** Every dishonest one, with two employees each. `helper` gives the next employee's mailbox. */
  readonly attack: (helper: () => string) => Promise<void>;
  readonly confess: () => Promise<{ readonly registrar: DemoRegistrar; readonly confession: Confession }[]>;
  /** Those that are not down. */
  readonly setDay: (day: string) => Promise<void>;
  /** Rejects if one of the processes ends by itself. */
  readonly failed: Promise<never>;
};

/** The last ones are down, and those before them dishonest. */
export function roleOf(index: number, { registrars, down, lying }: Quorum): Role {
  if (index >= registrars - down) return "down";
  return index >= registrars - down - lying ? "lying" : "up";
}

export async function startRegistrars(
  of: Quorum,
  where: { readonly folder: string; readonly databaseUrls: readonly (string | null)[]; readonly day: string },
  readMail: (question: CodeQuestion) => Promise<string | null>,
  cleanUp: CleanUp,
): Promise<Registrars> {
  const ports = await freePorts(of.registrars);
  const workers = of.registrars === 1 ? null : Math.max(1, Math.ceil(availableParallelism() / of.registrars));
  const samples = sampleRegistrars(of.registrars);
  const started = await Promise.all(
    samples.map(async (sample, index) => {
      const role = roleOf(index, of);
      const child = await startRegistrarProcess({
        program: role === "lying" ? "dishonest" : "honest",
        setting: {
          dataDir: join(where.folder, of.registrars === 1 ? "registrar" : `registrar-${index + 1}`),
          databaseUrl: where.databaseUrls[index] ?? null,
          day: where.day,
          from: `${sample.name} <${sample.sender}>`,
          workers,
        },
        identity: await generateX25519Identity(),
        readMail,
      });
      cleanUp.add(() => child.stop());
      const { identity } = await child.call({ do: "create-keys" });
      const port = ports[index] as number;
      return { child, port, registrar: { ...sample, role, identity, url: `http://127.0.0.1:${port}` } };
    }),
  );
  const up = started.filter(({ registrar }) => registrar.role !== "down");
  const lying = started.filter(({ registrar }) => registrar.role === "lying");
  const failed = Promise.race(started.map(({ child }) => child.failed));
  // Whoever waits hears of it; before anybody does, the call that is under way fails.
  failed.catch(() => {});
  const each = <R>(
    some: typeof started,
    work: (child: RegistrarChild, at: (typeof started)[0]) => Promise<R>,
  ) => Promise.all(some.map((at) => work(at.child, at)));

  return {
    all: started.map(({ registrar }) => registrar),
    entries: started.map(({ registrar: { identity, name, operator, url } }) => ({
      identity,
      name,
      operator,
      url,
    })),
    signManifest: (manifestFile) =>
      each(started, (child) => child.call({ do: "sign-manifest", manifestFile })),
    openEpoch: (epoch) =>
      each(started, async (child) => (await child.call({ do: "open-epoch", ...epoch })).statement),
    async serve(smtpPort) {
      await each(started, (child, { port }) => child.call({ do: "start", port, smtpPort }));
      await each(
        started.filter(({ registrar }) => registrar.role === "down"),
        (child) => child.stop(),
      );
    },
    async turnDishonest(plot) {
      const identities = lying.map(({ registrar }) => registrar.identity);
      await each(lying, (child, { registrar: { identity } }) => {
        const allies = identities.filter((other) => other !== identity);
        return child.call({ do: "turn-dishonest", plot: { ...plot, allies } });
      });
    },
    async attack(helper) {
      await each(lying, (child) => child.call({ do: "attack", helpers: [helper(), helper()] }));
    },
    confess: () =>
      each(lying, async (child, { registrar }) => ({
        registrar,
        confession: await child.call({ do: "confess" }),
      })),
    async setDay(day) {
      await each(up, (child) => child.call({ do: "set-day", day }));
    },
    failed,
  };
}
