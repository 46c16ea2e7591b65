import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setAll, type Variables } from "../engine/variables.ts";
import type { Run, TimelineRecord } from "../run.ts";
import type { PipelinesState } from "../state.ts";

/** The folders of one job on an agent: `s` sources, `a` staging, `b` binaries, `temp`. */
export type Workspace = {
  readonly root: string;
  readonly sources: string;
  readonly staging: string;
  readonly temp: string;
};

/** Makes the folders and sets the variables that name them. */
export async function prepareWorkspace(
  state: PipelinesState,
  { run, record }: { readonly run: Run; readonly record: TimelineRecord },
  variables: Variables,
): Promise<Workspace> {
  const root = join(state.workDirectory, "jobs", String(run.id), record.id);
  const workspace = {
    root,
    sources: join(root, "s"),
    staging: join(root, "a"),
    temp: join(root, "_temp"),
  };
  const tests = join(root, "TestResults");
  for (const folder of [
    ...[workspace.sources, workspace.staging, workspace.temp, tests],
    join(root, "b"),
  ]) {
    await mkdir(folder, { recursive: true });
  }
  setAll(variables, {
    "Agent.BuildDirectory": root,
    "Agent.HomeDirectory": join(state.workDirectory, "agent"),
    "Agent.Id": "1",
    "Agent.JobName": record.name,
    "Agent.JobStatus": "Succeeded",
    "Agent.MachineName": "sandbox",
    "Agent.Name": "sandbox agent 1",
    "Agent.OS": "Linux",
    "Agent.OSArchitecture": "X64",
    "Agent.RootDirectory": root,
    "Agent.TempDirectory": workspace.temp,
    "Agent.ToolsDirectory": join(state.workDirectory, "tools"),
    "Agent.Version": "4.260.0",
    "Agent.WorkFolder": join(state.workDirectory, "jobs"),
    "Build.ArtifactStagingDirectory": workspace.staging,
    "Build.BinariesDirectory": join(root, "b"),
    "Build.SourcesDirectory": workspace.sources,
    "Build.StagingDirectory": workspace.staging,
    "Build.Repository.LocalPath": workspace.sources,
    "Common.TestResultsDirectory": tests,
    "Pipeline.Workspace": root,
    "System.ArtifactsDirectory": workspace.staging,
    "System.DefaultWorkingDirectory": workspace.sources,
    "System.WorkFolder": join(state.workDirectory, "jobs"),
  });
  return workspace;
}
