import type { Finding } from "./finding.ts";

/**
 * Warnings that say the same of several objects of one kind in one app, as one: thirty lines about
 * cluster-scoped objects hide the one that matters. Errors stay apart, each has to be corrected.
 */
export function joinedFindings(findings: readonly Finding[]): readonly Finding[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { check, severity, app = "", message } = finding;
    const [, kind = "", said = ""] = /^([^/\s]*)\/\S* (.*)$/s.exec(message) ?? [];
    const key =
      severity === "warning" && kind !== ""
        ? JSON.stringify([check, app, kind, said])
        : `single ${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ? [first] : [];
    const more = `and ${others.length} more of its kind: `;
    return [{ ...first, message: first.message.replace(/: /, ` ${more}`) }];
  });
}
