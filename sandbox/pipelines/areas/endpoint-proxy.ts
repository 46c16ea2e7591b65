import { ApiError, refusals } from "../../azure-devops/api-error.ts";
import type { ServiceEndpoint } from "../../azure-devops/endpoint.ts";
import type { Answer, Call, Route } from "../../azure-devops/route.ts";
import type { Value } from "../expressions/values.ts";
import { askCluster } from "../server/ask-cluster.ts";
import { jsonPath } from "../server/json-path.ts";
import { renderMustache } from "../server/mustache.ts";
import { bodyOf, projectOf } from "./run-call.ts";

// Endpointproxy - Execute Service Endpoint Request (REST 7.1): how the service's own pages look
// into a cluster. Only reads, and only of Kubernetes.
export const endpointProxyRoutes: readonly Route[] = [
  {
    area: "serviceendpoint",
    resource: "endpointproxy",
    id: "cc63bb57-2a5f-4a7a-b79c-c142d308657e",
    template: "{project}/_apis/serviceendpoint/endpointproxy",
    minVersion: "4.1",
    methods: { POST: ask },
  },
];

type Body = {
  readonly dataSourceDetails: {
    readonly dataSourceUrl?: string;
    readonly resultSelector?: string;
    readonly requestVerb?: string;
  };
};

async function ask(call: Call): Promise<Answer> {
  const { dataSourceDetails = {} } = bodyOf<Body>(call);
  const { dataSourceUrl = "", resultSelector = "jsonpath:$", requestVerb } = dataSourceDetails;
  const endpoint = endpointOf(call);
  const fields = new Map([["endpoint.url", endpoint.url.replace(/\/$/, "")]]);
  const url = renderMustache(dataSourceUrl, (name) => fields.get(name.toLowerCase()));
  if (new URL(endpoint.url).origin !== originOf(url)) {
    throw refusals.argument(`The address ${url} is not one of the service connection's.`);
  }
  if ((requestVerb ?? "GET").toUpperCase() !== "GET") {
    throw new ApiError(501, "NotImplemented", "The sandbox asks clusters by GET only.");
  }
  try {
    const { status, body } = await askCluster(endpoint, url);
    if (status >= 400) return failed(status, body);
    return { json: { result: selected(body, resultSelector), statusCode: "ok", errorMessage: "" } };
  } catch (cause) {
    return failed("badGateway", `Failed to query ${url}: ${(cause as Error).message}`);
  }
}

// The call itself succeeds: what the cluster answered stands in the body.
function failed(statusCode: number | string, errorMessage: string): Answer {
  return { json: { result: [], statusCode, errorMessage } };
}

function selected(body: string, selector: string): readonly string[] {
  const path = /^jsonpath:(.*)$/s.exec(selector)?.[1];
  if (path === undefined) return [body];
  return jsonPath(JSON.parse(body) as Value, path).map((one) =>
    typeof one === "string" ? one : JSON.stringify(one),
  );
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

function endpointOf(call: Call): ServiceEndpoint {
  const project = projectOf(call);
  const wanted = call.query["endpointid"]?.toLowerCase();
  const found = call.organisation.serviceEndpoints.find(
    ({ id, projects }) => id === wanted && projects.includes(project),
  );
  if (!found) {
    // The type key is UNVERIFIED.
    throw new ApiError(
      404,
      "ServiceEndpointNotFoundException",
      `Service endpoint with id ${wanted ?? ""} does not exist.`,
    );
  }
  if (found.type.toLowerCase() === "kubernetes") return found;
  throw new ApiError(501, "NotImplemented", `The sandbox asks no endpoint of type ${found.type}.`);
}
