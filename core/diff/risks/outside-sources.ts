// Values that come from outside of the cluster: External Secrets, Secrets Store CSI driver.
import { ownEntry } from "../../own-entry.ts";
import { leavesOf } from "../leaves.ts";
import type { ObjectChange } from "../object-change.ts";
import { keysOf } from "../path.ts";

/** Where in them it is said what is fetched. */
const places: Readonly<Record<string, RegExp>> = {
  ExternalSecret: /^spec\.(secretStoreRef|data\.(remoteRef|sourceRef)|dataFrom)\b/,
  ClusterExternalSecret:
    /^spec\.externalSecretSpec\.(secretStoreRef|data\.(remoteRef|sourceRef)|dataFrom)\b/,
  SecretStore: /^spec\.provider\b(?!.*\bauth\b)/,
  ClusterSecretStore: /^spec\.provider\b(?!.*\bauth\b)/,
  SecretProviderClass: /^spec\.(provider|parameters)\b/,
};

/** Other values than before, and nobody here can tell which; in sentences. */
export function outsideSources({
  before,
  after,
  identity,
  edits,
}: ObjectChange): readonly string[] {
  const { group, kind } = identity;
  const isFetched = /^(external-secrets\.io|secrets-store\.csi\.x-k8s\.io)$/.test(group);
  const place = isFetched ? ownEntry(places, kind) : undefined;
  if (place === undefined || before === undefined || after === undefined) return [];
  const fields = edits
    .filter(({ noise }) => noise === undefined)
    .flatMap(leavesOf)
    // What comes or goes as a whole takes nothing from elsewhere.
    .filter((leaf) => leaf.before !== undefined && leaf.after !== undefined)
    .map(({ path }) => keysOf(path).join("."))
    .filter((field) => place.test(field));
  if (fields.length === 0) return [];
  return [
    `fetches other values than before (${[...new Set(fields)].join(", ")}): nobody sees here which`,
  ];
}
