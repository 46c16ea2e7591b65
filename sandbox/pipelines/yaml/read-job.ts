import type { Job, Step, TargetEnvironment } from "./model.ts";
import { PipelineError, textOf, type Node, type Place } from "./node.ts";
import { readDependencies, readFields, readSomeFields, type Fields } from "./read-fields.ts";
import { demandLinux, isServer } from "./read-pool.ts";
import { readSteps } from "./read-steps.ts";
import { readDeployment, readStrategy } from "./read-strategy.ts";
import { readVariables } from "./read-variables.ts";

const keys = [
  ...["job", "deployment", "displayName", "dependsOn", "condition", "variables", "pool", "steps"],
  ...["timeoutInMinutes", "cancelTimeoutInMinutes", "environment", "strategy", "uses"],
  ...["workspace", "continueOnError", "templateContext"],
];
const elsewhere = {
  container: "it has no container engine",
  services: "it has no container engine",
};

export function readJob(node: Node): Job {
  const fields = readSomeFields(node, { what: "a job", known: keys, elsewhere });
  const deployment = fields.text("deployment");
  const name = deployment ?? fields.text("job") ?? "";
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new PipelineError(`job name '${name}' may hold only letters, digits and _`, node.at);
  }
  const pool = fields.child("pool");
  const server = isServer(pool);
  demandLinux(pool);
  if (deployment !== undefined && server) {
    throw new PipelineError("a deployment job on pool: server is not done here", node.at);
  }
  if (deployment !== undefined && fields.child("steps")) {
    throw new PipelineError("the steps of a deployment stand in its strategy", node.at);
  }
  if (deployment === undefined && fields.child("environment")) {
    throw new PipelineError("only a deployment has an environment", node.at);
  }
  const displayName = fields.text("displayName") ?? name;
  return { ...body(fields, { name, displayName, deployment: deployment !== undefined, server }) };
}

/** The job of a pipeline that is only a list of steps. */
export function onlyJob(fields: Fields): Job {
  const server = isServer(fields.child("pool"));
  return body(fields, { name: "Job", displayName: "Job", deployment: false, server });
}

function body(
  fields: Fields,
  job: {
    readonly name: string;
    readonly displayName: string;
    readonly deployment: boolean;
    readonly server: boolean;
  },
): Job {
  const { name, displayName, deployment, server } = job;
  const { at } = fields.node;
  const steps = deployment ? [] : readSteps(fields.list("steps"));
  const workspace = fields.child("workspace");
  if (workspace) readFields(workspace, "workspace", ["clean"]);
  return {
    ...{ at, name, displayName },
    dependsOn: readDependencies(fields) ?? [],
    condition: fields.text("condition"),
    variables: name === "Job" && !isJob(fields) ? [] : readVariables(fields.child("variables")),
    kind: deployment ? "deployment" : server ? "server" : "agent",
    timeoutInMinutes: fields.text("timeoutInMinutes"),
    cancelTimeoutInMinutes: fields.text("cancelTimeoutInMinutes"),
    continueOnError: fields.text("continueOnError"),
    strategy: deployment ? readDeployment(fields) : readStrategy(fields),
    environment: readEnvironment(fields.child("environment")),
    uses: readUses(fields.child("uses")),
    steps: deployment || server ? steps : withCheckout(steps, at),
  };
}

// The variables of a pipeline without jobs are the pipeline's.
function isJob(fields: Fields): boolean {
  return fields.child("job") !== undefined || fields.child("deployment") !== undefined;
}

// A job on an agent begins with the sources unless it says something else.
function withCheckout(steps: readonly Step[], at: Place): readonly Step[] {
  if (steps.some(({ action }) => action.kind === "checkout")) return steps;
  const checkout: Step = {
    ...{ at, name: undefined, displayName: "Checkout self", condition: undefined, env: {} },
    ...{ continueOnError: undefined, timeoutInMinutes: undefined, limits: undefined },
    retryCountOnTaskFailure: undefined,
    action: {
      ...{ kind: "checkout", repository: "self", path: undefined, fetchDepth: undefined },
      ...{ fetchTags: true, fetchFilter: undefined, submodules: undefined },
      persistCredentials: false,
    },
  };
  return [checkout, ...steps];
}

function readEnvironment(node: Node | undefined): TargetEnvironment | undefined {
  if (!node) return undefined;
  if (node.kind === "map") {
    const known = ["name", "resourceName", "resourceId", "resourceType", "tags"];
    const fields = readFields(node, "environment", known);
    if (/virtualmachine/i.test(fields.text("resourceType") ?? "")) {
      throw new PipelineError("the sandbox's environments have no virtual machines", node.at);
    }
    const name = fields.text("name");
    if (name === undefined) throw new PipelineError("an environment needs a name", node.at);
    return { name, resourceName: fields.text("resourceName") };
  }
  const [name = "", resourceName] = (textOf(node) ?? "").split(".");
  return { name, resourceName };
}

function readUses(node: Node | undefined): readonly string[] {
  return node
    ? (readFields(node, "uses", ["repositories", "pools"]).texts("repositories") ?? [])
    : [];
}
