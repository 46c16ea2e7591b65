// Mutants that no test can notice, since nobody could, and why. Whoever finds another adds it here.

type Place = {
  readonly path: string;
  /** The line, as it stands in the file. */
  readonly code: string;
  readonly mutator: string;
};

type Equivalent = {
  readonly path: RegExp;
  readonly code: RegExp;
  readonly mutator?: string;
  readonly why: string;
};

const equivalents: readonly Equivalent[] = [
  {
    ...{ path: /^core\/gate\//, code: /holds\(""\)/, mutator: "StringLiteral" },
    why: "what holds here is told by the step that asked, in its own words",
  },
  {
    ...{ path: /^core\/(gate|flux)\//, code: /known !== undefined|\.get\(view\) \?\?/ },
    why: "a cache: without it the same is found again, later",
  },
  {
    path: /^core\/gate\/cluster-view\.ts$/,
    code: /kind === "Kustomization" \|\| kind === "HelmRelease"/,
    why: "saves asking most objects of a cluster, none of which is a source",
  },
  {
    ...{
      path: /^core\/gate\/to-build\.ts$|^core\/gate\/observe\.ts$/,
      code: /now: 0|clusters: \[/,
    },
    why: "nothing that is asked of this view looks at the time, or at other clusters",
  },
];

/** Why a survivor changes nothing; undefined where it is a question that no test has asked. */
export function reasonOf({ path, code, mutator }: Place): string | undefined {
  return equivalents.find(
    (one) =>
      one.path.test(path) &&
      one.code.test(code) &&
      (one.mutator === undefined || one.mutator === mutator),
  )?.why;
}
