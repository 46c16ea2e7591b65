import { restApiTask, taskCheckType, type writeHealthCheck } from "./health-check.ts";

/** A check as the service has it; settings are anybody's. */
export type FoundCheck = {
  readonly id: number;
  readonly type?: { readonly id?: string; readonly name?: string };
  readonly isDisabled?: boolean;
  readonly timeout?: number;
  readonly settings?: {
    readonly displayName?: string;
    readonly definitionRef?: { readonly id?: string };
    readonly inputs?: Readonly<Record<string, unknown>>;
    readonly retryInterval?: number;
    readonly linkedVariableGroup?: string;
  };
};

/** Which roll-up a check asks for; the repository as its address names it, by id or name. */
export type AskedRollUp = { readonly repository: string; readonly name: string };

/** Made by the page or by hand. @returns undefined for a check that asks for no roll-up. */
export function readAsked({ type, settings }: FoundCheck): AskedRollUp | undefined {
  const isTask = type?.id?.toLowerCase() === taskCheckType.id;
  const isRest = settings?.definitionRef?.id?.toLowerCase() === restApiTask.id;
  if (!isTask || !isRest) return undefined;
  const address = textOf(settings.inputs?.["urlSuffix"]);
  const [, repository] =
    /_apis\/git\/repositories\/([^/?]+)\/commits\/[^/?]+\/statuses(?:\?|$)/i.exec(address) ?? [];
  const criteria = textOf(settings.inputs?.["successCriteria"]);
  const [, name] = /@\.context\.name\s*==\s*''([^']+)''/.exec(criteria) ?? [];
  return repository === undefined || name === undefined ? undefined : { repository, name };
}

/** Whether it holds the stage for this roll-up. */
export function asksFor(
  found: FoundCheck,
  of: AskedRollUp & { readonly repositoryName: string },
): boolean {
  const asked = readAsked(found);
  if (asked?.name !== of.name) return false;
  const names = [of.repository, of.repositoryName, encodeURIComponent(of.repositoryName)];
  return names.some((one) => one.toLowerCase() === asked.repository.toLowerCase());
}

/** One setting that is not as it should be; `was` is empty where it is not set. */
export type Difference = {
  readonly setting: string;
  readonly was: string;
  readonly wanted: string;
};

/** In what the two differ: names, descriptions and versions of the task do not count. */
export function compareCheck(
  found: FoundCheck,
  wanted: ReturnType<typeof writeHealthCheck>,
): readonly Difference[] {
  const { inputs, retryInterval } = wanted.settings;
  const rows: readonly (readonly [string, unknown, unknown])[] = [
    ...Object.entries(inputs).map(
      ([key, value]) => [key, found.settings?.inputs?.[key], value] as const,
    ),
    ["time between evaluations", found.settings?.retryInterval, retryInterval],
    ["timeout", found.timeout, wanted.timeout],
    ["disabled", found.isDisabled ?? false, false],
  ];
  return rows.flatMap(([setting, was, value]) =>
    comparable(setting, was) === comparable(setting, value)
      ? []
      : [{ setting, was: textOf(was), wanted: textOf(value) }],
  );
}

/** The check as it should be, with what somebody else has set beside it. */
export function mendedSettings(found: FoundCheck, wanted: ReturnType<typeof writeHealthCheck>) {
  const { displayName, inputs, ...rest } = wanted.settings;
  return {
    ...found.settings,
    ...rest,
    displayName: found.settings?.displayName ?? displayName,
    inputs: { ...found.settings?.inputs, ...inputs },
  };
}

function comparable(setting: string, value: unknown): string {
  const text = textOf(value).trim();
  if (setting !== "headers") return text;
  try {
    const headers = Object.entries(JSON.parse(text) as object);
    return JSON.stringify(headers.map(([key, one]) => [key.toLowerCase(), one as unknown]).sort());
  } catch {
    return text;
  }
}

// The service keeps booleans of inputs as text, clients send either.
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
