// `##vso[build.…]` and `##vso[artifact.…]` (azure-pipelines-agent: BuildCommandExtension,
// ArtifactCommandExtension).
import { readdir, stat } from "node:fs/promises";
import type { StepContext } from "../engine/job-context.ts";
import { tell } from "../engine/tell.ts";
import { setVariable } from "../engine/variables.ts";
import type { Acts } from "./act.ts";
import { publishArtifact } from "./artifacts.ts";
import { attachFile } from "./attach-file.ts";
import { complain } from "./complain.ts";
import type { Command } from "./parse-command.ts";

export const buildCommands: Acts = {
  addbuildtag: ({ run }, { data }) => {
    if (data.trim() === "") throw new Error("Build tag is required.");
    run.tags.add(data.trim());
  },
  updatebuildnumber: ({ state, run, variables }, { data }) => {
    if (data === "") throw new Error("Build number is required.");
    run.buildNumber = data;
    setVariable(variables, "Build.BuildNumber", { value: data });
    tell(state, run);
  },
  uploadlog: (context, { data }) =>
    attachFile(context, {
      ...{ type: "Distributedtask.Core.Log", name: "CustomToolLog", path: data },
    }),
  // Deprecated, and still there.
  uploadsummary: (context, { data }) =>
    attachFile(context, {
      type: "Distributedtask.Core.Summary",
      path: data,
      name: `CustomMarkDownSummary-${data.split("/").at(-1) ?? ""}`,
    }),
};

export const artifactCommands: Acts = { upload, associate };

async function upload(context: StepContext, { properties, data }: Command): Promise<void> {
  const artifact = nameOf(properties);
  if (data === "") throw new Error("Artifact location is required.");
  if (await isEmptyFolder(data)) {
    complain(
      context,
      "warning",
      `Directory '${data}' is empty. Nothing will be added to build artifact '${artifact}'.`,
    );
    return;
  }
  await publishArtifact(context, { path: data, artifact, type: "Container" });
}

function associate({ run, record }: StepContext, { properties, data }: Command): void {
  const name = nameOf(properties);
  const type = properties["type"] ?? inferredType(data);
  if (type === "") throw new Error("Artifact Type is required.");
  if (data === "" && ["container", "filepath", "versioncontrol"].includes(type.toLowerCase())) {
    throw new Error("Artifact location is required.");
  }
  const id = run.artifacts.get(name)?.id ?? run.artifacts.size + 1;
  run.artifacts.set(name, { id, folder: undefined, type, data, source: record.id });
}

function nameOf(properties: Command["properties"]): string {
  const name = properties["artifactname"];
  if (!name) throw new Error("Artifact Name is required.");
  return name;
}

function inferredType(data: string): string {
  if (data.startsWith("#/")) return "Container";
  if (data.startsWith("$/")) return "VersionControl";
  return data.startsWith("\\\\") ? "FilePath" : "";
}

async function isEmptyFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return false;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return !entries.some((one) => one.isFile());
}
