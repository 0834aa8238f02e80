/** Registrars' statements that their keys are destroyed: who may state it, when, once; and that all else goes on. */
import {
  type DestructionLeaf,
  type JsonValue,
  randomBytes,
  signerFromSeed,
  signObject,
} from "@undersigned/core";
import { describe, expect, it } from "vitest";
import { Kit, type TestRegistrar } from "./kit.ts";

const OVER = "2026-04-01";

async function prepared() {
  const kit = await Kit.start({ registrars: 3, quorum: 2, epochs: 2 });
  await kit.openEpoch(2, "2026-03-01", "2026-03-31");
  kit.clock.set(OVER);
  const leaf = (registrar: TestRegistrar, change: Partial<DestructionLeaf> = {}): DestructionLeaf =>
    signObject(
      {
        type: "destruction" as const,
        v: 1 as const,
        workforce: kit.workforce,
        epoch: 2,
        registrar: registrar.identity,
        day: OVER,
        ...change,
      },
      registrar.signer,
    );
  const bring = (of: DestructionLeaf) =>
    kit.board.logDestruction(kit.workforce, {
      type: "destruction-request",
      v: 1,
      leaf: of,
    } as unknown as JsonValue);
  return { kit, leaf, bring, first: kit.registrars[0]!, second: kit.registrars[1]! };
}

describe("a destruction", () => {
  it("is in the log at once, and once, whoever brings it", async () => {
    const { kit, leaf, bring, first, second } = await prepared();
    const answers = await Promise.all([bring(leaf(first)), bring(leaf(first)), bring(leaf(second))]);
    expect(answers[0]).toEqual(answers[1]);
    expect(await bring(leaf(first))).toEqual(answers[0]);
    const index = await kit.index();
    expect(index.destructions).toEqual([answers[0]!.index, answers[2]!.index].sort((a, b) => a - b));
    const report = await kit.recounted();
    expect(report.issuance.filter(({ epoch }) => epoch === 2).map(({ destroyed }) => destroyed)).toEqual([
      OVER,
      OVER,
      null,
    ]);
  });

  it("is refused while the epoch goes on, by its day and by the board's", async () => {
    const { kit, leaf, bring, first } = await prepared();
    await expect(bring(leaf(first, { day: "2026-03-31" }))).rejects.toMatchObject({ code: "epoch-not-over" });
    kit.clock.set("2026-03-31");
    await expect(bring(leaf(first))).rejects.toMatchObject({ code: "epoch-not-over" });
    await expect(bring(leaf(first, { epoch: 1 }))).rejects.toMatchObject({ code: "epoch-not-over" });
    expect((await kit.index()).destructions).toEqual([]);
  });

  it("is refused of a stranger, of another epoch or workforce, and with another's signature", async () => {
    const { leaf, bring, first, second, kit } = await prepared();
    const signer = signerFromSeed(randomBytes(32));
    const stranger = { ...first, signer, identity: signer.publicKey };
    await expect(bring(leaf(stranger))).rejects.toMatchObject({ code: "epoch-unknown" });
    await expect(bring(leaf(first, { epoch: 3 }))).rejects.toMatchObject({ code: "epoch-unknown" });
    const elsewhere = leaf(first, { workforce: first.identity });
    await expect(bring(elsewhere)).rejects.toMatchObject({ code: "epoch-unknown" });
    const anothers = leaf({ ...first, signer: second.signer });
    await expect(bring(anothers)).rejects.toMatchObject({ code: "signature-invalid" });
    expect((await kit.index()).destructions).toEqual([]);
  });

  it("does not change when it is stated with another day", async () => {
    const { kit, leaf, bring, first } = await prepared();
    const { index } = await bring(leaf(first));
    kit.clock.set("2026-04-02");
    const later = leaf(first, { day: "2026-04-02" });
    await expect(bring(later)).rejects.toMatchObject({ code: "destruction-taken" });
    expect((await kit.index()).destructions).toEqual([index]);
  });

  it("lets the registrar's numbers go on: they are asked for at ticks, and logged", async () => {
    const { kit, leaf, bring, first } = await prepared();
    await bring(leaf(first));
    kit.clock.next();
    await kit.board.tick();
    const index = await kit.index();
    expect(index.issuance.length).toBe(3);
    kit.registrars[2]!.issued = 200_000;
    kit.clock.next();
    await kit.board.tick();
    const later = await kit.index();
    expect(later.issuance.slice(0, 2)).toEqual(index.issuance.slice(0, 2));
    expect(later.issuance[2]).toBeGreaterThan(index.issuance[2]!);
    await kit.recounted();
  });
});
