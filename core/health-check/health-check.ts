// A check on an environment of Azure DevOps that holds a stage until one of our environments is
// healthy: Microsoft's own Invoke REST API, asking for the roll-up on a commit as CheckFluxHealth@1
// does (docs/pipelines.md, "Checks on an environment").
import { statusGenre } from "../run/letter.ts";

/** What it asks. Ids, not names, so that nothing has to be encoded and renames break nothing. */
export type HealthCheck = {
  /** Id of the manifests repository's project. */
  readonly project: string;
  /** Id of the manifests repository. */
  readonly repository: string;
  /** A full id, or the variable of the run that holds one: `$(Build.SourceVersion)`. */
  readonly commit: string;
  /** `<environment>`, or `<delivery>/<environment>`. */
  readonly name: string;
  /** Id of the connector's identity. */
  readonly connector: string;
  /** Minutes until the service skips the stage. */
  readonly giveUpAfter: number;
};

/** The service connection through which it asks. */
export type CheckConnection = {
  readonly id: string;
  readonly url: string;
  /** It holds no credentials: the check then asks with the token of the run. */
  readonly asRun: boolean;
};

// https://learn.microsoft.com/rest/api/azure/devops/approvalsandchecks/check-configurations
export const taskCheckType = { id: "fe1de3ee-a436-41b4-bb20-f6eb4cb879a7", name: "Task Check" };
export const restApiTask = {
  ...{ id: "9c3e8943-130d-4c78-ac63-8af81df62dfb", name: "InvokeRESTAPI", version: "1.220.0" },
};

// "at most 10 evaluations", of the documents of Invoke REST API checks.
const mostEvaluations = 10;
const longest = 43_200;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const commitOrVariable = /^([0-9a-f]{40}|\$\([A-Za-z_][\w.]*\))$/i;
// What neither ends the text in the expression nor stands for a variable.
const plainName = /^[\w.-]+(\/[\w.-]+)?$/;

/** What is wrong with it, one sentence each. */
export function healthCheckProblems(check: HealthCheck): readonly string[] {
  const { commit, name, connector, giveUpAfter } = check;
  return [
    ...(commitOrVariable.test(commit)
      ? []
      : ["The commit is neither a full id nor a variable like $(Build.SourceVersion)."]),
    ...(plainName.test(name)
      ? []
      : [`The name ${name} has characters that cannot stand in a check.`]),
    ...(guid.test(connector) ? [] : ["The connector's identity is no id (a GUID)."]),
    ...(Number.isInteger(giveUpAfter) && giveUpAfter >= 1 && giveUpAfter <= longest
      ? []
      : [`Minutes are a whole number from 1 to ${longest}.`]),
  ];
}

/** True only when the newest status of that name is succeeded and by the connector. */
export function healthExpression({
  name,
  connector,
}: Pick<HealthCheck, "name" | "connector">): string {
  const newest = `@.context.genre==''${statusGenre}'' && @.context.name==''${name}''`;
  const good = `${newest} && @.state==''succeeded'' && @.createdBy.id==''${connector}''`;
  const one = (filter: string) => `eq(count(jsonpath('$.value[?(${filter})]')), 1)`;
  return `and(${one(newest)}, ${one(good)})`;
}

/** What the service keeps of the check: the inputs of InvokeRESTAPI@1, and minutes. */
export function writeHealthCheck(check: HealthCheck, connection: CheckConnection) {
  const { project, repository, commit, giveUpAfter } = check;
  const slash = connection.url.endsWith("/") ? "" : "/";
  const address = `${project}/_apis/git/repositories/${repository}/commits/${commit}/statuses`;
  const asRun = connection.asRun ? { Authorization: "Bearer $(system.AccessToken)" } : {};
  return {
    type: taskCheckType,
    settings: {
      displayName: `Fluxgate: ${check.name} is healthy`,
      definitionRef: restApiTask,
      inputs: {
        connectedServiceNameSelector: "connectedServiceName",
        connectedServiceName: connection.id,
        method: "GET",
        headers: JSON.stringify({ "Content-Type": "application/json", ...asRun }),
        body: "",
        urlSuffix: `${slash}${address}?latestOnly=true&top=1000&api-version=7.1`,
        waitForCompletion: "false",
        successCriteria: healthExpression(check),
      },
      retryInterval: Math.ceil(giveUpAfter / mostEvaluations),
    },
    timeout: giveUpAfter,
  };
}
