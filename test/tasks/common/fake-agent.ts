import type { Problem } from "../../../core/errors.ts";
import type { Agent, TaskOutcome } from "../../../tasks/common/task-env.ts";

type Given = {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly token?: string;
};

/** An agent that remembers what it was told. */
export function fakeAgent({ inputs = {}, variables = {}, token = "job-token" }: Given = {}) {
  const said = {
    lines: [] as string[],
    masked: [] as string[],
    outcome: undefined as TaskOutcome | undefined,
    failure: undefined as
      { readonly message: string; readonly problems: readonly Problem[] } | undefined,
  };
  const line = (text: string) => void said.lines.push(text);
  const agent: Agent = {
    input: (name) => inputs[name] ?? "",
    flag: (name) => inputs[name] === "true",
    variable: (name) => variables[name],
    isSecret: () => false,
    secrets: () => [],
    connection: () => undefined,
    extension: () => ({ publisher: "fluxgate", name: "fluxgate" }),
    jobToken: () => token,
    log: { info: line, warn: line, debug: line },
    mask: (secret) => void said.masked.push(secret),
    publish: (_task, outcome) => void (said.outcome = outcome),
    fail: (_task, message, problems) => void (said.failure = { message, problems }),
  };
  return { agent, said };
}
