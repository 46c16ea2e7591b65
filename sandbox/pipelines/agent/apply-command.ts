// Logging commands: https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
import { say, type StepContext } from "../engine/job-context.ts";
import type { Result } from "../run.ts";
import type { Act, Acts } from "./act.ts";
import { artifactCommands, buildCommands } from "./build-commands.ts";
import { complain } from "./complain.ts";
import type { Command } from "./parse-command.ts";
import { taskCommands } from "./task-commands.ts";

const help = "Please reference documentation (http://go.microsoft.com/fwlink/?LinkId=817296)";

// What a step with `target: { commands: restricted }` may still say (the agent's own marks).
const restricted = [
  ...["task.logdetail", "task.logissue", "task.issue", "task.complete", "task.setprogress"],
  ...["task.setsecret", "task.setvariable", "task.settaskvariable", "task.debug"],
  ...["task.prependpath", "telemetry.publish"],
];

const notKept =
  (what: string): Act =>
  (context) =>
    say(context, `##[warning]Not done here: the sandbox keeps no ${what}.`);

const areas: Readonly<Record<string, Acts>> = {
  task: taskCommands,
  build: buildCommands,
  artifact: artifactCommands,
  results: { publish: notKept("test runs"), publishtoevidencestore: notKept("evidence") },
  codecoverage: { publish: notKept("code coverage") },
  telemetry: { publish: () => undefined },
};

/**
 * Does what the command says; returns the result that it gives the step.
 * @throws for a command that cannot be done: the step goes on, and has failed.
 */
export async function applyCommand(
  context: StepContext,
  command: Command,
): Promise<Result | undefined> {
  const [area, event] = [command.area.toLowerCase(), command.event.toLowerCase()];
  // Of releases, which pipelines are not.
  if (area === "release") {
    throw new Error(`${command.area} commands are not supported for Build flow. ${help}`);
  }
  const known = Object.hasOwn(areas, area) ? areas[area] : undefined;
  if (!known) {
    const text = `Cannot find command extension for ##vso[${command.area}.command]. ${help}`;
    complain(context, "warning", text);
    return undefined;
  }
  const act = Object.hasOwn(known, event) ? known[event] : undefined;
  if (!act) {
    throw new Error(
      `##vso[${area}.${command.event}] is not a recognized command for ${area} command extension. ${help}.`,
    );
  }
  if (context.step.limits?.restrictedCommands && !restricted.includes(`${area}.${event}`)) {
    const text = `##vso[${command.area}.${command.event}] is not allowed in this step due to policy restrictions. ${help}`;
    complain(context, "warning", text);
    return undefined;
  }
  return (await act(context, command)) ?? undefined;
}

/** What the agent says of a line that it could not do as a command. */
export function failedCommand(line: string): string {
  return `Unable to process command '${line}' successfully. ${help}`;
}

/** What it says of one that it takes for none. */
export function brokenCommand(line: string): string {
  return `'${line}' contains logging command keyword '##vso', but it's not a legal command. Please see the list of accepted commands: https://go.microsoft.com/fwlink/?LinkId=817296`;
}
