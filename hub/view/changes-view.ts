import { problemText } from "../../core/errors.ts";
import type { ObjectChange } from "../../core/diff/object-change.ts";
import type { Severity } from "../../core/diff/risk.ts";
import { identityKey, type Identity } from "../../core/manifests/identity.ts";
import type { Analysis } from "../data/analyse.ts";
import { countedObjects } from "../../core/report/change-text.ts";
import { restartsPods } from "../../core/diff/effects.ts";
import { markNoise } from "../../core/team-rules/noise-rules.ts";
import type { TeamRules } from "../../core/team-rules/team-rule.ts";
import { objectName } from "../../core/manifests/object-name.ts";
import { appliedBy, namesAmong } from "../../core/diff/applied-by.ts";
import { greenMeans } from "../../core/diff/green-means.ts";
import { leftFolders } from "../../core/diff/left-folders.ts";
import { lostForGood } from "../../core/diff/way-back.ts";
import type { Outcome } from "./context/context-view.ts";
import { count } from "../../core/count.ts";
import { effectsText } from "./effects-text.ts";
import { addNoise, countNoise, type NoiseCounts, sumNoise } from "./noise-counts.ts";
import { ruleAbout } from "./rule-view.ts";
import { shortText } from "./short-text.ts";

/** Everything that a pull request would change, ready to be shown. */
export type ChangesView = {
  /** `2 images, 1 object added, 3 changed`. */
  readonly summary: string;
  readonly worst: Severity | undefined;
  /** Whether everything was read, built and compared; else `problems` says what was not. */
  readonly complete: boolean;
  readonly risks: readonly RiskView[];
  readonly images: readonly ImageView[];
  /** Removed first, then changed; what is added, and long, last. */
  readonly objects: readonly ObjectView[];
  readonly noise: NoiseCounts;
  /** What it comes to beside the objects: restarts, requests. */
  readonly effects: readonly string[];
  readonly problems: readonly string[];
  readonly ruled: RuledView;
  /** What it will mean that it is green, and what a revert does not bring back. */
  readonly outcome: Outcome;
};

/** What rules of the team call minor, by rule. */
export type RuledView = {
  readonly rules: readonly {
    readonly amount: number;
    readonly path: string;
    readonly about: string;
    readonly reason: string;
  }[];
  /** What is no rule, or could not be read: it hides nothing. */
  readonly problems: readonly string[];
};

export type RiskView = {
  readonly severity: Severity;
  readonly object: string;
  /** Key of the object in `objects`; undefined where what it speaks of is none of them. */
  readonly key: string | undefined;
  readonly text: string;
};

export type ImageView = {
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly renamedFrom: string | undefined;
  readonly usedBy: readonly string[];
};

/** One line of an object: what changes in it is asked for when it is opened. */
export type ObjectView = {
  /** Its place in the comparison, which stays when more objects are found out about. */
  readonly key: string;
  /** Equal for equal changes: what a tick is for. */
  readonly digest: string;
  readonly change: ObjectChange["change"];
  /** It leaves git and stays in the cluster. */
  readonly isKept: boolean;
  readonly kind: string;
  /** `shop/api`, or the name alone. */
  readonly name: string;
  readonly renamedFrom: string | undefined;
  readonly file: string;
  /** `HelmRelease shop/api`, where its chart renders it. */
  readonly madeBy: string | undefined;
  /** `in prod/west`, where objects of its name are applied in several places. */
  readonly place: string | undefined;
  readonly risks: number;
  /** Edits that count, and those that are noise. */
  readonly edits: number;
  readonly noise: NoiseCounts;
  /** Its pods are replaced. */
  readonly restarts: boolean;
  /** Of a changed object: nothing but minor edits. */
  readonly isMinor: boolean;
  /** Roughly how many rows it shows when it is open. */
  readonly rows: number;
};

/** What is shown, and the changes that its bodies come from, in the order of their keys. */
export type SeenChanges = {
  readonly view: ChangesView;
  readonly objects: readonly ObjectChange[];
};

const usualLines = 40;
const order = { removed: 0, changed: 1, added: 2 } as const;

const noRules: TeamRules = { rules: [], problems: [] };

/**
 * What is shown of a comparison.
 * @param team rules that call some edits minor; risks, images and the verdict never hang on them
 */
export function seenChanges(analysis: Analysis, team = noRules): SeenChanges {
  const { images, risks, problems, complete } = analysis;
  const { objects, counts } = markNoise(analysis, team.rules);
  const [places, calledIn] = [appliedBy(objects), namesAmong(objects)];
  const keyOf = keysOf(objects);
  const amounts = new Map<string | undefined, number>();
  for (const { identity } of risks) {
    const key = keyOf(identity);
    amounts.set(key, (amounts.get(key) ?? 0) + 1);
  }
  const views = objects.map((change, index) => {
    const key = String(index);
    const place = places.get(change.identity);
    return objectView(change, { key, place, risks: amounts.get(key) });
  });
  const view: ChangesView = {
    summary: summaryOf(objects, images.length),
    worst: risks[0]?.severity,
    complete,
    risks: risks.map(({ severity, identity, text }) => ({
      severity,
      object: shortText(calledIn(identity)),
      key: keyOf(identity),
      text: shortText(text),
    })),
    images: images.map(({ name, from, to, renamedFrom, objects: users }) => ({
      name,
      from,
      to,
      renamedFrom,
      usedBy: users.map(objectName),
    })),
    objects: [...views].sort((a, b) => order[a.change] - order[b.change]),
    noise: addNoise(views.map(({ noise }) => noise)),
    effects: effectsText(objects),
    problems: problems.map((problem) => shortText(problemText(problem))),
    ruled: {
      problems: team.problems,
      rules: [...counts].map(([rule, amount]) => ({
        ...{ amount, path: rule.path, about: ruleAbout(rule), reason: rule.reason },
      })),
    },
    outcome: {
      ...{ green: greenMeans(objects), lostForGood: lostForGood(objects), complete },
      left: leftFolders(objects),
    },
  };
  return { view, objects };
}

/** Of an object among those of its name, which may lie in several clusters, and else of the first. */
function keysOf(objects: readonly ObjectChange[]): (identity: Identity) => string | undefined {
  const own = new Map(objects.map(({ identity }, index) => [identity, String(index)] as const));
  const named = new Map([...own].map(([one, key]) => [identityKey(one), key] as const).reverse());
  return (identity) => own.get(identity) ?? named.get(identityKey(identity));
}

function objectView(
  change: ObjectChange,
  of: {
    readonly key: string;
    readonly place: string | undefined;
    readonly risks: number | undefined;
  },
): ObjectView {
  const { key, place, risks = 0 } = of;
  const { identity, file, edits, digest } = change;
  const noise = countNoise(edits);
  const minor = sumNoise(noise);
  return {
    ...{ key, digest, risks, noise },
    change: change.change,
    isKept: change.kept !== undefined,
    kind: shortText(identity.kind),
    name: shortText(nameOf(identity)),
    renamedFrom: change.renamedFrom && shortText(change.renamedFrom),
    file: shortText(file),
    madeBy: change.madeBy && shortText(change.madeBy),
    place: place && shortText(place),
    edits: edits.length - minor,
    restarts: restartsPods(change),
    isMinor: change.change === "changed" && edits.length === minor,
    rows: change.change === "changed" ? edits.length : usualLines,
  };
}

function nameOf({ namespace, name }: Identity): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

function summaryOf(objects: readonly ObjectChange[], images: number): string {
  const all = [...(images > 0 ? [count(images, "image")] : []), ...countedObjects(objects)];
  return all.length > 0 ? all.join(", ") : "No object changes";
}
