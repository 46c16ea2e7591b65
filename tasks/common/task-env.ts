// The agent as the tasks see it. The only file that knows azure-pipelines-task-lib.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import * as tl from "azure-pipelines-task-lib/task.js";
import { type Problem, problemText } from "../../core/errors.ts";
import { harmless } from "../../core/harmless.ts";
import type { Extension } from "../../core/extension.ts";
import { failureSummary, problemSummary } from "../../core/report/problem-summary.ts";

/** What `readInputs` of a task may look at. */
export type TaskEnv = {
  /** Trimmed; empty when not given. */
  input(name: string): string;
  /** Anything but `true` (any case) is false. */
  flag(name: string): boolean;
  /** A pipeline variable such as `Build.BuildId`. */
  variable(name: string): string | undefined;
  /** Whether a pipeline variable is there and marked secret. */
  isSecret(name: string): boolean;
  /** Every secret variable that the job may read, its token included. */
  secrets(): readonly { readonly name: string; readonly value: string }[];
  /** The service connection that an input names; undefined when it names none. */
  connection(input: string): ServiceConnection | undefined;
  /** The job's own token (System.AccessToken); empty outside a job. */
  jobToken(): string;
};

export type ServiceConnection = {
  readonly url: string;
  /** A personal access token. */
  readonly token: string;
};

export type TaskLog = {
  info(line: string): void;
  /** An issue of the run; with a place, the run's page leads to the file. */
  warn(line: string, place?: Pick<Problem, "file" | "line" | "column">): void;
  debug(line: string): void;
};

/** What a task's `run` gives back; it knows nothing of pipelines. */
export type TaskOutcome = {
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown, shown on the run's Extensions tab. */
  readonly summary?: string;
  /** One line beside the green tick. */
  readonly message?: string;
  /** Files published with the run. */
  readonly artefacts?: readonly { readonly name: string; readonly path: string }[];
};

export type Agent = TaskEnv & {
  /** The published copy that this task came with. */
  extension(): Extension;
  readonly log: TaskLog;
  mask(secret: string): void;
  publish(task: string, outcome: TaskOutcome): void;
  fail(task: string, message: string, problems: readonly Problem[]): void;
};

export function pipelineAgent(): Agent {
  return {
    input: (name) => (tl.getInput(name, false) ?? "").trim(),
    flag: (name) => (tl.getInput(name, false) ?? "").trim().toLowerCase() === "true",
    variable: (name) => tl.getVariable(name),
    isSecret: (name) => {
      const key = environmentKey(name);
      return secretVariables().some((each) => environmentKey(each.name) === key);
    },
    secrets: secretVariables,
    connection: serviceConnection,
    jobToken,
    extension: packedExtension,
    log: {
      info: (line) => console.log(harmless(line)),
      warn: (text, { file, line, column } = {}) => {
        tl.logIssue(tl.IssueType.Warning, harmless(text), file, line, column);
      },
      debug: (line) => tl.debug(line),
    },
    mask: (secret) => {
      if (secret !== "") tl.setSecret(secret);
    },
    publish(task, outcome) {
      for (const [name, value] of Object.entries(outcome.outputs)) {
        tl.setVariable(name, value, false, true);
      }
      for (const { name, path } of outcome.artefacts ?? []) tl.uploadArtifact(name, path, name);
      if (outcome.summary !== undefined) tl.uploadSummary(writeSummary(task, outcome.summary));
      tl.setResult(tl.TaskResult.Succeeded, outcome.message ?? "");
    },
    fail(task, message, problems) {
      const summary =
        problems.length > 0 ? problemSummary(task, problems) : failureSummary(task, message);
      tl.uploadSummary(writeSummary(task, summary));
      // The message of a failed result is an issue by itself; only several get one each.
      if (problems.length > 1) {
        for (const problem of problems) {
          const { file, line, column } = problem;
          tl.logIssue(tl.IssueType.Error, harmless(problemText(problem)), file, line, column);
        }
      }
      const shown = problems.length > 1 ? `${problems.length} problems, nothing was done` : message;
      tl.setResult(tl.TaskResult.Failed, harmless(shown));
    },
  };
}

// `npm run package` writes it beside each bundle; see scripts/package/stage-extension.ts.
function packedExtension(): Extension {
  const file = join(dirname(process.argv[1] ?? "."), "extension.json");
  return JSON.parse(readFileSync(file, "utf8")) as Extension;
}

// The agent hands variables on as environment variables: api.host, api host and API_HOST are one.
function environmentKey(name: string): string {
  return name.replaceAll(/[. ]/g, "_").toUpperCase();
}

function secretVariables(): readonly { readonly name: string; readonly value: string }[] {
  return silently(() => tl.getVariables())
    .filter(({ secret }) => secret)
    .map(({ name, value }) => ({ name, value }));
}

function jobToken(): string {
  return silently(
    () => tl.getEndpointAuthorizationParameter("SYSTEMVSSCONNECTION", "AccessToken", true) ?? "",
  );
}

function serviceConnection(input: string): ServiceConnection | undefined {
  return silently(() => {
    const id = tl.getInput(input, false) ?? "";
    if (id === "") return undefined;
    const { apitoken, password } = tl.getEndpointAuthorization(id, true)?.parameters ?? {};
    return { url: tl.getEndpointUrl(id, true) ?? "", token: apitoken ?? password ?? "" };
  });
}

// task-lib prints every value it reads as a debug line. The agent masks secrets; they should not
// depend on that.
function silently<Value>(read: () => Value): Value {
  tl.setStdStream(new Writable({ write: (_chunk, _encoding, done) => done() }));
  try {
    return read();
  } finally {
    tl.setStdStream(process.stdout);
  }
}

function writeSummary(task: string, markdown: string): string {
  const folder =
    tl.getVariable("Agent.TempDirectory") ?? tl.getVariable("System.DefaultWorkingDirectory");
  const id = `${process.pid}-${Date.now()}`;
  // The file's name becomes the section's heading.
  const path = join(folder ?? ".", `${task}-${id}.md`);
  writeFileSync(path, markdown);
  return path;
}
