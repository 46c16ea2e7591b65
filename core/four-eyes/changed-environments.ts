type Environment = { readonly name: string; readonly path: string; readonly fourEyes?: boolean };

/**
 * Whether changed files are of an environment that asks for four eyes. What lies in no environment's
 * folder (bases, what is shared) may reach any, and asks too.
 */
export function asksForFourEyes(
  environments: readonly Environment[],
  files: readonly string[],
): { readonly asks: true } | { readonly asks: false; readonly text: string } {
  const of = files.map((file) => environmentOf(environments, file));
  if (of.some((one) => one === undefined || one.fourEyes === true)) return { asks: true };
  const names = [...new Set(of.flatMap((one) => one?.name ?? []))].sort();
  if (names.length === 0) return { asks: false, text: "it changes no file" };
  return { asks: false, text: `it changes only ${names.join(", ")}, where nothing is asked` };
}

// The deepest folder counts, since one may lie in another; of two with one folder the one that asks.
function environmentOf(
  environments: readonly Environment[],
  file: string,
): Environment | undefined {
  const holding = environments.filter(
    ({ path }) => path === "" || file === path || file.startsWith(`${path}/`),
  );
  const depth = Math.max(...holding.map(({ path }) => path.length));
  const deepest = holding.filter(({ path }) => path.length === depth);
  return deepest.find(({ fourEyes }) => fourEyes === true) ?? deepest[0];
}
