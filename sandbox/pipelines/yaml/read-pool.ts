import { PipelineError, textOf, type Node } from "./node.ts";
import { readFields } from "./read-fields.ts";

/** True for `pool: server`: no agent. */
export function isServer(pool: Node | undefined): boolean {
  return textOf(pool) === "server";
}

/** @throws PipelineError where an image is asked for that is not Linux: agents here are. */
export function demandLinux(pool: Node | undefined): void {
  if (pool?.kind !== "map") return;
  const fields = readFields(pool, "pool", ["name", "vmImage", "demands"]);
  const image = fields.text("vmImage");
  if (image !== undefined && /^(windows|vs20|macos|win)/i.test(image)) {
    throw new PipelineError(`the sandbox's agents are Linux: there is no ${image}`, pool.at);
  }
}
