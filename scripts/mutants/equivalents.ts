// Mutants that no test can notice, since nobody could, and why. Whoever finds another adds it here.

type Place = {
  readonly path: string;
  /** The line, as it stands in the file. */
  readonly code: string;
  /** What of it is another text, and which. */
  readonly text: string;
  readonly to: string;
  readonly mutator: string;
};

type Equivalent = {
  readonly path: RegExp;
  readonly code?: RegExp;
  readonly text?: RegExp;
  readonly to?: RegExp;
  readonly mutator?: string;
  readonly why: string;
};

const gate = /^core\/gate\//;

const equivalents: readonly Equivalent[] = [
  {
    ...{ path: gate, code: /holds\(""\)/, mutator: "StringLiteral" },
    why: "what holds here is told by the step that asked, in its own words",
  },
  {
    ...{ path: /^core\/(gate|flux)\//, code: /^if \(known !== undefined\) return known/ },
    why: "a cache: without it the same is found again, later",
  },
  {
    path: /^core\/gate\/cluster-view\.ts$/,
    code: /kind === "Kustomization" \|\| kind === "HelmRelease"|isApplier\(\{ kind \}/,
    why: "saves asking most objects of a cluster, none of which is a source",
  },
  {
    path: /^core\/gate\/(to-build|observe)\.ts$/,
    ...{ code: /clusters: \[cluster\]/, mutator: "ArrayDeclaration" },
    why: "nothing that is asked of this view looks at other clusters",
  },
  {
    path: /^core\/gate\/(helm-values|substitutes-settled)\.ts$/,
    ...{ code: /object\.kind !== "(HelmRelease|Kustomization)"/, mutator: "ConditionalExpression" },
    why: "tells the compiler which kind it is: another has nothing of what is asked then",
  },
  {
    path: /^core\/gate\/inventories\.ts$/,
    code: /entry\.(kind|group) === wanted\.(kind|group)/,
    why: "the index that is asked before compares these too",
  },
  {
    ...{ path: /^core\/gate\/(observe|held-by)\.ts$/, code: /^case "/ },
    why: "falls through to what the next case answers",
  },
  {
    ...{ path: gate, code: /Date\.parse\(.*\?\? ""\)/, mutator: "StringLiteral" },
    why: "any text that is no time is none",
  },
  {
    ...{ path: gate, code: /"grace"/, mutator: "StringLiteral" },
    why: "whatever is not `none` is given the grace",
  },
];

/** Why a survivor changes nothing; undefined where it is a question that no test has asked. */
export function reasonOf(place: Place): string | undefined {
  const fits = (form: RegExp | undefined, text: string) => form === undefined || form.test(text);
  return equivalents.find(
    (one) =>
      one.path.test(place.path) &&
      fits(one.code, place.code) &&
      fits(one.text, place.text) &&
      fits(one.to, place.to) &&
      (one.mutator === undefined || one.mutator === place.mutator),
  )?.why;
}
