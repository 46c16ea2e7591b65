import { resolve } from "node:path";
import { createSandbox } from "../../sandbox/azure-devops/create-sandbox.ts";
import type { SeedRepository } from "../../sandbox/azure-devops/seed.ts";
import { readFolder } from "../../sandbox/demo/read-folder.ts";
import { createPipelines } from "../../sandbox/pipelines/create-pipelines.ts";
import type { StateOptions } from "../../sandbox/pipelines/create-state.ts";
import type { PipelinesSeed } from "../../sandbox/pipelines/seed.ts";
import { pipelinesOf, type Pipelines } from "../../sandbox/test/pipelines/pipelines-harness.ts";
import { ensureBuilt } from "../../scripts/build/ensure-built.ts";
import { ensureAgentTools } from "../../scripts/tools.ts";

/** Project `shop` with these repositories and the shipped templates; its agents run the built tasks. */
export async function templatePipelines(
  repositories: readonly SeedRepository[],
  seed: PipelinesSeed,
  options: Pick<StateOptions, "nodeProgram"> = {},
): Promise<Pipelines> {
  await ensureBuilt(["tasks"]);
  const { path: toolsDirectory } = await ensureAgentTools();
  const files = readFolder(resolve("pipeline-templates"));
  const all = [...repositories, { name: "fluxgate-templates", files }];
  const sandbox = await createSandbox({
    seed: { organisation: "fabrikam", projects: [{ name: "shop", repositories: all }] },
    parts: [
      createPipelines({ seed, extensionDirectory: resolve("dist"), toolsDirectory, ...options }),
    ],
  });
  return pipelinesOf(sandbox);
}
