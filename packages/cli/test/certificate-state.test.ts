import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, dayOf } from "@undersigned/core";
import { expect, it } from "vitest";
import { certificateState } from "../src/options/certificate-state.ts";

it("tells the last day of the board's own certificate, and whose it is where it has none", () => {
  const folder = mkdtempSync(join(tmpdir(), "undersigned-certificate-"));
  try {
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    const args = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    execFileSync(
      "openssl",
      [...args, "-days", "30", "-subj", "/CN=board.example.com", "-keyout", key, "-out", cert],
      {
        stdio: "ignore",
      },
    );
    const tls = { key: readFileSync(key), cert: readFileSync(cert) };
    const at = { host: "127.0.0.1", port: 0 };
    const now = dayOf(Date.now());
    const { kind, until } = certificateState({ ...at, tls });
    expect(kind).toBe("own");
    // The day may change while the test runs.
    expect([addDays(now, 30), addDays(now, 31)]).toContain(until);
    expect(certificateState({ ...at, behindProxy: true })).toEqual({ kind: "proxy", until: null });
    expect(certificateState(at)).toEqual({ kind: "none", until: null });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
