import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Delivery, Environment } from "../../core/delivery/delivery.ts";
import { findTool } from "./find-tool.ts";
import { toolEnvironment } from "./tool-environment.ts";
import { askToolVersion } from "./tool-versions.ts";
import type { Tool } from "../../core/delivery/steps/step-kind.ts";
import { appsOf } from "../app-jobs.ts";
import { toolsOfStep } from "../../core/delivery/steps/registry.ts";
import { sha256 } from "../../clients/sha256.ts";
import type { RenderCache } from "../cache/render-cache.ts";

/** Versions of the tools that some environments are rendered with. */
export async function digestUsedTools(
  delivery: Delivery,
  environments: readonly Environment[],
  { scratch, cache }: { readonly scratch: string; readonly cache?: RenderCache | undefined },
): Promise<Readonly<Record<string, string>>> {
  const found = await Promise.all(
    toolsOf(delivery, environments).map(async (tool) => {
      const known = cache && (await digestFile(tool));
      const stored = known && cache.read("tools", known);
      if (typeof stored === "string") return [tool, stored] as const;
      const env = toolEnvironment(join(scratch, "versions"));
      const version = await askToolVersion(tool, { cwd: scratch, env });
      if (known) cache.write("tools", known, version);
      return [tool, version] as const;
    }),
  );
  return Object.fromEntries(found);
}

/** The tools that some environments are rendered with, in the order of their names. */
export function toolsOf(delivery: Delivery, environments: readonly Environment[]): readonly Tool[] {
  const steps = environments
    .flatMap((environment) => appsOf(delivery, environment))
    .flatMap(({ render }) => render);
  const tools = steps.flatMap(toolsOfStep);
  const patches = environments.some(({ config }) => config.snippets.length > 0);
  return [...new Set<Tool>([...tools, ...(patches ? (["kubectl"] as const) : [])])].sort();
}

// Another program has another path, size or time; where PATH holds none, running it says so.
async function digestFile(tool: Tool): Promise<string | undefined> {
  const file = findTool(tool);
  if (file === undefined) return undefined;
  const { size, mtimeMs } = await stat(file);
  return sha256(JSON.stringify([tool, file, size, mtimeMs]));
}
