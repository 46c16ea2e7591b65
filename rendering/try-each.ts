import { mapLimited } from "../clients/map-limited.ts";
import { InputError } from "../core/errors.ts";
import type { Problem } from "../core/errors.ts";

type Tried<Result> = {
  readonly results: readonly Result[];
  readonly errors: readonly InputError[];
};

/** All are tried, so that one run shows what is wrong with all of them. */
export async function tryEach<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Tried<Result>> {
  const errors: InputError[] = [];
  const results = await mapLimited(items, limit, async (item) => {
    try {
      return await work(item);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
      return undefined;
    }
  });
  return { results: results.filter((result) => result !== undefined), errors };
}

/** @throws InputError with all problems, where there are any. */
export function throwAll(errors: readonly InputError[], found: readonly Problem[]): void {
  const problems = [...errors.flatMap((error) => error.problems), ...found];
  if (problems.length === 0) return;
  const [first] = errors;
  const same = found.length === 0 && errors.every(({ code }) => code === first?.code);
  const hint = same && first?.hint ? { hint: first.hint } : {};
  const code = same && first && first.code !== "invalid-input" ? first.code : "render-failed";
  throw new InputError(problems, { code, ...hint });
}
