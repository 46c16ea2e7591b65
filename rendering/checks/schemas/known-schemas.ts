// The bundles are made by scripts/schemas/generate.ts. They are imported, so that the one file of a
// pipeline task holds them; each is unpacked (8 ms) when it is first needed.
import { gunzipSync } from "node:zlib";
import { joinedSchemas } from "../../../core/manifests/object-schemas.ts";
import type { SchemaBundle } from "../../../core/manifests/object-schemas.ts";
import type { Cluster } from "../../../core/render/check-objects.ts";
import { loadRules } from "../rules/load-rules.ts";
import { boundedMatch } from "./bounded-match.ts";
import flux from "../../../kube/flux.json" with { type: "json" };
import lifecycles from "./api-lifecycle.json" with { type: "json" };
import v33 from "./kubernetes-1.33.json" with { type: "json" };
import v34 from "./kubernetes-1.34.json" with { type: "json" };
import v35 from "./kubernetes-1.35.json" with { type: "json" };
import v36 from "./kubernetes-1.36.json" with { type: "json" };
import v37 from "./kubernetes-1.37.json" with { type: "json" };

type Packed = { readonly version: string; readonly data: string };

const packed = new Map<number, Packed>([
  [33, v33],
  [34, v34],
  [35, v35],
  [36, v36],
  [37, v37],
]);
const minors = [...packed.keys()];
const newest = Math.max(...minors);
/** What is meant where nobody names a version: the one whose API server's code judges (kube/). */
const usual = 36;
const unpackedBundles = new Map<Packed, SchemaBundle>();

/** What a cluster of a version knows: Kubernetes' own kinds, Flux's, and `further` ones. */
export function knownCluster(
  kubernetesVersion: string | undefined,
  further: SchemaBundle,
): { readonly cluster: Cluster; readonly warnings: readonly string[] } {
  const minor = kubernetesVersion === undefined ? usual : Number(kubernetesVersion.split(".")[1]);
  const nearest = Math.min(newest, Math.max(Math.min(...minors), minor));
  const own = unpacked(packed.get(nearest) ?? v37);
  const schemas = joinedSchemas(unpacked(flux), own, further);
  const message = `there are no schemas for Kubernetes 1.${minor}: objects were checked with those of 1.${nearest}`;
  return {
    cluster: {
      schemas,
      lifecycles,
      minor,
      laterMinorWith: (typeKey) =>
        typeKey in own.kinds ? undefined : laterMinorWith(typeKey, minor),
      matches: boundedMatch,
      loadRules,
      moreSchemas: "under validate.schemas",
    },
    warnings: nearest === minor ? [] : [message],
  };
}

function laterMinorWith(typeKey: string, minor: number): number | undefined {
  const later = [...packed].filter(([other]) => other > minor);
  return later.find(([, bundle]) => typeKey in unpacked(bundle).kinds)?.[0];
}

/** The version that an environment is checked for, `1.36`. */
export function checkedVersion(kubernetesVersion: string | undefined): string {
  return (kubernetesVersion ?? `1.${usual}`).split(".").slice(0, 2).join(".");
}

/** Which schemas an environment's objects are checked with; part of what a cached result hangs on. */
export function schemasVersion(kubernetesVersion: string | undefined): string {
  const minor = Number((kubernetesVersion ?? `1.${usual}`).split(".")[1]);
  return `${packed.get(minor)?.version ?? `1.${minor}`} flux ${flux.version}`;
}

function unpacked(bundle: Packed): SchemaBundle {
  const known = unpackedBundles.get(bundle);
  if (known) return known;
  const text = gunzipSync(Buffer.from(bundle.data, "base64")).toString("utf8");
  const read = JSON.parse(text) as SchemaBundle;
  unpackedBundles.set(bundle, read);
  return read;
}
