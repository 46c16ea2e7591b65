import { diffManifests, type ManifestsDiff } from "../../../core/diff/diff-manifests.ts";
import { findRisks } from "../../../core/diff/find-risks.ts";
import { withKept } from "../../../core/diff/kept.ts";
import { pathText } from "../../../core/diff/path.ts";
import { toYaml } from "../../../core/manifests/kubernetes-yaml.ts";

/** Compares two lists of objects, each list as one file. */
export function diffOf(before: readonly object[], after: readonly object[]): ManifestsDiff {
  const file = (objects: readonly object[]) => [
    { path: "prod/all.yaml", text: objects.map(toYaml).join("---\n") },
  ];
  return diffManifests(file(before), file(after));
}

/** The edits of all changed objects, each as one line; noise with its class at the end. */
export function editLines(before: readonly object[], after: readonly object[]): readonly string[] {
  return diffOf(before, after).objects.flatMap(({ edits }) =>
    edits.map((edit) => {
      const old = edit.kind === "added" ? "" : ` -${JSON.stringify(edit.before)}`;
      const next = edit.kind === "removed" ? "" : ` +${JSON.stringify(edit.after)}`;
      const noise = edit.noise === undefined ? "" : ` (${edit.noise})`;
      return `${edit.kind} ${pathText(edit.path)}${old}${next}${noise}`;
    }),
  );
}

/** `severity rule: text` of every risk. */
export function riskLines(before: readonly object[], after: readonly object[]): readonly string[] {
  return findRisks(withKept(diffOf(before, after).objects)).map(
    ({ severity, rule, text }) => `${severity} ${rule}: ${text}`,
  );
}

export function object(apiVersion: string, kind: string, body: object = {}) {
  return { apiVersion, kind, metadata: { name: "api", namespace: "shop" }, ...body };
}

/** A Deployment `shop/api` with one container `api`. */
export function deployment(container: object = {}, spec: object = {}) {
  return object("apps/v1", "Deployment", {
    spec: {
      ...spec,
      template: {
        spec: {
          containers: [{ name: "api", image: "registry.fabrikam.com/api:1.0.0", ...container }],
        },
      },
    },
  });
}
