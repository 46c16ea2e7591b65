import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export type Orders = {
  /** The first call of each route since the order is answered with this, in the service's place. */
  readonly odd?: "404" | "400" | "500" | "empty" | "cut" | "wrong" | "empty-list";
  /** The process is killed at each route, once, before or after its first call. */
  readonly killAtEach?: "before" | "after";
  /** Only of routes whose name fits. */
  readonly match?: string;
  /** Of the process' clock. */
  readonly skewMs?: number;
};

/** Meddles with the calls and the clock of a connector that is started with `env`. */
export function meddling() {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-meddling-"));
  const [orders, calls] = [join(folder, "orders.json"), join(folder, "calls")];
  let given = 0;
  let killed = "";
  const give = (what: Orders) => {
    killed = join(folder, `killed-${(given += 1)}`);
    const draft = `${orders}.new`;
    writeFileSync(draft, JSON.stringify({ ...what, killed }));
    // Read at any moment: never half of it.
    renameSync(draft, orders);
  };
  const forget = () => writeFileSync(calls, "");
  const lines = (file: string) =>
    existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  give({});
  forget();
  return {
    env: {
      NODE_OPTIONS: `--import ${resolve(import.meta.dirname, "meddle.mjs")}`,
      MEDDLE_ORDERS: orders,
      MEDDLE_CALLS: calls,
    },
    give,
    /** Names of the calls so far, as `GET git/repositories/{}/refs`. */
    calls: () => lines(calls),
    /** Names of the calls that it was killed at since the last orders. */
    killedAt: () => lines(killed),
    forget,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
