// https://learn.microsoft.com/azure/devops/pipelines/repos/azure-repos-git#ci-triggers
import picomatch from "picomatch";
import type { Filter } from "../yaml/model.ts";

/** Does the ref match the pattern, written with or without `refs/heads/`? `*` and `?` are wild. */
export function matchesPattern(ref: string, pattern: string): boolean {
  const short = (text: string) => text.replace(/^refs\/(heads|tags)\//, "");
  return expression(short(pattern), ".*").test(short(ref));
}

/** Included and not excluded; without `include` everything is included. */
export function passesFilter(ref: string, { include, exclude }: Filter): boolean {
  return (
    (include.length === 0 || include.some((one) => matchesPattern(ref, one))) &&
    !exclude.some((one) => matchesPattern(ref, one))
  );
}

/** A file of the repository by path filters: folders count with all that they hold. */
export function passesPaths(path: string, { include, exclude }: Filter): boolean {
  return (
    (include.length === 0 || include.some((one) => below(path, one))) &&
    !exclude.some((one) => below(path, one))
  );
}

// Only `*`, `**` and `?` are wild; brackets and braces are letters of a name.
const wildcards = { dot: true, nobrace: true, nobracket: true, noextglob: true, nonegate: true };

function below(path: string, pattern: string): boolean {
  const clean = pattern.replace(/^\//, "").replace(/\/$/, "");
  if (clean === "" || clean === "*" || clean === "**") return true;
  if (path === clean || path.startsWith(`${clean}/`)) return true;
  return picomatch([clean, `${clean}/**`], wildcards)(path);
}

function expression(pattern: string, star: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, star)
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`);
}
