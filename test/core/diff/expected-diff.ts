import { readFileSync } from "node:fs";

/** A `Kind namespace/name`, or what names more about it; see ../shared/cases/README.md. */
type Place = { readonly object: string; readonly path?: string; readonly change?: string };

/** The form of a case's expected.json; absent keys ask for nothing. */
export type ExpectedDiff = {
  readonly says: string;
  readonly show?: readonly Place[];
  readonly notMinor?: readonly Place[];
  readonly minor?: readonly Place[];
  readonly quiet?: boolean;
  readonly not?: readonly Place[];
  readonly never?: readonly string[];
  readonly risks?: readonly {
    readonly object?: string;
    readonly about?: string;
    readonly atLeast: string;
  }[];
  readonly noRisks?: boolean;
  readonly atMostRisk?: string;
  readonly complete?: boolean;
  readonly atMostEdits?: number;
};

/** What `fluxgate diff --format json` prints, as far as cases ask. */
type Printed = {
  readonly complete: boolean;
  readonly objects: readonly {
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly change: string;
    readonly edits: readonly { readonly path: string; readonly class: string }[];
  }[];
  readonly risks: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    readonly text: string;
  }[];
  readonly problems: readonly string[];
};

const known = [
  ...["says", "show", "notMinor", "minor", "quiet", "not", "never", "risks", "noRisks"],
  ...["atMostRisk", "complete", "atMostEdits"],
];
const rank = (severity: string) => ["none", "medium", "high"].indexOf(severity);

export function readExpected(file: string): ExpectedDiff {
  return JSON.parse(readFileSync(file, "utf8")) as ExpectedDiff;
}

/** What an answer lacks of what is expected, a line each; `printed` are the texts of all formats. */
export function lacks(expected: ExpectedDiff, json: string, printed: readonly string[]): string[] {
  const answer = JSON.parse(json) as Printed;
  const edits = answer.objects.flatMap((object) =>
    object.edits.map((edit) => ({ object: nameOf(object), ...edit })),
  );
  const found = ({ object, path }: Place) =>
    edits.filter((edit) => edit.object === object && (!path || touches(edit.path, path)));
  const there = (place: Place) =>
    answer.objects.some(
      (object) =>
        nameOf(object) === place.object &&
        (place.change === undefined || object.change === place.change) &&
        (place.path === undefined || object.change !== "changed" || found(place).length > 0),
    );
  const counts = (place: Place) =>
    found(place).some((edit) => edit.class === "change") ||
    answer.objects.some((one) => nameOf(one) === place.object && one.change !== "changed");
  const real = [
    ...edits.filter((edit) => edit.class === "change").map((edit) => `${edit.object} ${edit.path}`),
    ...answer.objects.filter(({ change }) => change !== "changed").map(nameOf),
  ];
  const graver = (atLeast: string) =>
    answer.risks.filter(({ severity }) => rank(severity) >= rank(atLeast));
  return [
    ...Object.keys(expected)
      .filter((key) => !known.includes(key))
      .map((key) => `unknown ${key}`),
    ...list(expected.show)
      .filter((one) => !there(one))
      .map((one) => `not shown: ${text(one)}`),
    ...list(expected.notMinor)
      .filter((one) => !counts(one))
      .map((one) => `minor: ${text(one)}`),
    ...list(expected.minor)
      .filter((one) => found(one).length === 0 || counts(one))
      .map((one) => `not there as minor: ${text(one)}`),
    ...(expected.quiet ? real.map((one) => `not quiet: ${one}`) : []),
    ...list(expected.not)
      .filter(there)
      .map((one) => `said: ${text(one)}`),
    ...list(expected.never)
      .filter((never) => printed.some((each) => each.includes(never)))
      .map((never) => `printed: ${never}`),
    ...list(expected.risks)
      .filter(({ object, about = "", atLeast }) => {
        const isMeant = new RegExp(about, "i");
        return !graver(atLeast).some(
          (risk) =>
            (object === undefined || nameOf(risk) === object) &&
            isMeant.test(`${risk.rule} ${risk.text} ${nameOf(risk)}`),
        );
      })
      .map((risk) => `no risk: ${JSON.stringify(risk)}`),
    ...(expected.noRisks ? answer.risks.map(({ text: said }) => `risk: ${said}`) : []),
    ...(expected.atMostRisk === undefined
      ? []
      : answer.risks
          .filter(({ severity }) => rank(severity) > rank(expected.atMostRisk ?? ""))
          .map(({ text: said }) => `too grave: ${said}`)),
    ...(expected.complete === undefined || expected.complete === answer.complete
      ? []
      : [`complete is ${answer.complete}: ${answer.problems.join("; ")}`]),
    ...(expected.complete === false && answer.problems.length === 0 ? ["no problem named"] : []),
    ...(edits.length > (expected.atMostEdits ?? Infinity) ? [`${edits.length} edits`] : []),
  ];
}

function list<Item>(items: readonly Item[] | undefined): readonly Item[] {
  return items ?? [];
}

function nameOf(of: { readonly kind: string; readonly namespace: string; readonly name: string }) {
  return `${of.kind} ${of.namespace === "" ? "" : `${of.namespace}/`}${of.name}`;
}

function text(place: Place): string {
  return [place.change, place.object, place.path].filter(Boolean).join(" ");
}

// How items of lists are named does not matter; a whole value holds the paths below it.
function touches(edit: string, wanted: string): boolean {
  const [a, b] = [edit, wanted].map((path) =>
    path.replaceAll(/\[(?!")[^\]]*\]/g, "[]").replaceAll(/\["([^"]*)"\]/g, ".$1"),
  );
  const steps = (path = "") => path.split(/\.|(?=\[)/);
  const [x, y] = [steps(a), steps(b)];
  const shorter = Math.min(x.length, y.length);
  return x.slice(0, shorter).every((step, at) => step === y[at]);
}
