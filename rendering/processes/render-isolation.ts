import { mkdir } from "node:fs/promises";
import { TerminalError } from "../../core/errors.ts";
import { noIsolation, startIsolation } from "./isolation.ts";
import type { Isolation } from "./isolation.ts";
import type { RenderOptions } from "../render-options.ts";

type LazyIsolation = {
  /** @throws TerminalError `not-isolated` where it is required and not to be had. */
  readonly start: () => Promise<Isolation>;
  /** In words, when it was started. */
  readonly used: () => Promise<string | undefined>;
  readonly close: () => Promise<void>;
};

/** One isolation for all tools of a render, set up when the first of them runs. */
export function isolationOf(
  { roots, isolation: wanted = "auto" }: RenderOptions,
  { scratch, tools }: { readonly scratch: string; readonly tools: readonly string[] },
): LazyIsolation {
  let started: Promise<Isolation> | undefined;
  const read = [roots.code.path, ...(roots.configuration ? [roots.configuration.path] : [])];
  const begin = async () => {
    if (wanted === "off") return noIsolation("it is switched off");
    await mkdir(scratch, { recursive: true });
    const isolation = await startIsolation(scratch, { read, write: [scratch], tools });
    if (wanted === "auto" || isolation.applies) return isolation;
    throw new TerminalError(`Failed to isolate the tools: ${isolation.description}`, {
      code: "not-isolated",
      hint: "Run on Linux where user namespaces are allowed, or do not require isolation.",
    });
  };
  return {
    start: () => (started ??= begin()),
    used: async () => (await started)?.description,
    close: async () => {
      const isolation = await started?.catch(() => undefined);
      isolation?.close();
    },
  };
}
