import { createServer } from "node:net";

// Below what a kernel gives out by itself (Linux from 32768, others from 49152): whoever asks it for any
// port meanwhile would get one of these before the process that it is meant for listens.
const [lowest, highest] = [10_000, 32_000];
const span = 100;

// Two processes that look at the same time find others, each from a place of its own.
let next = lowest + ((process.pid * span) % (highest - lowest));

/** That many ports that are free now, all different, and none that another call was given. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  for (let tried = 0; found.length < count; tried += 1) {
    if (tried > highest - lowest) throw new Error(`Failed to find ${count} free ports`);
    const port = next;
    next = port + 1 === highest ? lowest : port + 1;
    if (await isFree(port)) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}
