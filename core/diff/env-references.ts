// `$(NAME)` in the value of a variable is expanded from those that stand before it (and `$$` is an
// escaped `$`), so the order of a container's env can be part of its values.
import { isRecord } from "../manifests/parse.ts";

/** Whether every variable refers to the same ones whichever of two orders stands. */
export function resolvesTheSame(before: readonly unknown[], after: readonly unknown[]): boolean {
  const [old, next] = [resolvable(before), resolvable(after)];
  return [...old].every(([name, refs]) => !next.has(name) || next.get(name) === refs);
}

function resolvable(env: readonly unknown[]): ReadonlyMap<string, string> {
  const seen = new Set<string>();
  const found = new Map<string, string>();
  for (const variable of env.filter(isRecord)) {
    const { name, value } = variable;
    const text = typeof value === "string" ? value.replaceAll("$$", "") : "";
    const refs = [...text.matchAll(/\$\(([^()]+)\)/g)].map(([, ref = ""]) => ref);
    found.set(String(name), refs.filter((ref) => seen.has(ref)).join(" "));
    seen.add(String(name));
  }
  return found;
}
