// Agent pools and queues: one pool whose agent is always free, and the names that every
// organisation has (recorded).
import { ApiError } from "../../azure-devops/api-error.ts";
import { identityRef } from "../../azure-devops/identities.ts";
import { listOf, type Answer, type Call, type Route } from "../../azure-devops/route.ts";
import type { Host } from "../../azure-devops/host.ts";
import type { Projects } from "../../azure-devops/repository.ts";
import type { Project } from "../../azure-devops/project.ts";
import { guidOf } from "../../azure-devops/guid.ts";
import { projectOf } from "./run-call.ts";

const names = [
  ...["Default", "Hosted", "Hosted VS2017", "Hosted Windows 2019 with VS2019"],
  ...["Hosted Windows Container", "Hosted macOS", "Hosted macOS High Sierra"],
  ...["Hosted Ubuntu 1604", "Azure Pipelines"],
];

// Queues - Get; Pools - Get; Agents - List, Get (REST 7.1).
export const queueRoutes: readonly Route[] = [
  {
    area: "distributedtask",
    resource: "queues",
    id: "900fa995-c559-4923-aae7-f8424fe4fbea",
    template: "{project}/_apis/distributedtask/queues/{queueId?}",
    methods: { GET: readQueues },
  },
  {
    area: "distributedtask",
    resource: "agents",
    id: "e298ef32-5878-4cab-993c-043836571f42",
    template: "_apis/distributedtask/pools/{poolId}/agents/{agentId?}",
    methods: { GET: readAgents },
  },
  {
    area: "distributedtask",
    resource: "pools",
    id: "a8c47e17-4d56-4a56-92bb-de7ea7dc65be",
    template: "_apis/distributedtask/pools/{poolId?}",
    methods: { GET: readPools },
  },
];

export type Queue = {
  readonly id: number;
  readonly name: string;
  readonly pool: { readonly id: number; readonly name: string; readonly isHosted: boolean };
};

/** Queues of a project: one for each pool, with ids of their own. */
function queuesOf(organisation: Projects, project: Project): readonly Queue[] {
  const base = organisation.projects.findIndex((one) => one === project) * names.length + 10;
  return names.map((name, index) => ({
    id: base + index,
    name,
    pool: { id: index + 1, name, isHosted: index > 0 },
  }));
}

/** The queue of that id, otherwise the one that pipelines run on by default. */
export function queueOf(organisation: Projects, project: Project, id: number | undefined): Queue {
  const queues = queuesOf(organisation, project);
  const found = queues.find((one) => one.id === id) ?? queues.at(-1);
  if (!found) throw new Error("there are no queues");
  return found;
}

function readQueues(call: Call): Answer {
  const { organisation, params, query } = call;
  const project = projectOf(call);
  const all = queuesOf(organisation, project).map((queue) => ({
    id: queue.id,
    projectId: project.id,
    name: queue.name,
    pool: poolRef(organisation, queue.pool),
  }));
  const wanted = params["queueId"];
  if (wanted === undefined) {
    const name = query["queuename"]?.toLowerCase();
    return listOf(all.filter((one) => name === undefined || one.name.toLowerCase() === name));
  }
  const found = all.find(({ id }) => String(id) === wanted);
  if (found) return { json: found };
  throw new ApiError(
    404,
    "TaskAgentQueueNotFoundException",
    `No agent queue found with identifier ${wanted}.`,
  );
}

function poolRef(organisation: Host, { id, name, isHosted }: Queue["pool"]) {
  return {
    ...{ id, scope: guidOf("pool-scope", organisation.name), name, isHosted },
    poolType: "automation",
    size: isHosted ? 1 : 0,
    isLegacy: isHosted && name !== "Azure Pipelines",
    options: "none",
  };
}

function readPools(call: Call): Answer {
  const { organisation, params, query } = call;
  const [first] = organisation.identities;
  const by = first && identityRef(first, organisation.url);
  const wanted = params["poolId"];
  const all = names.map((name, index) => ({
    ...{ createdOn: "2023-07-01T07:05:40.847Z", autoProvision: true, autoUpdate: true },
    ...{ autoSize: wanted === undefined ? true : null, targetSize: 1, agentCloudId: 1 },
    createdBy: by,
    owner: by,
    ...poolRef(organisation, { id: index + 1, name, isHosted: index > 0 }),
  }));
  if (wanted === undefined) {
    const name = query["poolname"]?.toLowerCase();
    return listOf(all.filter((one) => name === undefined || one.name.toLowerCase() === name));
  }
  const found = all.find(({ id }) => String(id) === wanted);
  if (found) return { json: found };
  throw new ApiError(
    404,
    "TaskAgentPoolNotFoundException",
    `No agent pool found with identifier ${wanted}.`,
  );
}

function readAgents({ organisation, params }: Call): Answer {
  const { poolId = "", agentId } = params;
  const agents = `${organisation.url}/_apis/distributedtask/pools/${poolId}/agents/1`;
  const web = `${organisation.url}/_settings/agentpools?view=jobs&poolId=${poolId}&agentId=1`;
  const agent = {
    _links: { self: { href: agents }, web: { href: web } },
    maxParallelism: 1,
    createdOn: "2023-07-01T07:05:40.867Z",
    authorization: { clientId: guidOf("agent", organisation.name) },
    ...{ id: 1, name: "Hosted Agent", version: "4.260.0", enabled: true },
    status: "offline",
    provisioningState: "Deallocated",
  };
  if (agentId === undefined) return listOf([agent]);
  if (agentId === "1") return { json: agent };
  throw new ApiError(
    404,
    "TaskAgentNotFoundException",
    `No agent found in pool ${poolId} with identifier ${agentId}.`,
  );
}
