import { writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { say, workspaceOf, type StepContext } from "../engine/job-context.ts";
import type { Result } from "../run.ts";
import type { Shell } from "../yaml/model.ts";
import { runProcess } from "./run-process.ts";

export type Script = {
  readonly shell: Shell;
  /** Its text, or the file that holds it. */
  readonly text?: string;
  readonly file?: string;
  /** As one text, which the shell reads: it comes from the pipeline itself. */
  readonly arguments?: string;
  readonly folder: string | undefined;
  readonly failOnStderr: boolean;
  readonly errorAction?: string | undefined;
  readonly ignoreExitCode?: boolean;
};

/** Writes the script to a file and runs it, as the service's tasks for shells do. */
export async function runScript(context: StepContext, script: Script): Promise<Result> {
  const { temp, sources } = workspaceOf(context);
  const { shell, folder } = script;
  const power = shell === "pwsh";
  const file = join(temp, `${context.taskRecord.id}.${power ? "ps1" : "sh"}`);
  const inFolder = (path: string) => (isAbsolute(path) ? path : join(sources, path));
  const text = script.text ?? call(shell, inFolder(script.file ?? ""), script.arguments ?? "");
  await writeFile(file, power ? powerShell(text, script) : text);
  say(context, "Generating script.", "Script contents:", ...text.trimEnd().split("\n"));
  return runProcess(context, {
    command: power ? "pwsh" : "bash",
    args: power
      ? ["-NoLogo", "-NoProfile", "-NonInteractive", "-File", file]
      : ["--noprofile", "--norc", file],
    folder: folder ? inFolder(folder) : sources,
    env: {},
    failOnStderr: script.failOnStderr,
  });
}

function call(shell: Shell, file: string, given: string): string {
  return shell === "pwsh" ? `. '${file.replaceAll("'", "''")}' ${given}` : `. "${file}" ${given}`;
}

// The two lines that the service's task puts around a script.
function powerShell(text: string, { errorAction = "stop", ignoreExitCode }: Script): string {
  const end = "if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }";
  return [`$ErrorActionPreference = '${errorAction}'`, text, ...(ignoreExitCode ? [] : [end])].join(
    "\n",
  );
}
