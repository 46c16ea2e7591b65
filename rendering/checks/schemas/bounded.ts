import { createContext, Script } from "node:vm";

const context = createContext({});
const work = new Script("work()");

/**
 * The result of work, or undefined where it takes longer than that many milliseconds: patterns and
 * rules of a CustomResourceDefinition may be made to run for years. It is broken off wherever it
 * is, even inside a regular expression, so it must leave nothing half done.
 */
export function bounded<Result>(
  timeoutMs: number,
  run: () => Result,
): { readonly result: Result } | undefined {
  Object.assign(context, { work: run });
  try {
    return { result: work.runInContext(context, { timeout: timeoutMs }) as Result };
  } catch (error) {
    if (Reflect.get(Object(error) as object, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT") {
      return undefined;
    }
    throw error;
  }
}
