import { parseDuration } from "../../flux/duration.ts";
import { folderFrom } from "../../flux/folder.ts";
import type { Identity } from "../../manifests/identity.ts";
import { ownEntry } from "../../own-entry.ts";
import { annotationsOf, labelsOf } from "../labels.ts";
import type { ObjectChange } from "../object-change.ts";
import { mappings } from "../pod-spec.ts";
import { type Finding, high, medium } from "../risk.ts";
import { referenceIn } from "../reference-in.ts";
import { placeOfRelease, releaseFields } from "../release-place.ts";
import { canonical, same, textOf, valueAt } from "../values.ts";
import { fluxReleases } from "./flux-releases.ts";

/** Changes of how Flux itself works: what it applies, whether it deletes, waits or forces. */
export function fluxBehaviour(change: ObjectChange): readonly Finding[] {
  const { before, after, identity } = change;
  if (after === undefined) return [];
  const annotated = annotations(before, after);
  if (!identity.group.endsWith("toolkit.fluxcd.io")) return annotated;
  return [
    ...annotated,
    ...turns(before, after),
    ...suspended(before, after, identity.group),
    ...(before === undefined ? [] : moved(before, after, identity)),
    ...waitsForLess(before, after),
    ...givesUpSooner(before, after),
    ...(identity.kind === "HelmRelease" && before
      ? fluxReleases(before, after, identity.namespace)
      : []),
  ];
}

type Side = ObjectChange["before"];

function turns(before: Side, after: Side): readonly Finding[] {
  const turned = (field: string, to: boolean) => {
    const [old = false, next = false] = [valueAt(before, field), valueAt(after, field)];
    return old !== next && next === to;
  };
  return [
    ...(turned("spec.prune", true) && before
      ? [high("now deletes what is not in git (prune)")]
      : []),
    ...(turned("spec.prune", false) && before
      ? [medium("no longer deletes what leaves git (prune)")]
      : []),
    ...(turned("spec.force", true)
      ? [high("may delete and recreate objects that cannot be changed (force)")]
      : []),
  ];
}

/** What stops while an object of each group is suspended. */
const stopped: Readonly<Record<string, readonly [old: string, fresh: string]>> = {
  "source.toolkit.fluxcd.io": ["no longer fetches it", "does not fetch it yet"],
  "image.toolkit.fluxcd.io": ["no longer looks for images by it", "does not look by it yet"],
  "notification.toolkit.fluxcd.io": [
    "no longer tells of anything by it",
    "tells nothing by it yet",
  ],
};

function suspended(before: Side, after: Side, group: string): readonly Finding[] {
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.suspend") === true);
  if (was === is) return [];
  const isApplier = ownEntry(stopped, group) === undefined;
  if (!is) {
    const what = isApplier ? "Flux applies everything since it was suspended" : "Flux uses it";
    return [medium(`runs again: ${what}`)];
  }
  const [old, fresh] = ownEntry(stopped, group) ?? [
    "no longer applies it",
    "does not apply it yet",
  ];
  const text = `is suspended: Flux ${before ? old : fresh}`;
  return [isApplier || group.startsWith("source.") ? high(text) : medium(text)];
}

const places: Readonly<Record<string, string>> = {
  "spec.path": "applies something else: spec.path changes, and what only the old folder holds goes",
  "spec.sourceRef": "applies something else: spec.sourceRef changes",
  "spec.ref": "applies something else: spec.ref changes",
  "spec.url": "applies something else: spec.url changes",
  "spec.serviceAccountName": "acts with other rights (serviceAccountName)",
};
const graver: Readonly<Record<string, string>> = {
  "spec.targetNamespace":
    "deletes everything in the old namespace and makes it anew in the other, volumes too (targetNamespace)",
  "spec.kubeConfig": "applies to another cluster (kubeConfig)",
  "spec.namePrefix": "deletes everything and makes it anew under other names (namePrefix)",
  "spec.nameSuffix": "deletes everything and makes it anew under other names (nameSuffix)",
  "spec.releaseName": "uninstalls the release and installs another (releaseName)",
  "spec.storageNamespace": "uninstalls the release and installs another (storageNamespace)",
  "spec.decryption": "decrypts Secrets otherwise, or not at all (decryption)",
};

function moved(before: Side, after: Side, { kind, namespace }: Identity): readonly Finding[] {
  const isRelease = kind === "HelmRelease";
  const at = (side: Side, field: string) => {
    if (field === "spec.path") return folderOf(valueAt(side, field));
    const name = field.replace("spec.", "");
    if (isRelease && releaseFields.includes(name)) return placeOfRelease(side, name);
    const value = valueAt(side, field);
    return field === "spec.sourceRef" ? referenceIn(namespace, value) : (value ?? null);
  };
  const differs = (field: string) => !same(at(before, field), at(after, field));
  const texts = (table: Readonly<Record<string, string>>) =>
    Object.entries(table).flatMap(([field, text]) => (differs(field) ? [text] : []));
  return [
    ...texts(graver).map(high),
    ...texts(places).map(medium),
    ...(valueAt(before, "spec.verify") !== undefined && differs("spec.verify")
      ? [medium("checks signatures otherwise, or no longer (verify)")]
      : []),
    ...(String(valueAt(before, "spec.url")).startsWith("https:") &&
    String(valueAt(after, "spec.url")).startsWith("http:")
      ? [high("is fetched without encryption (url)")]
      : []),
  ];
}

// `./prod` and `prod/` are one folder; `.`, `./` and nothing the root.
function folderOf(path: unknown): string {
  const text = textOf(path ?? "");
  return folderFrom("", text) ?? text;
}

/** Half the time or less for what it waits for. */
function givesUpSooner(before: Side, after: Side): readonly Finding[] {
  const [old, next] = [before, after].map((side) => textOf(valueAt(side, "spec.timeout") ?? ""));
  const [was, is] = [parseDuration(old), parseDuration(next)];
  return was !== undefined && is !== undefined && is * 2 <= was
    ? [medium(`gives up after ${next}, before after ${old} (timeout)`)]
    : [];
}

function waitsForLess(before: Side, after: Side): readonly Finding[] {
  const lost = (field: string) => {
    const [was, is] = [before, after].map((side) => valueAt(side, `spec.${field}`));
    const left = new Set(mappings(is).map(canonical));
    return mappings(was).some((one) => !left.has(canonical(one)));
  };
  const [waited, waits] = [before, after].map((side) => valueAt(side, "spec.wait") === true);
  const named = valueAt(after, "spec.healthChecks");
  const some = Array.isArray(named) && named.length > 0 ? " of all, only of those it names" : "";
  return [
    ...(waited && !waits ? [medium(`no longer waits for health${some} (wait)`)] : []),
    ...(lost("dependsOn") ? [medium("no longer waits for others (dependsOn)")] : []),
    // Who waits for all asks no list.
    ...(lost("healthChecks") && !waits && !waited
      ? [medium("no longer waits for health (healthChecks)")]
      : []),
    ...(lost("healthCheckExprs") ? [medium("judges health otherwise (healthCheckExprs)")] : []),
  ];
}

/** What labels and annotations tell Flux to do with one object. */
function annotations(before: Side, after: Side): readonly Finding[] {
  const [was, is] = [toldBy(before), toldBy(after)];
  const turned = (key: string, value: string) => is(key) === value && was(key) !== value;
  return [
    ...(turned("reconcile", "disabled")
      ? [high("is no longer applied by Flux: this and later changes do nothing (reconcile)")]
      : []),
    ...(turned("ssa", "ignore")
      ? [high("is no longer applied by Flux: this and later changes do nothing (ssa: Ignore)")]
      : []),
    ...(turned("ssa", "ifnotpresent")
      ? [medium("is only made where it is not there: later changes do nothing (ssa: IfNotPresent)")]
      : []),
    ...(turned("ssa", "merge") || turned("ssa", "override")
      ? [medium(`is applied otherwise where others set its fields (ssa: ${is("ssa")})`)]
      : []),
    ...(was("prune") === "disabled" && is("prune") !== "disabled"
      ? [medium("is deleted once it leaves git (prune is no longer disabled)")]
      : []),
    ...(before !== undefined && turned("prune", "disabled")
      ? [medium("stays in the cluster once it leaves git (prune: disabled)")]
      : []),
    ...(turned("force", "enabled")
      ? [high("may be deleted and made anew where it cannot be changed (force)")]
      : []),
  ];
}

/** In lower case, as Flux reads it; empty where nothing is said. */
function toldBy(side: Side): (key: string) => string {
  return (key) =>
    [labelsOf(side), annotationsOf(side)]
      .map((values) => values[`kustomize.toolkit.fluxcd.io/${key}`])
      .filter((value) => value !== undefined)
      .map((value) => textOf(value).toLowerCase())
      .join();
}
