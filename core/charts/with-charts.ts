import { type Comparison, compareObjects } from "../diff/compare-manifests.ts";
import { gravestFirst } from "../diff/find-risks.ts";
import { imageChanges } from "../diff/image-changes.ts";
import { keptByHelm, leftInstalled } from "../diff/kept.ts";
import type { ObjectChange } from "../diff/object-change.ts";
import { objectName } from "../manifests/object-name.ts";
import type { ReadObjects } from "../diff/read-objects.ts";
import type { Risk } from "../diff/risk.ts";
import type { TreesComparison } from "../diff/tree/compare-trees.ts";
import { uncompared, unknownEffect } from "../diff/uncompared.ts";
import type { Problem } from "../errors.ts";
import { identityKey, identityOf, type KubernetesObject } from "../manifests/identity.ts";
import type { RenderedRelease } from "./rendered-release.ts";

/**
 * A comparison with what the charts of changed HelmReleases render: what was "not known here" by them
 * gives way to their objects, and stays, with the reason, where one could not be rendered.
 */
export function withCharts(
  compared: TreesComparison,
  releases: readonly RenderedRelease[],
): TreesComparison {
  if (releases.length === 0) return compared;
  const stays = leftInstalled(compared.objects);
  const found = releases
    .filter(({ failure, identity }) => failure === undefined && !stays.has(identityKey(identity)))
    .map(compareRelease);
  const settled = compared.risks.filter((risk) => isSettled(risk, releases));
  // Why a chart was not rendered says more than that it was not.
  const explained = compared.risks.filter(
    ({ rule, identity }) => rule === unknownEffect && releaseOf(identity, releases)?.failure,
  );
  const said = new Set(uncompared([...settled, ...explained], []).map(({ message }) => message));
  const objects = [...compared.objects, ...found.flatMap((one) => one.objects)];
  const problems = [
    ...compared.problems.filter(({ message }) => !said.has(message)),
    ...releases.flatMap(unrendered),
    ...found.flatMap((one) => one.problems),
  ];
  return {
    ...compared,
    objects,
    images: imageChanges(objects),
    problems,
    risks: gravestFirst([
      ...compared.risks.filter((risk) => !settled.includes(risk)),
      ...found.flatMap(({ risks }) => risks),
    ]),
    complete: problems.length === 0,
  };
}

/** What the objects of one release come to, before and after. */
export function compareRelease(
  release: RenderedRelease,
): Pick<Comparison, "objects" | "risks" | "problems"> {
  const { identity, file, before, after, notKnown, random } = release;
  const name = objectName(identity);
  const [old, next] = [readAs(before, file), readAs(after, file)];
  const compared = compareObjects(old, next, { keeperOf: keptByHelm });
  const objects = compared.objects.map((one): ObjectChange => ({ ...one, madeBy: name }));
  const missing = notKnown.map((one): Problem => {
    return { file, message: `${name} was rendered without what only the cluster knows: ${one}` };
  });
  const chance = random.map((one): Problem => {
    return { file, message: `${name} makes ${one} anew at every render: it is not compared` };
  });
  return {
    objects,
    risks: compared.risks,
    problems: [...missing, ...chance, ...compared.problems],
  };
}

function unrendered({ identity, file, failure }: RenderedRelease): readonly Problem[] {
  if (failure === undefined) return [];
  return [{ file, message: `${objectName(identity)}: its chart was not rendered: ${failure}` }];
}

/** Whether rendering has told what a risk says is not known. */
function isSettled({ rule, identity, text }: Risk, releases: readonly RenderedRelease[]): boolean {
  if (rule !== unknownEffect) return false;
  const key = identityKey(identity);
  const own = releaseOf(identity, releases);
  if (own !== undefined) return own.failure === undefined;
  const users = releases.filter(({ uses }) => uses.includes(key));
  if (users.length === 0 || users.some(({ failure }) => failure !== undefined)) return false;
  // One risk for each of the users of a ConfigMap or Secret; not all of them are releases.
  const isOfOne = text.startsWith("gives values to ");
  return !isOfOne || users.some((user) => text.startsWith(givesTo(user)));
}

function releaseOf(identity: Risk["identity"], releases: readonly RenderedRelease[]) {
  const key = identityKey(identity);
  return releases.find((release) => identityKey(release.identity) === key);
}

function givesTo({ identity }: RenderedRelease): string {
  return `gives values to ${objectName(identity)}:`;
}

function readAs(objects: readonly KubernetesObject[], file: string): ReadObjects {
  const found = objects.map((object) => ({ identity: identityOf(object), object, file }));
  return { objects: found, problems: [] };
}
