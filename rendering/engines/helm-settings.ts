import type { StepOf } from "../../core/delivery/steps/registry.ts";
import { InputError } from "../../core/errors.ts";
import { exactJson } from "../../core/exact-json.ts";
import { isRecord } from "../../core/manifests/parse.ts";
import type { StepContext } from "../step-context.ts";

type Values = Readonly<Record<string, unknown>>;
/** Keys and list positions from the root of the values. */
type ValuePath = readonly (string | number)[];
type Setting = { readonly path: string; readonly value: unknown };

/**
 * Options of helm that set values over the files, whose values are `files`. Helm reads files and
 * `--set-json` with numbers that are doubles, and a template shows 21600000 as 2.16e+07; what
 * `--set` reads stays a whole number. So large ones are given once more that way.
 */
export function helmSettings(
  step: StepOf<"helm">,
  files: Values,
  context: StepContext,
): readonly string[] {
  const settings = settingsOf(step, context);
  const set = [...settings.map(({ path }) => path), ...Object.keys(step.setFiles)].map(segmentsOf);
  const inFiles = largeIntegers(files, []).filter(
    ({ at }) => !set.some((path) => overlaps(path, at)),
  );
  const exact = [
    ...inFiles.map(({ at, value }) => `${pathText(at)}=${value}`),
    ...settings.flatMap(({ path, value }) =>
      largeIntegers(value, [], path).map(
        (each) => `${path}${pathText(each.at, true)}=${each.value}`,
      ),
    ),
  ];
  const setFiles = Object.entries(step.setFiles).map(
    ([path, file]) => `${path}=${escapedFile(context.expand(file))}`,
  );
  return [
    ...settings.flatMap(({ path, value }) => ["--set-json", `${path}=${exactJson(value)}`]),
    ...exact.flatMap((each) => ["--set", each]),
    ...setFiles.flatMap((each) => ["--set-file", each]),
  ];
}

function settingsOf(
  step: StepOf<"helm">,
  { config, environment }: StepContext,
): readonly Setting[] {
  const fromVariables = Object.entries(step.setFromVariables).map(([path, name]) => {
    const variable = config.variables.get(name);
    if (variable) return { path, value: variable.value };
    const message = `helm value ${path} is set from variable ${name}, which environment ${environment.name} does not declare`;
    throw new InputError([{ message }]);
  });
  return [...Object.entries(step.set).map(([path, value]) => ({ path, value })), ...fromVariables];
}

type LargeInteger = { readonly at: ValuePath; readonly value: number | bigint };

// A double shows its digits up to here.
const smallest = 1_000_000;
/** Helm refuses paths of more levels in `--set`. */
const maxLevels = 30;

/** Below `root`, where that is no part of the places. */
function largeIntegers(value: unknown, at: ValuePath, root = ""): readonly LargeInteger[] {
  const below = (each: unknown, key: string | number) => largeIntegers(each, [...at, key], root);
  if (Array.isArray(value)) return value.flatMap(below);
  if (isRecord(value)) return Object.entries(value).flatMap(([key, each]) => below(each, key));
  if (typeof value !== "bigint" && !Number.isInteger(value)) return [];
  const whole = value as number | bigint;
  if (whole < smallest && whole > -smallest) return [];
  if (whole >= 2 ** 63 || whole < -(2 ** 63))
    throw tooLarge(whole, [...(root === "" ? [] : [root]), ...at]);
  return at.length > maxLevels || at.includes("") ? [] : [{ at, value: BigInt(whole) }];
}

function tooLarge(value: number | bigint, at: ValuePath): InputError {
  const message = `helm cannot hold the whole number ${String(value)} of ${at.join(".")} exactly: put it in quotes, or declare it as string`;
  return new InputError([{ message }]);
}

/** `a.b\.c[0]`, as helm's `--set` takes a path apart. */
function pathText(path: ValuePath, isInner = false): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      return `${index > 0 || isInner ? "." : ""}${part.replace(/[\\.,=[\]{}]/g, "\\$&")}`;
    })
    .join("");
}

function segmentsOf(path: string): ValuePath {
  const parts: (string | number)[] = [];
  for (const [, index, key = ""] of path.matchAll(/\[(\d+)\]|((?:\\[^]|[^.[\\])+)/g)) {
    parts.push(index === undefined ? key.replace(/\\([^])/g, "$1") : Number(index));
  }
  return parts;
}

// Whether one path is the other or leads through it.
function overlaps(a: ValuePath, b: ValuePath): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((part, index) => part === b[index]);
}

// A comma would begin another setting, a brace a list.
function escapedFile(file: string): string {
  return `./${file}`.replace(/[\\,]/g, "\\$&");
}
