import { isAbsolute, join } from "node:path";
import { say, workspaceOf, type StepContext } from "../engine/job-context.ts";
import { expandMacros } from "../engine/macros.ts";
import { setVariable } from "../engine/variables.ts";
import type { Result, Run } from "../run.ts";
import type { Action } from "../yaml/model.ts";
import { copyArtifact, downloadArtifacts, publishArtifact } from "./artifacts.ts";
import { publishTestResults } from "./publish-test-results.ts";
import { runScript } from "./run-script.ts";

type TaskAction = Extract<Action, { kind: "task" }>;
type Input = (...names: readonly string[]) => string | undefined;

/** The service's own tasks that delivery pipelines use. Others fail by name, never silently. */
export async function runBuiltIn(context: StepContext, action: TaskAction): Promise<Result> {
  const input: Input = (...names) => {
    const wanted = names.map((name) => name.toLowerCase());
    const found = Object.entries(action.inputs).find(([key]) => wanted.includes(key.toLowerCase()));
    return found && found[1] !== "" ? expandMacros(found[1], context.variables) : undefined;
  };
  const { sources } = workspaceOf(context);
  const absolute = (path: string) => (isAbsolute(path) ? path : join(sources, path));
  switch (action.task.toLowerCase()) {
    case "publishpipelineartifact":
      return publishArtifact(context, {
        path: absolute(input("targetPath", "path") ?? "."),
        artifact: input("artifact", "artifactName") ?? "drop",
      });
    case "publishbuildartifacts":
      return publishArtifact(context, {
        path: absolute(input("pathToPublish") ?? "."),
        artifact: input("artifactName") ?? "drop",
        type: "Container",
      });
    case "downloadpipelineartifact":
    case "downloadbuildartifacts":
      return download(context, input, absolute);
    case "cache": {
      // Every run may miss its cache, so tasks behind it must be able to do without.
      const hit = input("cacheHitVar");
      if (hit !== undefined) setVariable(context.variables, hit, { value: "false" });
      say(context, "Cache miss: the sandbox keeps no caches from run to run.");
      return "succeeded";
    }
    case "bash":
    case "cmdline":
    case "powershell":
      return runInline(context, action, input);
    case "docker":
      say(
        context,
        `##[warning]Not done here: the sandbox has no container engine. Docker ${input("command") ?? ""} ${input("repository") ?? ""} ${input("tags") ?? ""} was recorded, no image was built.`,
      );
      context.run.tags.add("images-not-built");
      if (/push/i.test(input("command") ?? "buildAndPush")) {
        for (const tag of (input("tags") ?? "").split(/[\n,]/).map((one) => one.trim())) {
          const repository = input("repository") ?? "";
          if (tag !== "") context.state.registry.push(repository, tag, `{"recorded":"${tag}"}`);
        }
      }
      return "succeeded";
    case "publishtestresults":
      return publishTestResults(context, {
        folder: absolute(input("searchFolder") ?? "."),
        patterns: input("testResultsFiles") ?? "**/TEST-*.xml",
        failOnFailed: input("failTaskOnFailedTests") === "true",
        failOnMissing: input("failTaskOnMissingResultsFile") === "true",
      });
    case "usenode":
    case "nodetool":
    case "gotool":
      say(context, "##[warning]Not done here: steps use what PATH of this machine has.");
      return "succeeded";
    default:
      throw new Error(
        `The sandbox has no task ${action.task}@${action.version} (${context.step.at.file}:${context.step.at.line}).`,
      );
  }
}

async function download(
  context: StepContext,
  input: Input,
  absolute: (path: string) => string,
): Promise<Result> {
  const run = artifactRun(context, input);
  const { root } = workspaceOf(context);
  const path = absolute(input("targetPath", "path", "downloadPath") ?? root);
  const name = input("artifact", "artifactName");
  const patterns = input("patterns", "itemPattern");
  if (run === context.run && name === undefined) {
    return downloadArtifacts(context, { source: "current", artifact: undefined, patterns, path });
  }
  const names = name === undefined ? [...run.artifacts.keys()] : [name];
  for (const one of names) {
    const target = name === undefined ? join(path, one) : path;
    await copyArtifact(run, { name: one, target, patterns });
    say(context, `Downloaded artifact ${one} of run ${run.buildNumber} to ${target}`);
  }
  return "succeeded";
}

// `source: specific` names a run, or the newest good one of a pipeline and branch.
function artifactRun({ state, run }: StepContext, input: Input): Run {
  if ((input("source", "buildType") ?? "current") === "current") return run;
  const wanted = input("runId", "buildId", "pipelineId");
  const pipeline = input("pipeline", "definition") ?? "";
  const version = input("runVersion", "buildVersionToDownload") ?? "latest";
  const branch = version === "latestFromBranch" ? input("runBranch", "branchName") : undefined;
  const tags = (input("tags") ?? "").split(",").filter(Boolean);
  const found = state.runs.findLast((one) =>
    version === "specific" || wanted !== undefined
      ? String(one.id) === wanted
      : [String(one.definition.id), one.definition.name].includes(pipeline) &&
        (one.result === "succeeded" || one.result === "partiallySucceeded") &&
        (branch === undefined || branch === one.sourceBranch) &&
        tags.every((tag) => one.tags.has(tag)),
  );
  if (!found) throw new Error(`No run of pipeline ${pipeline} was found to download from.`);
  return found;
}

function runInline(context: StepContext, action: TaskAction, input: Input): Promise<Result> {
  const shell = { bash: "bash", cmdline: "cmdline", powershell: "pwsh" } as const;
  const file = input("filePath");
  if (file !== undefined && (input("targetType") ?? "filePath").toLowerCase() !== "inline") {
    return runScript(context, {
      shell: shell[action.task.toLowerCase() as keyof typeof shell],
      file,
      arguments: input("arguments") ?? "",
      folder: input("workingDirectory"),
      failOnStderr: input("failOnStderr") === "true",
    });
  }
  return runScript(context, {
    shell: shell[action.task.toLowerCase() as keyof typeof shell],
    text: input("script") ?? "",
    folder: input("workingDirectory"),
    failOnStderr: input("failOnStderr") === "true",
    errorAction: input("errorActionPreference"),
    ignoreExitCode: input("ignoreLASTEXITCODE") === "true",
  });
}
