import { isRecord } from "../../manifests/parse.ts";
import { objectName } from "../../manifests/object-name.ts";
import { mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { referenceIn } from "../reference-in.ts";
import { placeOfRelease, releaseFields } from "../release-place.ts";
import { unknownMakings } from "./makers.ts";
import { type Finding, high, medium, type Surroundings } from "../risk.ts";
import { canonical, valueAt } from "../values.ts";

/** Changes whose effect only a chart, another repository or the cluster can tell. */
export function unknownEffects(change: ObjectChange, beside: Surroundings): readonly Finding[] {
  const { identity } = change;
  if (identity.group === "helm.toolkit.fluxcd.io" && identity.kind === "HelmRelease") {
    return ofRelease(change);
  }
  if (identity.group === "source.toolkit.fluxcd.io") return ofSource(change);
  if (identity.group === "kustomize.toolkit.fluxcd.io") return ofAnotherSource(change);
  if (identity.group === "" && /^(ConfigMap|Secret)$/.test(identity.kind)) {
    return ofValues(change, beside);
  }
  return unknownMakings(change);
}

const rendering = [
  ...["chart", "chartRef", "values", "valuesFrom", "postRenderers", "targetNamespace"],
  ...["releaseName", "storageNamespace", "commonMetadata"],
];

function ofRelease({ change, before, after, edits }: ObjectChange): readonly Finding[] {
  if (change === "removed") return [];
  if (before === undefined) {
    const text = "installs a chart: what it renders is not known here";
    return [medium(text)];
  }
  const isEdited = (field: string) =>
    edits.some(({ path, noise }) => path[0] === "spec" && path[1] === field && !noise);
  const fields = rendering.filter((field) =>
    // A name may follow from a namespace.
    releaseFields.includes(field)
      ? renderedBy(before, field) !== renderedBy(after, field)
      : // Values of Secrets are masked here: of what may hold one only the edits tell.
        isEdited(field) &&
        !(isPlace(field) && renderedBy(before, field) === renderedBy(after, field)),
  );
  if (fields.length === 0) return [];
  const text = `changes ${fields.join(", ")}: what its chart renders then is not known here`;
  return [high(text)];
}

function isPlace(field: string): boolean {
  return field === "chart" || field === "chartRef";
}

/** What a field of a release says, or means where it is not written. */
function renderedBy(release: ObjectChange["after"], field: string): string {
  if (releaseFields.includes(field)) return placeOfRelease(release, field);
  const said = valueAt(release, `spec.${field}`);
  const { namespace = "" } = release?.metadata ?? {};
  if (field === "chartRef") return canonical(referenceIn(namespace, said));
  const chart = field === "chart" ? valueAt(said, "spec") : undefined;
  if (!isRecord(chart)) return canonical(said);
  return canonical({ ...chart, sourceRef: referenceIn(namespace, chart["sourceRef"]) });
}

/** Of all kinds of sources: what decides which files come. */
const fetching = [
  ...["url", "ref", "ignore", "include", "sparseCheckout", "recurseSubmodules", "layerSelector"],
  ...["endpoint", "bucketName", "prefix", "region"],
  ...["chart", "version", "sourceRef", "valuesFiles"],
];

function ofSource({ change, before, after }: ObjectChange): readonly Finding[] {
  if (change !== "changed" || before === undefined) return [];
  const fields = fetching.filter(
    (field) =>
      canonical(valueAt(before, `spec.${field}`)) !== canonical(valueAt(after, `spec.${field}`)),
  );
  if (fields.length === 0) return [];
  const text = `brings other files (${fields.join(", ")}): what Flux applies of them is not known here`;
  return [high(text)];
}

function ofAnotherSource(one: ObjectChange): readonly Finding[] {
  const { change, before, after, identity } = one;
  if (change !== "changed" || before === undefined) return [];
  const [was, is] = [before, after].map((side) =>
    canonical(referenceIn(identity.namespace, valueAt(side, "spec.sourceRef"))),
  );
  if (was === is) return [];
  const text = "takes its files from another source: what Flux applies of them is not known here";
  return [high(text)];
}

function ofValues(change: ObjectChange, { after }: Surroundings): readonly Finding[] {
  const { identity, renamedFrom } = change;
  if (change.change === "added") return [];
  if (change.change === "changed" && change.edits.every(({ noise }) => noise !== undefined)) {
    return [];
  }
  const names = [identity.name, renamedFrom];
  return after.flatMap((user): readonly Finding[] => {
    const { kind, metadata, spec } = user;
    if (!isRecord(spec) || (metadata.namespace ?? "") !== identity.namespace) return [];
    const sources = [
      ...(kind === "HelmRelease" ? mappings(spec["valuesFrom"]) : []),
      ...(kind === "Kustomization" ? mappings(valueAt(spec, "postBuild.substituteFrom")) : []),
    ];
    const uses = sources.some(
      (one) => one["kind"] === identity.kind && names.includes(String(one["name"])),
    );
    if (!uses) return [];
    const text = `gives values to ${objectName(user)}: what that makes of them is not known here`;
    return [high(text)];
  });
}
