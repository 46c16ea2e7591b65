// A repository of charts over HTTP, as `helm repo index` makes it.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { stringify } from "yaml";

export type ChartRepository = {
  readonly url: string;
  /** Packs a chart `app` of these files, and lists it. */
  readonly add: (version: string, files: Readonly<Record<string, string>>) => void;
  readonly close: () => Promise<void>;
};

type Entry = { readonly version: string; readonly bytes: Buffer };

export async function startChartRepository(): Promise<ChartRepository> {
  const entries: Entry[] = [];
  const index = () =>
    stringify({
      apiVersion: "v1",
      entries: {
        app: entries.map(({ version, bytes }) => ({
          ...{ apiVersion: "v2", name: "app", version, urls: [`app-${version}.tgz`] },
          digest: createHash("sha256").update(bytes).digest("hex"),
        })),
      },
    });
  const server = createServer((request, response) => {
    if (request.url === "/index.yaml") return void response.end(index());
    const found = entries.find(({ version }) => request.url === `/app-${version}.tgz`);
    if (found === undefined) return void response.writeHead(404).end();
    response.end(found.bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    add: (version, files) => void entries.push({ version, bytes: packed(files) }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** @param files of the folder `chart`, which becomes `app` */
function packed(files: Readonly<Record<string, string>>): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "chart-repository-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      const file = join(folder, name.replace(/^chart\//, "app/"));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    const archive = join(folder, "app.tgz");
    execFileSync("tar", ["-czf", archive, "-C", folder, "app"]);
    return readFileSync(archive);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
