import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalMailbox, type MailboxRules, readMailbox } from "../src/index.ts";
import vectors from "./vectors/mailbox.json" with { type: "json" };

const base: MailboxRules = {
  domains: [{ domain: "example.com", aliases: ["mail.example.com", "old.example"] }],
  plus: true,
  dots: false,
  groups: ["*-all", "all-*", "hr", "no*reply", "team-*-list"],
};

describe("canonical mailbox", () => {
  for (const { rules, input, output, error } of vectors as {
    rules: Partial<MailboxRules>;
    input: string;
    output?: string;
    error?: string;
  }[]) {
    it(`${JSON.stringify(input)} ${output === undefined ? `is refused as ${error}` : `is ${output}`} ${JSON.stringify(rules)}`, () => {
      if (output !== undefined) expect(canonicalMailbox(input, { ...base, ...rules })).toBe(output);
      else
        expect(() => canonicalMailbox(input, { ...base, ...rules })).toThrow(
          expect.objectContaining({ code: error }),
        );
    });
  }

  it("is the same for every spelling of one mailbox, and its own canonical form", () => {
    const local = fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z0-9]{1,8}){0,3}$/);
    fc.assert(
      fc.property(
        local,
        fc.stringMatching(/^[A-Za-z0-9]{0,5}$/),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (name, tag, upper, alias, dots) => {
          const rules = { ...base, dots, groups: [] };
          const plain = canonicalMailbox(`${name}@example.com`, rules);
          let spelling = `${dots ? name.replaceAll(".", "") : name}+${tag}@${alias ? "Old.Example" : "EXAMPLE.com"}`;
          if (upper) spelling = spelling.toUpperCase();
          expect(canonicalMailbox(spelling, rules)).toBe(plain);
          expect(canonicalMailbox(plain, rules)).toBe(plain);
        },
      ),
    );
  });

  it("that the rules refuse is read all the same, so that a server can treat it as any other", () => {
    const read = (input: string) => readMailbox(input, base);
    expect(read("Ada+x@Old.Example")).toEqual({ mailbox: "ada@example.com", refused: null });
    expect(read("HR+x@example.com")).toEqual({ mailbox: "hr@example.com", refused: "group-mailbox" });
    expect(read("Ada+x@Example.org")).toEqual({ mailbox: "ada@example.org", refused: "mailbox-not-here" });
    expect(read("hr@example.org").refused).toBe("mailbox-not-here");
    expect(() => read("ada")).toThrow(expect.objectContaining({ code: "mailbox-malformed" }));
  });

  it("never repeats the address in an error", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (text) => {
        const canary = `canary${text}`;
        try {
          canonicalMailbox(canary, base);
        } catch (error) {
          expect((error as Error).message).not.toContain("canary");
        }
      }),
    );
  });
});
