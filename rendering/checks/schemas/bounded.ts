import { createContext, Script } from "node:vm";
import { usedCpuMs } from "../../../kube/used-cpu.ts";

const context = createContext({});
const work = new Script("work()");

/** How much longer than its time work may take where others keep the processor from it. */
const mostPatience = 64;

/**
 * The result of work, or undefined where it takes more than that many milliseconds of CPU: patterns
 * and rules of a CustomResourceDefinition may be made to run for years. It is broken off wherever it
 * is, even inside a regular expression, and begun again where a busy machine had given it less than
 * its time, so it must leave nothing half done.
 */
export function bounded<Result>(
  cpuMs: number,
  run: () => Result,
): { readonly result: Result } | undefined {
  Object.assign(context, { work: run });
  for (let timeout = cpuMs; timeout <= mostPatience * cpuMs; timeout *= 2) {
    const before = usedCpuMs();
    try {
      return { result: work.runInContext(context, { timeout }) as Result };
    } catch (error) {
      const isLate =
        Reflect.get(Object(error) as object, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT";
      if (!isLate) throw error;
      // The last of its time goes to the breaking off.
      if (usedCpuMs() - before > 0.75 * cpuMs) return undefined;
    }
  }
  return undefined;
}
