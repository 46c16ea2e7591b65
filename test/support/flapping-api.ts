// A line to the Kubernetes API that a test can cut: bytes go through untouched, TLS included.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FluxCluster } from "../../sandbox/flux.ts";
import { eventually } from "./eventually.ts";

export type FlappingApi = {
  /** Writes the kubeconfig that leads through this line. */
  readonly kubeconfig: (flux: FluxCluster) => string;
  /** Ends all connections, and refuses new ones until `mend`. */
  readonly cut: () => void;
  readonly mend: () => void;
  /** Ends all connections; new ones are taken. */
  readonly drop: () => void;
  /** Waits until so many more connections were refused, or served. */
  readonly refused: (count: number) => Promise<void>;
  readonly served: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function flappingApi(): Promise<FlappingApi> {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-line-"));
  const open = new Set<Socket>();
  const counts = { refused: 0, served: 0 };
  let isCut = false;
  let target = 0;
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    counts[isCut ? "refused" : "served"] += 1;
    if (isCut) return void socket.destroy();
    const upstream = connect(target, "127.0.0.1");
    upstream.on("error", () => socket.destroy());
    for (const end of [socket, upstream]) {
      open.add(end);
      end.on("close", () => open.delete(end));
    }
    socket.pipe(upstream).pipe(socket);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const drop = () => {
    for (const socket of open) socket.destroy();
  };
  const more = async (what: keyof typeof counts, count: number) => {
    const wanted = counts[what] + count;
    await eventually(`${count} connections ${what}`, () => counts[what] >= wanted || undefined, {
      withinMs: 60_000,
    });
  };
  return {
    kubeconfig: ({ kubeconfig, url }) => {
      target = Number(new URL(url).port);
      const file = join(folder, "kubeconfig.yaml");
      const through = readFileSync(kubeconfig, "utf8").replaceAll(url, `https://127.0.0.1:${port}`);
      writeFileSync(file, through, { mode: 0o600 });
      return file;
    },
    cut: () => {
      isCut = true;
      drop();
    },
    mend: () => (isCut = false),
    drop,
    refused: (count) => more("refused", count),
    served: (count) => more("served", count),
    close: async () => {
      drop();
      await new Promise((done) => server.close(done));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
