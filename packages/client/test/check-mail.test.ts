/** What a page checks of a dropped mail before anything of it leaves the device. The rules of mails are package mail's. */
import { CoreError } from "@undersigned/core";
import { MailError } from "@undersigned/mail";
import { describe, expect, it } from "vitest";
import { MAIL_SENDER, MAIL_TEXT, signedMail } from "../../../test/kit/signed-mail.ts";
import { ClientError, checkMail, mailWindowOf } from "../src/index.ts";
import { EVERY_KIND, viewWith } from "./evidence-kit.ts";

const TO = "Ana.Lopez+in@mail.example.com";
const TODAY = "2026-05-20";
const view = viewWith();
const { existingMail } = EVERY_KIND;
const mailOf = (day: string, subject?: string) => signedMail(TO, { day, ...(subject && { subject }) });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** What is thrown, or nothing. */
const refusal = (file: Uint8Array, of = view) =>
  checkMail(of, 1, file, TODAY).catch((error: unknown) => error);

const file = await mailOf("2026-05-04");
const otherSubject = await mailOf("2026-05-04", "Hello");
const tooOld = await mailOf("2026-03-31");
const tooYoung = await mailOf("2026-07-01");

/** The same mail with one part of its text changed. */
const changed = (from: string | RegExp, to: string) => new TextEncoder().encode(text(file).replace(from, to));

describe("a mail that will do", () => {
  it("proves its To in canonical form, and names sender, day and whether the key was at hand", async () => {
    expect(await checkMail(view, 1, file, TODAY)).toMatchObject({
      mailbox: "analopez@example.com",
      sender: MAIL_SENDER.name,
      day: "2026-05-04",
      key: "pinned",
    });
  });

  it("leaves as what was signed: the fields shown are all that is in it, and nothing of the body is", async () => {
    const { header, fields } = await checkMail(view, 1, file, TODAY);
    const names = fields.map(({ name }) => name.toLowerCase());
    expect(names).toEqual(expect.arrayContaining(["dkim-signature", "from", "to", "date", "subject"]));
    const shown = fields.map(({ name, value }) => `${name}: ${value}`).join("\n");
    expect(shown.replace(/\s/g, "")).toBe(text(header).replace(/\s/g, ""));
    expect(text(header)).not.toContain(MAIL_TEXT);
  });

  it("is the same with the line ends that a mail program made of it, and with fields that it added", async () => {
    const saved = `X-Saved-By: a mail program\n${text(file).replaceAll("\r\n", "\n")}`;
    const { header } = await checkMail(view, 1, new TextEncoder().encode(saved), TODAY);
    expect(text(header)).not.toContain("X-Saved-By");
    expect(header).toEqual((await checkMail(view, 1, file, TODAY)).header);
  });

  it("has its signature left to the registrars where no key is pinned for its day, and only then", async () => {
    const later = await mailOf("2026-05-16");
    expect(await checkMail(view, 1, later, TODAY)).toMatchObject({ key: "asked-by-registrars" });
    const none = viewWith({ existingMail: { ...existingMail, records: [] } });
    expect(await checkMail(none, 1, changed("New sign-in to", "New sign-in at"), TODAY)).toMatchObject({
      key: "asked-by-registrars",
    });
  });

  it("is named for the sender that it is of, where two share a domain", async () => {
    const senders = [
      { ...MAIL_SENDER, name: "Other", from: "billing@login.example.net" },
      { ...MAIL_SENDER, name: "Resets", subject: "Reset *" },
      MAIL_SENDER,
    ];
    const of = viewWith({ existingMail: { ...existingMail, senders } });
    expect((await checkMail(of, 1, file, TODAY)).sender).toBe(MAIL_SENDER.name);
  });
});

describe("a mail that will not do is refused here, with the reason", () => {
  it.each<[string, Uint8Array, string]>([
    ["changed after it was signed", changed("New sign-in to", "New sign-in at"), "signature-invalid"],
    ["made to be to somebody else", changed("Ana.Lopez", "Eve.Lopez"), "signature-invalid"],
    [
      "of a sender who is not accepted",
      changed(/From: .*/, "From: eve@login.example.net"),
      "sender-not-accepted",
    ],
    ["with a subject that is not accepted", otherSubject, "subject-not-accepted"],
    ["older than the window", tooOld, "outside-window"],
    ["younger than the epoch", tooYoung, "outside-window"],
    ["without a signature", changed(/DKIM-Signature/g, "X-Was-Signature"), "unsigned"],
    ["copied to others", changed("To: ", "Cc: eve@example.com\r\nTo: "), "copied-to-others"],
    ["that is no mail", new TextEncoder().encode("Dear all,\r\n"), "field-malformed"],
    ["that is empty", new Uint8Array(), "header-missing"],
  ])("%s", async (_name, of, code) => {
    const error = await refusal(of);
    expect(error).toBeInstanceOf(MailError);
    expect(error).toMatchObject({ code });
  });

  it("to a mailbox that the manifest's rules do not take", async () => {
    const toGroup = await signedMail("team-a@example.com", { day: "2026-05-04" });
    expect(await refusal(toGroup)).toBeInstanceOf(CoreError);
    expect(await refusal(toGroup)).toMatchObject({ code: "group-mailbox" });
    const elsewhere = await signedMail("ana@elsewhere.example", { day: "2026-05-04" });
    expect(await refusal(elsewhere)).toMatchObject({ code: "mailbox-not-here" });
  });

  it("says nothing of the mail in the reason", async () => {
    const error = (await refusal(changed("Ana.Lopez", "Eve.Lopez"))) as Error;
    expect(error.message).not.toMatch(/lopez|example/i);
  });

  it("in an epoch that takes none", async () => {
    const without = viewWith({ evidence: [{ kind: "mailbox-code", class: "mailbox" }], existingMail: null });
    const error = await refusal(file, without);
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ code: "evidence-not-accepted" });
    expect(mailWindowOf(without, 1)).toBeNull();
  });
});

describe("one mail, one epoch", () => {
  /** Epoch 1 took mails and closed on this day; the second one is like it. */
  const afterEpochThatClosedOn = (closes: string) => {
    const second = view.epochs.get(1)!;
    const first = { ...second, leaf: { closes } };
    return viewWith(
      {},
      {
        epochs: new Map([
          [1, first],
          [2, second],
        ]),
      },
    );
  };

  it("a mail of an earlier epoch's days is refused in the later one, and one of the day after is not", async () => {
    const of = afterEpochThatClosedOn("2026-05-04");
    expect(mailWindowOf(of, 2)).toEqual({ notBefore: "2026-05-05", notAfter: "2026-06-30" });
    await expect(checkMail(of, 2, file, TODAY)).rejects.toMatchObject({ code: "outside-window" });
    const next = await mailOf("2026-05-05");
    expect((await checkMail(of, 2, next, TODAY)).day).toBe("2026-05-05");
  });

  it("where no day is left, no mail will do", async () => {
    const of = afterEpochThatClosedOn("2026-06-30");
    expect(mailWindowOf(of, 2)).toBeNull();
    await expect(checkMail(of, 2, file, TODAY)).rejects.toMatchObject({ code: "outside-window" });
  });

  it("an epoch that took no mails leaves its days to the next", () => {
    const second = view.epochs.get(1)!;
    const manifest = { ...second.version.manifest, existingMail: null };
    const first = { ...second, leaf: { closes: "2026-05-04" }, version: { manifest } };
    const of = viewWith(
      {},
      {
        epochs: new Map([
          [1, first],
          [2, second],
        ]),
      },
    );
    expect(mailWindowOf(of, 2)?.notBefore).toBe("2026-04-01");
  });
});
