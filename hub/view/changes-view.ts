import { problemText } from "../../core/errors.ts";
import type { Noise } from "../../core/diff/noise.ts";
import type { ObjectChange } from "../../core/diff/object-change.ts";
import type { Risk, Severity } from "../../core/diff/risk.ts";
import { identityKey, type Identity } from "../../core/manifests/identity.ts";
import type { Analysis } from "../data/analyse.ts";
import { restartsPods } from "../../core/diff/effects.ts";
import { markNoise } from "../../core/team-rules/noise-rules.ts";
import type { TeamRules } from "../../core/team-rules/team-rule.ts";
import { greenMeans } from "../../core/diff/green-means.ts";
import { lostForGood } from "../../core/diff/way-back.ts";
import type { Outcome } from "./context/context-view.ts";
import { count } from "./count.ts";
import { effectsText } from "./effects-text.ts";
import { ruleAbout } from "./rule-view.ts";
import { type DiffLine, type EditView, editView, objectLines } from "../../core/diff/edit-view.ts";

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
  readonly noise: readonly Noise[];
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
  /** Key of the object in `objects`. */
  readonly key: string;
  readonly text: string;
};

export type ImageView = {
  readonly name: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly renamedFrom: string | undefined;
  readonly usedBy: readonly string[];
};

export type ObjectView = {
  readonly key: string;
  readonly change: ObjectChange["change"];
  readonly kind: string;
  /** `shop/api`, or the name alone. */
  readonly name: string;
  readonly renamedFrom: string | undefined;
  readonly file: string;
  /** `HelmRelease shop/api`, where its chart renders it. */
  readonly madeBy: string | undefined;
  readonly risks: number;
  /** Edits that count, and those that are noise. */
  readonly edits: number;
  readonly noise: readonly Noise[];
  /** Its pods are replaced. */
  readonly restarts: boolean;
  /** Of a changed object: nothing but minor edits. */
  readonly isMinor: boolean;
  /** Roughly how many rows it shows when it is open. */
  readonly rows: number;
  readonly source: ObjectChange;
};

/** What an opened object shows: its edits, or all of an added or removed one. */
export type ObjectBody =
  | { readonly form: "edits"; readonly edits: readonly EditView[] }
  | { readonly form: "lines"; readonly lines: readonly DiffLine[] };

export function objectBody({ change, edits, before, after }: ObjectChange): ObjectBody {
  if (change === "changed") return { form: "edits", edits: edits.map(editView) };
  return { form: "lines", lines: objectLines(after ?? before, change === "added" ? "+" : "-") };
}

const usualLines = 40;
const order = { removed: 0, changed: 1, added: 2 } as const;

const noRules: TeamRules = { rules: [], problems: [] };

/** @param team rules that call some edits minor; risks, images and the verdict never hang on them */
export function changesView(analysis: Analysis, team = noRules): ChangesView {
  const { images, risks, problems, complete } = analysis;
  const { objects, counts } = markNoise(analysis, team.rules);
  const views = objects.map((change) => objectView(change, risks));
  return {
    summary: summaryOf(objects, images.length),
    worst: risks[0]?.severity,
    complete,
    risks: risks.map(({ severity, identity, text }) => ({
      severity,
      object: objectName(identity),
      key: identityKey(identity),
      text,
    })),
    images: images.map(({ name, from, to, renamedFrom, objects: users }) => ({
      name,
      from,
      to,
      renamedFrom,
      usedBy: users.map(objectName),
    })),
    objects: [...views].sort((a, b) => order[a.change] - order[b.change]),
    noise: views.flatMap(({ noise }) => noise),
    effects: effectsText(objects),
    problems: problems.map(problemText),
    ruled: {
      problems: team.problems,
      rules: [...counts].map(([rule, amount]) => ({
        ...{ amount, path: rule.path, about: ruleAbout(rule), reason: rule.reason },
      })),
    },
    outcome: { green: greenMeans(objects), lostForGood: lostForGood(objects), complete },
  };
}

function objectView(change: ObjectChange, risks: readonly Risk[]): ObjectView {
  const { identity, file, edits } = change;
  const key = identityKey(identity);
  const noise = edits.flatMap((edit) => edit.noise ?? []);
  return {
    key,
    change: change.change,
    kind: identity.kind,
    name: nameOf(identity),
    renamedFrom: change.renamedFrom,
    file,
    madeBy: change.madeBy,
    risks: risks.filter((risk) => identityKey(risk.identity) === key).length,
    edits: edits.length - noise.length,
    noise,
    restarts: restartsPods(change),
    isMinor: change.change === "changed" && edits.length === noise.length,
    rows: change.change === "changed" ? edits.length : usualLines,
    source: change,
  };
}

function objectName(identity: Identity): string {
  return `${identity.kind} ${nameOf(identity)}`;
}

function nameOf({ namespace, name }: Identity): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

function summaryOf(objects: readonly ObjectChange[], images: number): string {
  const of = (change: ObjectChange["change"]) =>
    objects.filter((object) => object.change === change).length;
  const parts = (["added", "changed", "removed"] as const)
    .map((change) => [of(change), change] as const)
    .filter(([amount]) => amount > 0)
    .map(([amount, change], index) =>
      index === 0 ? `${count(amount, "object")} ${change}` : `${amount} ${change}`,
    );
  const all = [...(images > 0 ? [count(images, "image")] : []), ...parts];
  return all.length > 0 ? all.join(", ") : "No object changes";
}
