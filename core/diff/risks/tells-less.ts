// Alerts of Prometheus and of Flux, and what looks for new values: less of it, or later.
import { parseDuration } from "../../flux/duration.ts";
import type { ObjectChange } from "../object-change.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import { canonical, textOf, textsOf, valueAt } from "../values.ts";

/** What nobody hears of any more, or only later; in sentences. */
export function tellsLess({ before, after, identity }: ObjectChange): readonly string[] {
  switch (`${identity.kind}.${identity.group}`) {
    case "PrometheusRule.monitoring.coreos.com":
      return fewerAlerts(before, after);
    case "Alert.notification.toolkit.fluxcd.io":
      return fewerEvents(before, after);
    case "ExternalSecret.external-secrets.io":
    case "ClusterExternalSecret.external-secrets.io":
    case "PushSecret.external-secrets.io":
      return isNever(after) && !isNever(before)
        ? ["is made once: values that change later do not come (refreshInterval 0)"]
        : [];
    default:
      return [];
  }
}

type Side = ObjectChange["before"];

function fewerAlerts(before: Side, after: Side): readonly string[] {
  const [old, next] = [before, after].map(alertsOf);
  return [...(old ?? [])].flatMap(([name, was]) => {
    const is = next?.get(name);
    if (is === undefined) return [`loses the alert ${name}`];
    const [waited, waits] = [was, is].map((one) => parseDuration(textOf(one["for"] ?? "0s")) ?? 0);
    const [old, severity] = [was, is].map((one) => valueAt(one, "labels.severity"));
    return [
      ...((waits ?? 0) > (waited ?? 0)
        ? [`tells of ${name} after ${textOf(is["for"])}, before after ${textOf(was["for"] ?? 0)}`]
        : []),
      ...(old !== undefined && old !== severity
        ? [`tells of ${name} as ${textOf(severity ?? "of no severity")}, before as ${textOf(old)}`]
        : []),
    ];
  });
}

// One name may stand for several alerts: of those nothing can be compared but that one is there.
function alertsOf(side: Side): ReadonlyMap<string, Mapping> {
  const rules = mappings(valueAt(side, "spec.groups")).flatMap((group) => mappings(group["rules"]));
  const named = rules.filter(({ alert }) => alert !== undefined);
  const counts = new Map<string, number>();
  for (const { alert } of named) counts.set(textOf(alert), (counts.get(textOf(alert)) ?? 0) + 1);
  return new Map(
    named.map((one) => {
      const name = textOf(one["alert"]);
      return [name, counts.get(name) === 1 ? one : {}] as const;
    }),
  );
}

function fewerEvents(before: Side, after: Side): readonly string[] {
  const sources = (side: Side) => mappings(valueAt(side, "spec.eventSources"));
  const left = new Set(sources(after).map(canonical));
  const gone = sources(before).filter((one) => !left.has(canonical(one)));
  const filters = (side: Side, field: string) => textsOf(valueAt(side, `spec.${field}`));
  const had = filters(before, "exclusionList");
  const excluded = filters(after, "exclusionList").filter((one) => !had.includes(one));
  const [was, is] = [before, after].map((side) => valueAt(side, "spec.eventSeverity") === "error");
  const [all, some] = [before, after].map((side) => filters(side, "inclusionList").length === 0);
  return [
    ...gone.map((one) => `tells nothing of ${textOf(one["kind"])} ${textOf(one["name"])} any more`),
    ...excluded.map((one) => `leaves out what matches ${one} (exclusionList)`),
    ...(is === true && was !== true ? ["tells of errors alone (eventSeverity)"] : []),
    ...(all === true && some === false ? ["tells of what matches alone (inclusionList)"] : []),
  ];
}

function isNever(side: Side): boolean {
  const interval = textOf(valueAt(side, "spec.refreshInterval") ?? "1h");
  return /^0[a-z]*$/.test(interval);
}
