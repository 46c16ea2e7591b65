import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export type Orders = {
  /** The first call of each route is answered with this, in the service's place. */
  readonly odd?: "404" | "400" | "500" | "empty" | "cut" | "wrong" | "empty-list";
  /** Only of routes whose name fits. */
  readonly match?: string;
  /** The process ends, once, before or after the first call of that name. */
  readonly kill?: { readonly request: string; readonly when: "before" | "after" };
  /** Of the process' clock. */
  readonly skewMs?: number;
};

/** Meddles with the calls and the clock of a connector that is started with `env`. */
export function meddling() {
  const folder = mkdtempSync(join(tmpdir(), "fluxgate-meddling-"));
  const [orders, calls] = [join(folder, "orders.json"), join(folder, "calls")];
  let kills = 0;
  const give = ({ kill, ...rest }: Orders) => {
    const done = join(folder, `killed-${(kills += 1)}`);
    writeFileSync(
      orders,
      JSON.stringify({ ...rest, ...(kill ? { kill: { ...kill, done } } : {}) }),
    );
  };
  const forget = () => writeFileSync(calls, "");
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
    calls: () => readFileSync(calls, "utf8").split("\n").filter(Boolean),
    forget,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
