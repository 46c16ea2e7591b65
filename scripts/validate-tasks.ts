// tfx-cli only warns about task.json; these rules stop the build. Sources: the task-lib schema, and
// the tests that Microsoft's built-in server tasks have to pass (azure-pipelines-tasks, Tests/L0.ts).

export type TaskJson = {
  readonly id?: string;
  readonly name?: string;
  readonly friendlyName?: string;
  readonly description?: string;
  readonly helpMarkDown?: string;
  readonly helpUrl?: string;
  readonly instanceNameFormat?: string;
  readonly version?: Readonly<Record<"Major" | "Minor" | "Patch", number>>;
  readonly minimumAgentVersion?: string;
  readonly demands?: readonly string[];
  readonly runsOn?: readonly string[];
  readonly inputs?: readonly TaskInput[];
  readonly outputVariables?: readonly { readonly name: string; readonly description?: string }[];
  readonly execution?: Readonly<Record<string, unknown>>;
};

type TaskInput = {
  readonly name: string;
  readonly type?: string;
  readonly label?: string;
  readonly defaultValue?: string;
  readonly required?: boolean;
  readonly options?: Readonly<Record<string, string>>;
  readonly helpMarkDown?: string;
};

const serverHandlers = ["HttpRequest", "ServiceBus", "HttpRequestChain"];
const events = ["TaskAssigned", "TaskStarted", "TaskCompleted"];
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Everything that is wrong with one task.json; `folder` is the folder's name. */
export function taskProblems(task: TaskJson, folder: string): readonly string[] {
  const server = task.runsOn?.every((where) => where.startsWith("Server")) ?? false;
  return [
    ...commonProblems(task, folder),
    ...(server ? serverProblems(task) : agentProblems(task)),
  ].map((problem) => `tasks/${folder}/task.json: ${problem}`);
}

function commonProblems(task: TaskJson, folder: string): readonly string[] {
  const inputs = task.inputs ?? [];
  const names = inputs.map(({ name }) => name);
  const { Major, Minor, Patch } = task.version ?? {};
  return broken([
    [guid.test(task.id ?? ""), "id is not a GUID in lower case"],
    [/^[A-Za-z0-9-]+$/.test(task.name ?? ""), "name has other characters than letters and digits"],
    [task.name === folder, `name "${task.name}" is not the folder's name`],
    [between(task.friendlyName, 1, 40), "friendlyName must have 1 to 40 characters"],
    [between(task.description, 1, 200), "description must have 1 to 200 characters"],
    [between(task.instanceNameFormat, 1, 200), "instanceNameFormat is missing"],
    [
      task.helpUrl?.endsWith(`/docs/tasks.md#${folder.toLowerCase()}${Major}`) ?? false,
      "helpUrl does not lead to the task's section of docs/tasks.md",
    ],
    [
      task.helpMarkDown?.includes(task.helpUrl ?? "-") ?? false,
      "helpMarkDown does not link helpUrl",
    ],
    [[Major, Minor, Patch].every(Number.isInteger), "version needs Major, Minor and Patch"],
    [new Set(names).size === names.length, "an input stands there twice"],
    ...inputs.flatMap(inputRules),
    ...(task.outputVariables ?? []).map(
      ({ name, description }) =>
        [Boolean(description), `output ${name} has no description`] as const,
    ),
  ]);
}

function inputRules({ name, type, label, required, helpMarkDown, ...input }: TaskInput): Rules {
  return [
    [/^[A-Za-z][A-Za-z0-9]*$/.test(name), `input "${name}" is not a valid name`],
    [isInputType(type), `input ${name} has type ${type}`],
    [
      type !== "pickList" || Object.hasOwn(input.options ?? {}, input.defaultValue ?? ""),
      `the default of input ${name} is none of its options`,
    ],
    [Boolean(label), `input ${name} has no label`],
    [Boolean(helpMarkDown), `input ${name} has no helpMarkDown`],
    [typeof required === "boolean", `input ${name} does not say whether it is required`],
    [typeof input.defaultValue === "string", `input ${name} has no defaultValue`],
  ];
}

function isInputType(type = ""): boolean {
  return /^(string|boolean|multiLine|pickList|connectedService:[a-z]+)$/.test(type);
}

function agentProblems({ execution = {}, minimumAgentVersion }: TaskJson): readonly string[] {
  const targets = Object.values(execution).map(
    (handler) => (handler as { target?: string }).target,
  );
  return broken([
    [
      sameMembers(Object.keys(execution), ["Node20_1", "Node24"]),
      "must run on Node20_1 and Node24",
    ],
    [targets.every((target) => target === "index.js"), "every handler's target must be index.js"],
    [minimumAgentVersion !== undefined, "minimumAgentVersion is missing (Node20_1: 2.214.1)"],
  ]);
}

function serverProblems(task: TaskJson): readonly string[] {
  const execution = task.execution ?? {};
  const [handler = "", ...others] = Object.keys(execution);
  const { Execute = {}, Events = {} } = (execution[handler] ?? {}) as {
    readonly Execute?: Readonly<Record<string, string>>;
    readonly Events?: Readonly<Record<string, { readonly Timeout?: string }>>;
  };
  return broken([
    [task.demands === undefined, "a server task must have no demands"],
    [task.minimumAgentVersion === undefined, "a server task must have no minimumAgentVersion"],
    [others.length === 0, "a server task must have exactly one handler"],
    [serverHandlers.includes(handler), `handler "${handler}" is not one of server tasks`],
    [Object.keys(Events).every((name) => events.includes(name)), "an event's name is not known"],
    ...Object.entries(Events).map(
      ([name, { Timeout = "" }]) =>
        [
          hours(Timeout) > 0 && hours(Timeout) <= 72,
          `${name}: timeout must be at most 72:00:00`,
        ] as const,
    ),
    [
      Execute["WaitForCompletion"] !== "true" || "TaskCompleted" in Events,
      "waits without TaskCompleted",
    ],
    [isJson(Execute["Headers"]), "Headers is not JSON text"],
    [Execute["Body"] === undefined || isJson(Execute["Body"]), "Body is not JSON text"],
    [
      !/AccessToken/i.test(`${Execute["EndpointUrl"]}${Execute["Body"]}`),
      "a token in URL or body is logged",
    ],
    ...usedInputs(Object.values(Execute).join("\n")).map(
      (name) =>
        [
          task.inputs?.some((input) => input.name === name) ?? false,
          `$(${name}) is no input`,
        ] as const,
    ),
  ]);
}

/** Where task.json and the task's inputs.ts disagree on which inputs there are. */
export function inputProblems(task: TaskJson, source: string): readonly string[] {
  const declared = (task.inputs ?? []).map(({ name }) => name);
  const read = [...source.matchAll(/\.(?:input|flag|connection)\(\s*"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return [
    ...declared
      .filter((name) => !read.includes(name))
      .map((name) => `${task.name}: input ${name} is declared and never read`),
    ...read
      .filter((name) => !declared.includes(name))
      .map((name) => `${task.name}: input ${name} is read and not declared`),
  ];
}

type Rules = readonly (readonly [holds: boolean, problem: string])[];

function broken(rules: Rules): readonly string[] {
  return rules.filter(([holds]) => !holds).map(([, problem]) => problem);
}

// Macros without a dot are inputs; system and build variables all have one.
function usedInputs(text: string): readonly string[] {
  return [...text.matchAll(/\$\(([^)]+)\)/g)]
    .map((match) => match[1] ?? "")
    .filter((name) => !name.includes("."));
}

function between(text: string | undefined, least: number, most: number): boolean {
  const length = text?.length ?? 0;
  return length >= least && length <= most;
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item));
}

function hours(span: string): number {
  const [, h = "0", m = "0", s = "0"] = /^(\d+):(\d\d):(\d\d)$/.exec(span) ?? [];
  return Number(h) + Number(m) / 60 + Number(s) / 3600;
}

function isJson(text: string | undefined): boolean {
  try {
    return text !== undefined && typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
