// The vendor's host on this machine: clients that take no other address reach the sandbox behind it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createProxy, request } from "node:http";
import { createServer as createTls } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const host = "dev.azure.com";

export type VendorHost = {
  /** What the client needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly organisationUrl: string;
  readonly close: () => void;
};

/** A proxy whose `https://dev.azure.com` is a sandbox, with a certificate of its own. */
export async function mapVendorHost(sandbox: {
  readonly origin: string;
  readonly organisationUrl: string;
}): Promise<VendorHost> {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-vendor-host-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const made = spawnSync("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key],
    ...["-out", cert, "-subj", `/CN=${host}`, "-addext", `subjectAltName=DNS:${host}`],
  ]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${String(made.stderr)}`);
  const outside = `https://${host}`;
  const tls = createTls({ key: readFileSync(key), cert: readFileSync(cert) }, (asked, answer) => {
    const headers = { ...asked.headers, host: new URL(sandbox.origin).host };
    delete headers["accept-encoding"];
    const inner = request(
      new URL(asked.url ?? "/", sandbox.origin),
      { method: asked.method, headers },
      (found) => {
        const parts: Buffer[] = [];
        found.on("data", (part: Buffer) => parts.push(part));
        found.on("end", () => {
          const body = Buffer.concat(parts);
          const isText = /json|text|xml/.test(found.headers["content-type"] ?? "");
          const rest = { ...found.headers };
          delete rest["content-length"];
          delete rest["transfer-encoding"];
          answer.writeHead(found.statusCode ?? 502, rest);
          answer.end(isText ? body.toString("utf8").replaceAll(sandbox.origin, outside) : body);
        });
      },
    );
    inner.on("error", () => answer.destroy());
    asked.pipe(inner);
  });
  const proxy = createProxy((_, answer) => answer.writeHead(502).end());
  proxy.on("connect", ({ url }, socket) => {
    if (url !== `${host}:443`) {
      socket.end("HTTP/1.1 502 only the sandbox is here\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 OK\r\n\r\n");
    tls.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    env: {
      ...{ HTTPS_PROXY: address, https_proxy: address },
      ...{ REQUESTS_CA_BUNDLE: cert, SSL_CERT_FILE: cert },
    },
    organisationUrl: sandbox.organisationUrl.replace(sandbox.origin, outside),
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
      tls.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
