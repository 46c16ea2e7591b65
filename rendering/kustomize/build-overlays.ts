import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, TerminalError, causeText } from "../../core/errors.ts";
import type { Problem } from "../../core/errors.ts";
import { parseManifests } from "../../core/manifests/parse.ts";
import type { ManifestDocument } from "../../core/manifests/parse.ts";
import { startIsolation } from "../processes/isolation.ts";
import { toolEnvironment } from "../processes/tool-environment.ts";
import { askToolVersion } from "../processes/tool-versions.ts";
import type { Root } from "../inputs/contained-files.ts";
import { kustomizationInputs } from "./kustomization-inputs.ts";
import { slots } from "../processes/slots.ts";
import { ToolFailure } from "../step-context.ts";
import type { RunTool } from "../step-context.ts";
import { toolProblem } from "../processes/tool-problem.ts";
import { toolRunner } from "../processes/tool-runner.ts";

export type BuiltOverlays = {
  readonly objects: readonly (ManifestDocument & { readonly folder: string })[];
  readonly problems: readonly Problem[];
  /** Overlays that could not be built here, and why. */
  readonly notBuilt: readonly Problem[];
};

/** What `kubectl kustomize` makes of folders; without kubectl, nothing. */
export async function buildOverlays(
  root: Root,
  overlays: readonly string[],
): Promise<BuiltOverlays> {
  if (overlays.length === 0) return { objects: [], problems: [], notBuilt: [] };
  const scratch = await mkdtemp(join(await realpath(tmpdir()), "fluxgate-validate-"));
  try {
    await askToolVersion("kubectl", { cwd: scratch, env: toolEnvironment(scratch) });
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    if (!(error instanceof TerminalError)) throw error;
    return { objects: [], problems: [], notBuilt: [withoutKubectl(overlays, error)] };
  }
  const reachable = { read: [root.path], write: [scratch], tools: ["kubectl"] };
  const isolation = await startIsolation(scratch, reachable);
  try {
    const run = toolRunner({
      scratch,
      onWarning: () => {},
      repeat: "",
      homes: join(scratch, "homes"),
      anotherDay: false,
      inSlot: slots(1),
      isolation: () => Promise.resolve(isolation),
    });
    return await buildAll(root, { overlays, run });
  } finally {
    isolation.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function buildAll(
  root: Root,
  { overlays, run }: { readonly overlays: readonly string[]; readonly run: RunTool },
): Promise<BuiltOverlays> {
  const objects: BuiltOverlays["objects"][number][] = [];
  const problems: Problem[] = [];
  const notBuilt: Problem[] = [];
  for (const folder of overlays) {
    try {
      kustomizationInputs(root, { path: folder });
      const output = await run(
        "kubectl",
        ["kustomize", "--", folder === "." ? folder : `./${folder}`],
        { cwd: root.path },
      );
      const parsed = parseManifests(output, folder, { exactIntegers: true });
      problems.push(...parsed.problems);
      objects.push(...parsed.documents.map((document) => ({ ...document, folder })));
    } catch (error) {
      if (error instanceof ToolFailure) problems.push({ file: folder, ...toolProblem(error) });
      else if (error instanceof InputError) notBuilt.push(...error.problems);
      else throw error;
    }
  }
  return { objects, problems, notBuilt };
}

function withoutKubectl(overlays: readonly string[], why: TerminalError): Problem {
  const count = `${overlays.length} ${overlays.length === 1 ? "overlay was" : "overlays were"}`;
  return { message: `${count} not built and checked: ${causeText(why)}` };
}
