import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A TCP connection to a port of this machine that a test can cut and mend. */
export type BreakableLink = {
  readonly port: number;
  /** Ends what is open and refuses what is new, as a server that was stopped. */
  readonly cut: () => Promise<void>;
  readonly mend: () => Promise<void>;
};

export async function breakableLink(target: number): Promise<BreakableLink> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  async function listen(port: number): Promise<number> {
    const listening = createServer((incoming) => {
      const outgoing = connect(target, "127.0.0.1");
      for (const socket of [incoming, outgoing]) {
        sockets.add(socket);
        socket.on("close", () => {
          sockets.delete(socket);
          incoming.destroy();
          outgoing.destroy();
        });
        // What a cut connection says is not of interest.
        socket.on("error", () => undefined);
      }
      incoming.pipe(outgoing).pipe(incoming);
    });
    server = listening;
    await new Promise<void>((resolve, reject) => {
      listening.once("error", reject);
      listening.listen(port, "127.0.0.1", resolve);
    });
    return (listening.address() as AddressInfo).port;
  }

  const port = await listen(0);
  return {
    port,
    cut: async () => {
      const closing = server;
      server = undefined;
      await new Promise<void>((resolve) => {
        if (closing) closing.close(() => resolve());
        else resolve();
        for (const socket of sockets) socket.destroy();
      });
    },
    mend: async () => void (await listen(port)),
  };
}
