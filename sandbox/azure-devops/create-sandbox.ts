import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock, type Clock } from "./clock.ts";
import { createOrganisation } from "./create-organisation.ts";
import { ownRoutes } from "./own-routes.ts";
import { waitForAll } from "./pull-requests/in-turn.ts";
import { compileRoute, type Route } from "./route.ts";
import type { Seed } from "./seed.ts";
import { startServer, type Pages } from "./server.ts";
import type { Organisation } from "./organisation.ts";

/** A further part of the organisation: routes of its own, and state that goes with a reset. */
export type Part = {
  readonly routes: readonly Route[];
  readonly attach: (organisation: Organisation) => Promise<void> | void;
  readonly detach: () => Promise<void> | void;
};

export type SandboxOptions = {
  readonly seed: Seed;
  /** `createClock()` makes one that can be put forward. */
  readonly clock?: Clock;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Where repositories lie; the default is a temporary folder that `close()` removes. */
  readonly dataDirectory?: string;
  readonly parts?: readonly Part[];
  readonly pages?: Pages;
};

export type Sandbox = {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** What REST and git clients are pointed at. */
  readonly organisationUrl: string;
  readonly organisation: () => Organisation;
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Requests that met no route. */
  readonly unhandled: () => readonly string[];
};

/** Azure DevOps Services on this machine, for one organisation; everything as the seed says. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, clock = createClock(), parts = [], pages, port = 0 } = options;
  const base = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), "fluxgate-sandbox-")));
  let generation = 0;
  let organisation = await begin();

  async function begin(): Promise<Organisation> {
    const directory = join(base, `repositories-${(generation += 1)}`);
    await removeFolder(directory);
    await mkdir(directory, { recursive: true });
    return createOrganisation({ seed, clock, directory });
  }

  const routes = [...ownRoutes, ...parts.flatMap((part) => part.routes)].map(compileRoute);
  const server = await startServer({
    organisation: () => organisation,
    routes,
    port,
    ...(pages ? { pages } : {}),
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const organisationUrl = `${origin}/${seed.organisation}`;

  async function attach(): Promise<void> {
    organisation.url = organisationUrl;
    for (const part of parts) await part.attach(organisation);
  }
  async function detach(): Promise<void> {
    for (const part of [...parts].reverse()) await part.detach();
    await waitForAll(organisation.directory);
  }

  await attach();
  return {
    origin,
    organisationUrl,
    organisation: () => organisation,
    unhandled: () => organisation.unhandled,
    reset: async () => {
      await detach();
      const { directory } = organisation;
      organisation = await begin();
      await attach();
      await removeFolder(directory);
    },
    close: async () => {
      await detach();
      await server.close();
      await waitForAll(organisation.directory);
      await removeFolder(options.dataDirectory ? organisation.directory : base);
    },
  };
}

// A git process of a request that nobody waits for any more may still be writing there.
function removeFolder(directory: string): Promise<void> {
  return rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
