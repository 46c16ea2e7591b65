import { resolve } from "node:path";
import { labelPattern } from "../../core/report/label.ts";
import { riskKinds } from "../../core/diff/risk-kinds.ts";
import { InputError, type Problem } from "../../core/errors.ts";
import { deliveryModes, type DeliveryMode } from "../../core/delivery/delivery.ts";
import { titleNames, titlePattern } from "../../core/report/title-template.ts";
import { listedWords } from "../common/listed-words.ts";
import type { TaskEnv } from "../common/task-env.ts";
import { readRunContext, type RunContext } from "./run-context.ts";

export type Inputs = {
  readonly environment: string;
  /** Absolute path. */
  readonly renderedFolder: string;
  readonly project: string;
  readonly repository: string;
  /** Without `refs/heads/`. */
  readonly targetBranch: string;
  readonly allowEmpty: boolean;
  /** Kinds of risks that make it a draft; undefined: those of fluxgate.yaml. */
  readonly draftOnRisk: readonly string[] | undefined;
  /** Besides those of fluxgate.yaml. */
  readonly labels: readonly string[];
  readonly workItems: readonly number[];
  /** Whether those of the run's changes are linked too. */
  readonly linkWorkItems: boolean;
  readonly run: RunContext;
  /** What the pipeline waits for; undefined: whatever was rendered. */
  readonly delivery?: string;
  /** Undefined: what fluxgate.yaml says. */
  readonly mode?: DeliveryMode;
  /** Besides those of fluxgate.yaml. */
  readonly requiredReviewers?: readonly string[];
  readonly optionalReviewers?: readonly string[];
  /** Template of the title; undefined: what fluxgate.yaml says. */
  readonly title?: string;
};

/** @throws InputError with every problem at once. */
export function readInputs(env: TaskEnv): Inputs {
  const problems: Problem[] = [];
  const required = (name: string, value: string) => {
    if (value === "") problems.push({ message: `Input ${name} is empty` });
    return value;
  };
  const environment = required("environment", env.input("environment"));
  if (environment !== "" && !/^[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?$/.test(environment)) {
    problems.push({
      message: `Input environment: "${environment}" is not a name of fluxgate.yaml`,
    });
  }
  const renderedFolder = required("renderedFolder", env.input("renderedFolder"));
  const project = required("project", env.input("project"));
  const repository = required("repository", env.input("repository"));
  const branch = required("targetBranch", env.input("targetBranch"));
  const targetBranch = branch.replace(/^refs\/heads\//, "");
  if (branch !== "" && !branchName.test(targetBranch)) {
    const taken = "letters a to z, digits and . _ / @ + -, as git allows them";
    problems.push({
      message: `Input targetBranch: "${branch}" is no branch name that is taken: ${taken}`,
    });
  }
  const draftOnRisk = readDraftOnRisk(listedWords(env.input("draftOnRisk")), problems);
  const labels = listedWords(env.input("labels"));
  for (const label of labels.filter((each) => !labelPattern.test(each))) {
    problems.push({ message: `Input labels: "${label}" is no name of a label` });
  }
  const workItems = readWorkItems(listedWords(env.input("workItems")), problems);
  const mode = readMode(env.input("mode"), problems);
  const delivery = env.input("delivery");
  const title = env.input("title");
  if (title !== "" && !titlePattern.test(title)) {
    const names = titleNames.map((name) => `\${${name}}`).join(", ");
    problems.push({ message: `Input title: "${title}" may hold ${names} and no other \${…}` });
  }
  const run = readRunContext(env, problems);
  if (problems.length > 0) throw new InputError(problems);
  return {
    environment,
    renderedFolder: resolve(renderedFolder),
    project,
    repository,
    targetBranch,
    allowEmpty: env.flag("allowEmpty"),
    draftOnRisk,
    labels,
    workItems,
    linkWorkItems: env.flag("linkWorkItems"),
    run,
    ...(delivery === "" ? {} : { delivery }),
    ...(mode === undefined ? {} : { mode }),
    requiredReviewers: listedWords(env.input("requiredReviewers")),
    optionalReviewers: listedWords(env.input("optionalReviewers")),
    ...(title === "" ? {} : { title }),
  };
}

/** Of the service connection, where the manifests are in another organisation than this run. */
export function otherOrganisation(env: TaskEnv) {
  const named = env.connection("serviceConnection");
  if (named === undefined) return undefined;
  const problems = [
    ...(/^https?:\/\/[^/]+/i.test(named.url) ? [] : ["has no address of an organisation"]),
    ...(named.token === "" ? ["has no token (authentication method: token-based)"] : []),
  ].map((what) => ({ message: `Input serviceConnection: the service connection ${what}` }));
  if (problems.length > 0) throw new InputError(problems);
  const organisationUrl = named.url.replace(/\/+$/, "");
  return { organisationUrl, token: named.token, kind: "pat" } as const;
}

function readMode(text: string, problems: Problem[]): DeliveryMode | undefined {
  const mode = deliveryModes.find((each) => each === text);
  if (!["", "default"].includes(text) && mode === undefined) {
    const known = ["default", ...deliveryModes].join(", ");
    problems.push({ message: `Input mode: "${text}" is none of ${known}` });
  }
  return mode;
}

function readDraftOnRisk(kinds: readonly string[], problems: Problem[]): Inputs["draftOnRisk"] {
  if (kinds.length === 0) return undefined;
  if (kinds.length === 1 && kinds[0] === "none") return [];
  for (const kind of kinds.filter((each) => !riskKinds.includes(each))) {
    const known = ["none", ...riskKinds].join(", ");
    problems.push({ message: `Input draftOnRisk: "${kind}" is none of ${known}` });
  }
  return kinds;
}

// `#12` and `AB#12` are how people write them.
function readWorkItems(words: readonly string[], problems: Problem[]): readonly number[] {
  const ids = words.map((word) => /^(?:(?:AB)?#)?([1-9]\d{0,8})$/i.exec(word)?.[1]);
  words.forEach((word, at) => {
    if (ids[at] !== undefined) return;
    problems.push({ message: `Input workItems: "${word}" is no id of a work item` });
  });
  return [...new Set(ids.flatMap((id) => (id === undefined ? [] : [Number(id)])))];
}

// Narrower than git's own rules on purpose: no option, no range, no reflog syntax.
const branchName = /^(?!.*(\.\.|\/\/|@\{|\.lock$|\/$|\.$))[A-Za-z0-9_][A-Za-z0-9._/@+-]*$/;
