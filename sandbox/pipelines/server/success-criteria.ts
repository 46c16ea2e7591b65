import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { isCollection, toBoolean, toText, type Value } from "../expressions/values.ts";
import { jsonPath } from "./json-path.ts";

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Is the answer good by the handler's `Expression`? An empty one takes every 2xx. */
export function meetsCriteria(
  expression: string,
  answer: HttpAnswer,
  names: { readonly variables: Value; readonly taskInputs: Value },
): boolean {
  if (answer.status < 200 || answer.status > 299) return false;
  return expression.trim() === "" || toBoolean(evaluate(expression, scopeOf(answer, names)));
}

// `root`, `response`, `jsonpath()` and what else conditions of server tasks have (research,
// platform §1.6).
function scopeOf(
  { status, headers, body }: HttpAnswer,
  names: { readonly variables: Value; readonly taskInputs: Value },
): Scope {
  let root: Value;
  try {
    root = JSON.parse(body) as Value;
  } catch {
    root = body;
  }
  return {
    names: {
      ...names,
      root,
      response: { statuscode: status, headers, content: body },
    },
    functions: {
      jsonpath: (args) => jsonPath(root, toText(args[0])),
      count: ([of]) => (isCollection(of) ? Object.keys(of).length : of === undefined ? 0 : 1),
      isurl: ([of]) => URL.canParse(toText(of)),
      isnullorempty: ([of]) => toText(of) === "",
      intersect: ([a, b]) => intersect(a, b),
    },
  };
}

function intersect(a: Value, b: Value): Value {
  const list = (one: Value) => (Array.isArray(one) ? (one as readonly Value[]) : []);
  const wanted = new Set(list(b).map((one) => toText(one).toLowerCase()));
  return list(a).filter((one) => wanted.has(toText(one).toLowerCase()));
}
