/** STARTTLS at the receiver of answers (RFC 3207): with a certificate, without one, and what is slipped in before it. */
import { once } from "node:events";
import type { Socket } from "node:net";
import tls, { type ConnectionOptions, connect } from "node:tls";
import { afterEach, describe, expect, it } from "vitest";
import { CHIEF, DOMAIN, inTheLog } from "./answered-kit.ts";
import { selfSigned } from "./certificate.ts";
import { closeSockets, dialogue, type Receiving, receiving, send, talk } from "./receiving-kit.ts";

const { DEFAULT_CIPHERS } = tls;

afterEach(() => {
  tls.DEFAULT_CIPHERS = DEFAULT_CIPHERS;
  closeSockets();
});

const certificate = selfSigned(DOMAIN);
const { cert } = certificate;
const answers = async (at: Receiving) => (await inTheLog(at)).responses.length;

/** The socket's other side is asked to upgrade by these bytes, all of them in the clear and at once. */
async function upgraded(at: Receiving, bytes: string) {
  const { socket, say } = await dialogue(at.port);
  await say("EHLO a.example", /^250 /m);
  const heard = await say(bytes, /\r\n$/);
  expect(heard).toBe("220 Ready to start TLS\r\n");
  return await handshake(socket);
}

async function handshake(socket: Socket, options: ConnectionOptions = {}) {
  socket.removeAllListeners("data");
  const secure = connect({ socket, ca: cert, servername: DOMAIN, ...options });
  secure.on("error", () => {});
  await once(secure, "secureConnect");
  return await talk(secure);
}

describe("a receiver with a certificate", () => {
  it("takes a mail from a client that trusts it alone, and in the clear from one that knows no TLS", async () => {
    const at = await receiving({}, {}, certificate);
    const mail = await at.mail();
    const stranger = selfSigned(DOMAIN);
    expect(await send(at, mail, at.address, { trusting: stranger.cert })).toBe("broken off");
    expect(await answers(at)).toBe(0);
    expect(await send(at, mail, at.address, { trusting: cert })).toMatch(/^250 /);
    expect(await answers(at)).toBe(1);
    expect(await send(at, await at.mail({ text: "In the clear." }), at.address)).toMatch(/^250 /);
    expect(await answers(at)).toBe(2);
  });

  it("answers nothing that an attacker on the way slips in behind STARTTLS: a whole mail's commands, hundreds, half a line", async () => {
    const at = await receiving({}, {}, certificate);
    const from = `MAIL FROM:<${CHIEF}>`;
    const attacks = [
      ["EHLO b.example", from, `RCPT TO:<${at.address}>`],
      [...Array.from({ length: 400 }, () => from), "MAIL FROM:<a"],
    ];
    for (const injected of attacks) {
      const say = await upgraded(at, ["STARTTLS", ...injected].join("\r\n"));
      // Exactly one answer, and the client's: nothing was said in its name.
      expect(await say("NOOP", /\r\n$/)).toMatch(/^250 [^\r]*\r\n$/);
      expect(await say("DATA", /\r\n$/)).toMatch(/^503 /);
    }
  });

  it("forgets what was said before the upgrade", async () => {
    const at = await receiving({}, {}, certificate);
    const { socket, say } = await dialogue(at.port);
    await say("EHLO a.example", /^250 /m);
    await say(`MAIL FROM:<${CHIEF}>`, /^250/);
    await say(`RCPT TO:<${at.address}>`, /^250/);
    await say("STARTTLS", /^220/);
    const sayUpgraded = await handshake(socket);
    await sayUpgraded("EHLO a.example", /^250 /m);
    expect(await sayUpgraded("DATA", /\r\n$/)).toMatch(/^503 /);
  });

  it("speaks TLS 1.2 and 1.3, and refuses a client that knows older ones alone, also on a machine that allows them", async () => {
    // Of both sides: nothing but the receiver refuses anything.
    tls.DEFAULT_CIPHERS = "DEFAULT@SECLEVEL=0";
    const at = await receiving({}, {}, certificate);
    const greeted = async (version: "TLSv1" | "TLSv1.1" | "TLSv1.2" | "TLSv1.3") => {
      const { socket, say } = await dialogue(at.port);
      await say("EHLO a.example", /^250 /m);
      await say("STARTTLS", /^220/);
      const sayUpgraded = await handshake(socket, { minVersion: version, maxVersion: version });
      return await sayUpgraded("NOOP", /\r\n$/);
    };
    const tooOld = { code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" };
    await expect(greeted("TLSv1")).rejects.toMatchObject(tooOld);
    await expect(greeted("TLSv1.1")).rejects.toMatchObject(tooOld);
    expect(await greeted("TLSv1.2")).toMatch(/^250 /);
    expect(await greeted("TLSv1.3")).toMatch(/^250 /);
  });

  it("gives a place back when an upgraded connection ends, and when an upgrade fails", async () => {
    const at = await receiving(
      { ofNetwork: 2, tries: { capacity: 1000, refillPerSecond: 100 } },
      {},
      certificate,
    );
    const mail = await at.mail();
    for (let i = 0; i < 4; i++) {
      const { socket, say } = await dialogue(at.port);
      await say("EHLO a.example", /^250 /m);
      await say("STARTTLS", /^220/);
      socket.write("no handshake\r\n");
      await once(socket, "close");
    }
    for (let i = 0; i < 4; i++) expect(await send(at, mail, at.address, { trusting: cert })).toMatch(/^250 /);
  });
});

describe("a receiver without a certificate", () => {
  it("does not offer STARTTLS and does not know it, so a client that wants it sends nothing", async () => {
    const at = await receiving();
    const { say } = await dialogue(at.port);
    expect(await say("EHLO a.example", /^250 /m)).not.toContain("STARTTLS");
    expect(await say("STARTTLS", /\r\n$/)).toMatch(/^50[02] /);
    expect(await send(at, await at.mail(), at.address, { trusting: cert })).not.toMatch(/^250 /);
    expect(await answers(at)).toBe(0);
  });
});
