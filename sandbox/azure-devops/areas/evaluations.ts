import { ApiError, refusals } from "../api-error.ts";
import { evaluatePolicies, type Evaluation } from "../policies/evaluate.ts";
import { policyTypeOf } from "../policies/policy.ts";
import { queueBuild } from "../policies/queue-builds.ts";
import type { PullRequest } from "../pull-requests/pull-request.ts";
import { pullRequestsOf } from "../pull-requests/pull-requests-of.ts";
import { numberOf } from "../paging.ts";
import { listOf, type Call, type Route } from "../route.ts";
import { codeReviewId, evaluationJson } from "./policy-json.ts";
import { projectOf } from "./projects.ts";

// Policy Evaluations - List, Get, Requeue (REST 7.1 preview).
export const evaluationRoutes: readonly Route[] = [
  {
    area: "policy",
    resource: "evaluations",
    id: "46aecb7a-5d2c-4647-897b-0209505a9fe4",
    template: "{project}/_apis/policy/evaluations/{evaluationId}",
    minVersion: "2.0",
    releasedVersion: "0.0",
    methods: { GET: get, PATCH: requeue },
  },
  {
    area: "policy",
    resource: "evaluations",
    id: "c23ddff5-229c-4d04-a80b-0fdce9f360c8",
    template: "{project}/_apis/policy/evaluations",
    minVersion: "2.0",
    releasedVersion: "0.0",
    methods: { GET: list },
  },
];

function pullRequestsIn(call: Call): readonly PullRequest[] {
  return projectOf(call).repositories.flatMap((repository) =>
    pullRequestsOf(call.organisation, repository),
  );
}

function list(call: Call) {
  const { organisation, query } = call;
  const wanted = query["artifactid"] ?? "";
  const pullRequest = pullRequestsIn(call).find(
    (one) => codeReviewId(one).toLowerCase() === wanted.toLowerCase(),
  );
  if (!pullRequest) {
    throw refusals.argument(`The artifact ${wanted} is not a pull request of this project.`);
  }
  const all = evaluatePolicies(organisation, pullRequest);
  const skip = numberOf(call, "$skip", 0);
  const page = all.slice(skip, skip + numberOf(call, "$top", all.length));
  return listOf(page.map((one) => evaluationJson(organisation, pullRequest, one)));
}

function find(call: Call): { pullRequest: PullRequest; evaluation: Evaluation } {
  const id = call.params["evaluationId"]?.toLowerCase();
  for (const pullRequest of pullRequestsIn(call)) {
    const evaluation = evaluatePolicies(call.organisation, pullRequest).find(
      (one) => one.id === id,
    );
    if (evaluation) return { pullRequest, evaluation };
  }
  throw new ApiError(
    404,
    "PolicyEvaluationNotFoundException",
    `The requested policy evaluation was not found: ${id ?? ""}.`,
  );
}

function get(call: Call) {
  const { pullRequest, evaluation } = find(call);
  return { json: evaluationJson(call.organisation, pullRequest, evaluation) };
}

async function requeue(call: Call) {
  const { pullRequest, evaluation } = find(call);
  if (policyTypeOf(evaluation.policy.typeId) === "build") {
    await queueBuild(call.organisation, pullRequest, evaluation.policy);
  }
  return get(call);
}
