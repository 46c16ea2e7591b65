// Mutants that no test can notice, since nobody could, and why. Whoever finds another adds it here.

type Place = {
  readonly path: string;
  /** The line, as it stands in the file. */
  readonly code: string;
  /** What of it is another text, and which. */
  readonly text: string;
  readonly to: string;
  readonly mutator: string;
  /** `NoCoverage`: no test came by. */
  readonly status: string;
};

type Equivalent = {
  readonly path: RegExp;
  readonly code?: RegExp;
  readonly text?: RegExp;
  readonly to?: RegExp;
  readonly mutator?: string;
  readonly status?: string;
  readonly why: string;
};

const gate = /^core\/gate\//;

const equivalents: readonly Equivalent[] = [
  {
    ...{ path: gate, code: /holds\(["`]/, mutator: "StringLiteral" },
    why: "what holds here is told by the step that asked, in its own words",
  },
  {
    path: /^core\/(gate|flux)\//,
    code: /^if \(known !== undefined\) return known/,
    why: "a cache: without it the same is found again, later",
  },
  {
    path: /^core\/gate\/cluster-view\.ts$/,
    code: /kind === "Kustomization" \|\| kind === "HelmRelease"|isApplier\(\{ kind \}/,
    why: "saves asking most objects of a cluster, none of which is a source",
  },
  {
    path: /^core\/gate\/(to-build|observe)\.ts$/,
    code: /clusters: \[cluster\]/,
    mutator: "ArrayDeclaration",
    why: "nothing that is asked of this view looks at other clusters",
  },
  {
    path: /^core\/gate\/(helm-values|inputs-settled)\.ts$/,
    code: /object\.kind !== "(HelmRelease|Kustomization)"/,
    mutator: "ConditionalExpression",
    why: "tells the compiler which kind it is: another has nothing of what is asked then",
  },
  {
    path: /^core\/gate\/inventories\.ts$/,
    code: /entry\.(kind|group) === wanted\.(kind|group)/,
    why: "the index that is asked before compares these too",
  },
  {
    path: /^core\/gate\/(observe|held-by)\.ts$/,
    code: /^case "/,
    why: "falls through to what the next case answers",
  },
  {
    ...{ path: gate, code: /Date\.parse\(.*\?\? ""\)/, mutator: "StringLiteral" },
    why: "any text that is no time is none",
  },
  {
    path: /^core\/gate\/(after-wait|applied|applied-helm|build-identity|letter-environment|git-chart|source-settled|inputs-settled|helm-values)\.ts$/,
    ...{ text: /^""$/, to: /Stryker was here/, code: /(\?\?|=) ""/ },
    why: "in place of a text that is not there: any that fits nothing does",
  },
  {
    ...{ path: gate, code: /"grace"/, mutator: "StringLiteral" },
    why: "whatever is not `none` is given the grace",
  },
  {
    path: /^core\/(gate|flux|diff)\//,
    code: /\bknown (===|!==) undefined|known\.get\(/,
    why: "a cache: without it the same is found again, later",
  },
  {
    path: /^core\/flux\/inventory\.ts$/,
    code: /known|texts\.|mostTexts/,
    why: "one text in place of many equal ones saves memory, and changes none",
  },
  {
    ...{ path: /^core\/flux\//, text: /^\[\]$/, to: /^\["Stryker was here"\]$/ },
    code: /(\?\?|:|=) \[\]/,
    why: "in place of what is no list: a text that fits nothing is asked as nothing is",
  },
  {
    ...{ path: /^core\/flux\//, text: /^""$/, to: /Stryker was here/, code: /\?\? ""|= ""/ },
    why: "in place of a text that is not there, where the API server or a pattern demands it: any that fits nothing does",
  },
  {
    path: /^core\/flux\/ignore\/glob\.ts$/,
    code: /undefined|first ===/,
    why: "a pattern that Go calls malformed matches no name, however it is read on",
  },
  {
    path: /^core\/flux\/ignore\/pattern\.ts$/,
    to: /^\(\) => undefined$/,
    why: "undefined is as false",
  },
  {
    path: /^core\/flux\/(readiness|phase|duration)\.ts$/,
    text: /^(object\.kind === "HelmRepository"|state\.state === "failing"|\w+ === undefined)$/,
    why: "tells the compiler what the test beside it decides too",
  },
  {
    path: /^core\/flux\/duration\.ts$/,
    code: /amount = "0"/,
    why: "the pattern before demands both",
  },
  {
    path: /^core\/flux\/(ignore\/glob|readiness|build-inputs)/,
    mutator: "OptionalChaining",
    why: "what is asked is there: the compiler cannot know",
  },
  {
    ...{
      path: /^core\/flux\/roots\/own-source\.ts$/,
      code: /toLowerCase/,
      mutator: "MethodExpression",
    },
    why: "one case or the other: only equality is asked",
  },
  {
    ...{ path: /^core\/diff\//, status: "NoCoverage", text: /^(""|\[\]|0)$/ },
    code: /^const \[.*\] = |\(\w+ \?\? \[\]\)|\.at\(-1\) \?\? ""/,
    why: "in place of an item of a list that has it: the compiler cannot know",
  },
  {
    ...{
      path: /^core\/diff\/risks\/(data-loss|network-peers)\.ts$/,
      text: /^\[\]$/,
      to: /Stryker was here/,
    },
    code: /Array\.isArray\(\w+\) \? .* : \[\]/,
    why: "in place of what is no list: a text that fits nothing is asked as nothing is",
  },
  {
    path: /^core\/diff\/risks\/(refused-values|grants)\.ts$/,
    code: /^if \(found\.length === 0\) return|before === undefined \? \[\] :/,
    to: /^(false|\["Stryker was here"\])$/,
    why: "saves looking at the other side; a text that nothing says is had by nobody",
  },
  {
    path: /^core\/diff\/risks\/(flux-behaviour|grave-kinds)\.ts$/,
    code: /kind === "HelmRelease" &&|\? referenceIn\(|folderFrom\("", text\)|replace\(ofCluster, ""\)/,
    why: "of other kinds and fields it says the same: none has what is asked for, and both sides change alike",
  },
  {
    path: /^core\/diff\/risks\/grants\.ts$/,
    code: /may do everything \(verb \*\)/,
    text: /^(\{.*\}|\["\*"\]|"\*")$/,
    why: "a rule that is known whole was left out before; no rule allows `*` but by `*`",
  },
  {
    path: /^core\/diff\/risks\/(hardening|pod-privileges)\.ts$/,
    mutator: "Regex",
    code: /\^CAP_|container\\\.apparmor/,
    why: "no name of a capability, and no annotation of AppArmor, goes on before or behind it",
  },
  {
    ...{ path: /^core\/diff\/version-order\.ts$/, text: /^"0"$/, to: /^""$/ },
    why: "both are the number 0",
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
      (one.mutator === undefined || one.mutator === place.mutator) &&
      (one.status === undefined || one.status === place.status),
  )?.why;
}
