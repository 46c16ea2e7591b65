import type { Identity } from "../../manifests/identity.ts";
import type { ApplierBase, Dependency, FluxObjectBase, FluxReference } from "../flux-base.ts";
import { attemptTimes, type AttemptTimes } from "../attempt-times.ts";
import { folderFrom } from "../folder.ts";
import { readInventory } from "../inventory.ts";
import type { Json } from "../read-json.ts";
import { flagAt, listAt, objectAt, objectsAt, textAt } from "../read-json.ts";
import type { FluxKind } from "./flux-kind.ts";
import { watching } from "./flux-kind.ts";
import {
  dependencies,
  folder,
  healthCheck,
  healthCheckExpression,
  kubeConfig,
  present,
  reference,
  references,
} from "./read-fields.ts";

export type Kustomization = ApplierBase &
  AttemptTimes & {
    readonly kind: "Kustomization";
    /** In its source, without `./` and slashes at the ends; empty for the root. */
    readonly path: string;
    readonly source: FluxReference;
    readonly targetNamespace?: string;
    readonly namePrefix: string;
    readonly nameSuffix: string;
    readonly wait: boolean;
    readonly healthChecks: readonly Identity[];
    readonly prune: boolean;
    /** It leaves fields of what it has made as they are (`spec.ignore`, Flux 2.9). */
    readonly ignores?: true;
    /** ConfigMaps and Secrets whose values are put into the manifests. */
    readonly substituteFrom: readonly FluxReference[];
    readonly dependsOn: readonly Dependency[];
    /** Set once apply, prune and health checks have passed. */
    readonly lastAppliedRevision?: string;
    /** Of an OCI artefact: the git revision that it was made from. */
    readonly lastAppliedOriginRevision?: string;
    /** Set when the build of that revision starts. */
    readonly lastAttemptedRevision?: string;
    /** Values are put into the manifests, written there or taken from elsewhere. */
    readonly substitutes: boolean;
    /** Folders of its source, as `path`, whose kustomizations are built in too. */
    readonly components: readonly string[];
    /** What of its spec a build depends on, as the API gives it. */
    readonly buildSpec: Json;
  };

const builtFrom = [
  ...["path", "components", "ignoreMissingComponents", "patches", "images", "namePrefix"],
  ...["nameSuffix", "targetNamespace", "commonMetadata", "postBuild", "buildMetadata"],
];

export const kustomizations: FluxKind<Kustomization> = {
  ...{ group: "kustomize.toolkit.fluxcd.io", versions: ["v1", "v1beta2"], kind: "Kustomization" },
  ...{
    resource: "kustomizations",
    role: "applier",
    verbs: watching,
    optional: false,
    nudged: false,
  },
  parse: kustomization,
  revisions: ({ lastAppliedRevision, lastAttemptedRevision }) => [
    lastAppliedRevision,
    lastAttemptedRevision,
  ],
  commits: ({ lastAppliedOriginRevision, lastAppliedRevision, lastAttemptedRevision }) => [
    ...[lastAppliedOriginRevision, lastAppliedRevision, lastAttemptedRevision],
  ],
};

function kustomization(json: unknown, base: FluxObjectBase): Kustomization {
  const spec = objectAt(json, "spec");
  const status = objectAt(json, "status");
  const path = folder(textAt(spec, "path") ?? "");
  return {
    ...base,
    ...attemptTimes(json),
    ...(objectsAt(spec, "ignore").length > 0 ? { ignores: true } : {}),
    kind: "Kustomization",
    path,
    source: reference(objectAt(spec, "sourceRef"), base.namespace),
    namePrefix: textAt(spec, "namePrefix") ?? "",
    nameSuffix: textAt(spec, "nameSuffix") ?? "",
    wait: flagAt(spec, "wait"),
    healthChecks: objectsAt(spec, "healthChecks").map(healthCheck),
    prune: flagAt(spec, "prune"),
    substituteFrom: references(objectsAt(spec, "postBuild", "substituteFrom"), base),
    substitutes: Object.keys(objectAt(spec, "postBuild")).length > 0,
    components: listAt(spec, "components").flatMap((one) => folderFrom(path, one) ?? []),
    buildSpec: Object.fromEntries(Object.entries(spec).filter(([key]) => builtFrom.includes(key))),
    dependsOn: dependencies(spec, base, "Kustomization"),
    healthCheckExprs: objectsAt(spec, "healthCheckExprs").map(healthCheckExpression),
    inventory: readInventory(json),
    ...present({
      kubeConfig: kubeConfig(spec, base),
      targetNamespace: textAt(spec, "targetNamespace"),
      lastAppliedRevision: textAt(status, "lastAppliedRevision"),
      lastAppliedOriginRevision: textAt(status, "lastAppliedOriginRevision"),
      lastAttemptedRevision: textAt(status, "lastAttemptedRevision"),
    }),
  };
}
