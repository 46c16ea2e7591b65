import type { Project } from "../../azure-devops/project.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { toText, type Value } from "../expressions/values.ts";
import type { ServiceEndpoint } from "../../azure-devops/endpoint.ts";
import type { PipelinesState } from "../state.ts";
import { PipelineError, type Place } from "../yaml/node.ts";

/**
 * The connection that `EndpointId` names: by `$(input)` or by `TaskInputs['input']`.
 * @param text with its macros replaced
 */
export function findEndpoint(
  state: PipelinesState,
  project: Project,
  {
    text,
    inputs,
    at,
  }: {
    readonly text: string;
    readonly inputs: Value;
    readonly at: Place | undefined;
  },
): ServiceEndpoint | undefined {
  const wanted = text.includes("[")
    ? toText(evaluate(text, { names: { taskInputs: inputs } }))
    : text;
  if (wanted === "") return undefined;
  const found = state.organisation.serviceEndpoints.find(
    (one) => one.projects.includes(project) && (one.id === wanted || one.name === wanted),
  );
  if (found) return found;
  const message = `The service connection ${wanted} does not exist or may not be used.`;
  throw at ? new PipelineError(message, at) : new Error(message);
}

/** What the service adds to a request for the connection (research, platform §2). */
export function authorizationOf({ authorization }: ServiceEndpoint): Record<string, string> {
  const { scheme, parameters } = authorization;
  const of = (name: string) =>
    Object.entries(parameters).find(([key]) => key.toLowerCase() === name)?.[1] ?? "";
  switch (scheme.toLowerCase()) {
    case "token":
      return { Authorization: of("apitoken") };
    case "usernamepassword":
    case "basic": {
      const both = Buffer.from(`${of("username")}:${of("password")}`).toString("base64");
      return { Authorization: `Basic ${both}` };
    }
    default:
      return {};
  }
}
