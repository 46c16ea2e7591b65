import type { Project } from "../../azure-devops/project.ts";
import { timeLimit } from "../engine/job-time.ts";
import { expandMacros } from "../engine/macros.ts";
import { setAll, type Variables } from "../engine/variables.ts";
import { variablesValue } from "../engine/scopes.ts";
import type { Value } from "../expressions/values.ts";
import type { PipelinesState } from "../state.ts";
import type { HttpRequestSection } from "../task-manifest.ts";
import type { Place } from "../yaml/node.ts";
import { authorizationOf, findEndpoint } from "./endpoint.ts";
import { renderMustache } from "./mustache.ts";
import type { HttpAnswer } from "./success-criteria.ts";

// The service gives up after 20 s (research, platform §1.2).
const patience = 20_000;

export type Sent = {
  readonly answer: HttpAnswer;
  readonly waits: boolean;
  readonly expression: string;
  readonly names: { readonly variables: Value; readonly taskInputs: Value };
};

/** A section of a handler and what its macros see. */
export type Asked = {
  readonly section: HttpRequestSection;
  readonly project: Project;
  /** Inputs of the task by name, and the variables of its job. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly variables: Variables;
  readonly at: Place | undefined;
  readonly say: (...lines: readonly string[]) => void;
  readonly signal: AbortSignal;
};

/** True when the handler waits for TaskCompleted. */
export function waits({ section, inputs, variables }: Asked): boolean {
  const all = new Map(variables);
  setAll(all, inputs);
  return expandMacros(section.waitForCompletion, all).toLowerCase() === "true";
}

/** Fills the request of a handler and sends it; what came back is in the log. */
export async function sendRequest(state: PipelinesState, asked: Asked): Promise<Sent> {
  const { section, project, inputs, say, at } = asked;
  const all = new Map(asked.variables);
  setAll(all, inputs);
  const endpoint = findEndpoint(state, project, {
    ...{ text: expandMacros(section.endpointId, all), inputs, at },
  });
  if (endpoint) {
    const fields = { url: endpoint.url, ...endpoint.data, ...endpoint.authorization.parameters };
    setAll(all, Object.fromEntries(Object.entries(fields).map(([k, v]) => [`endpoint.${k}`, v])));
  }
  const lookup = (name: string) => all.get(name.toLowerCase())?.value;
  const fill = (text: string) => renderMustache(expandMacros(text, all), lookup);
  const method = fill(section.method).toUpperCase() || "GET";
  const url = fill(section.endpointUrl);
  const body = fill(section.body);
  const limit = timeLimit(state.organisation.clock, patience);
  say(`${method} ${url}`);
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(endpoint ? authorizationOf(endpoint) : {}),
        ...headersOf(fill(section.headers)),
      },
      signal: AbortSignal.any([asked.signal, limit.signal]),
      ...(method === "GET" || method === "HEAD" || body === "" ? {} : { body }),
    });
    const text = await response.text();
    say(`Response Code: ${response.status}`, `Response: ${text.slice(0, 4000)}`);
    return {
      answer: {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: text,
      },
      waits: waits(asked),
      expression: expandMacros(section.expression, all),
      names: { variables: variablesValue(asked.variables), taskInputs: inputs },
    };
  } catch (error) {
    if (limit.signal.aborted)
      throw new Error(`No answer came from ${url} within 20 seconds.`, { cause: error });
    throw new Error(`The request failed: ${reasonOf(error)}`, { cause: error });
  } finally {
    limit.release();
  }
}

function headersOf(text: string): Record<string, string> {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    throw new Error(`The headers of the request are no JSON: ${text.slice(0, 200)}`);
  }
}

// fetch hides why it failed one level down.
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
