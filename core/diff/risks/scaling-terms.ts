// On what an autoscaler acts: HorizontalPodAutoscaler, and ScaledObject of KEDA.
import { quantity } from "../../manifests/quantity.ts";
import { type Mapping, mappings } from "../pod-spec.ts";
import type { ObjectChange } from "../object-change.ts";
import { textOf, valueAt } from "../values.ts";
import { isScaler } from "./scaled-down.ts";

/** What it scales, and the measures by which it does; in sentences. */
export function scalingTerms({ before, after, identity }: ObjectChange): readonly string[] {
  if (identity.kind === "VerticalPodAutoscaler") return resizing(before, after);
  if (!isScaler(identity) || before === undefined || after === undefined) return [];
  const [old, next] = [measuresOf(before), measuresOf(after)];
  const lost = [...old.keys()].filter((name) => !next.has(name));
  const later = [...next].flatMap(([name, measure]) => {
    const was = old.get(name);
    const [from, to] = [was && targetOf(was), targetOf(measure)];
    const [least, now] = [quantity(from), quantity(to)];
    const isLater = least !== undefined && now !== undefined && now * 2n > least * 3n;
    return isLater ? [`scales by ${name} at ${textOf(to)} instead of ${textOf(from)}`] : [];
  });
  return [
    ...(targetName(before) === targetName(after)
      ? []
      : [`scales ${targetName(after)} instead of ${targetName(before)}, which keeps what it has`]),
    ...(!scalesUp(after) && scalesUp(before) ? ["no longer scales up (behavior.scaleUp)"] : []),
    ...lost.map((name) => `no longer scales by ${name}`),
    ...later,
  ];
}

function scalesUp(scaler: unknown): boolean {
  const fields = ["spec.behavior", "spec.advanced.horizontalPodAutoscalerConfig.behavior"];
  return fields.every((field) => valueAt(scaler, `${field}.scaleUp.selectPolicy`) !== "Disabled");
}

/** A VerticalPodAutoscaler that begins to restart pods; without a word it does. */
function resizing(before: unknown, after: unknown): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [before, after].map((side) =>
    textOf(valueAt(side, "spec.updatePolicy.updateMode") ?? "Auto"),
  );
  const waits = /^(Off|Initial)$/;
  return waits.test(was ?? "") && !waits.test(is ?? "")
    ? [`replaces pods to set their requests (updateMode ${is ?? ""})`]
    : [];
}

function targetName(scaler: unknown): string {
  const { kind = "Deployment", name } = (valueAt(scaler, "spec.scaleTargetRef") ?? {}) as Mapping;
  return `${textOf(kind)} ${textOf(name)}`;
}

/** By what identifies them: `Resource cpu`, `azure-servicebus`. */
function measuresOf(scaler: unknown): ReadonlyMap<string, Mapping> {
  const listed = mappings(valueAt(scaler, "spec.metrics"));
  const isByItself = listed.length === 0 && valueAt(scaler, "kind") === "HorizontalPodAutoscaler";
  const metrics = (isByItself ? [byCpu(scaler)] : listed).map((one) => {
    const type = textOf(one["type"]);
    const source = valueAt(one, type.charAt(0).toLowerCase() + type.slice(1));
    const name = valueAt(source, "name") ?? valueAt(source, "metric.name") ?? "";
    return [`${type} ${textOf(name)}`.trim(), one] as const;
  });
  const triggers = mappings(valueAt(scaler, "spec.triggers")).map((one) => {
    return [textOf(one["name"] ?? one["type"]), one] as const;
  });
  return new Map([...metrics, ...triggers]);
}

/** What a HorizontalPodAutoscaler without metrics scales by (kubernetes/pkg/apis/autoscaling). */
function byCpu(scaler: unknown): Mapping {
  const averageUtilization = valueAt(scaler, "spec.targetCPUUtilizationPercentage") ?? 80;
  return { type: "Resource", resource: { name: "cpu", target: { averageUtilization } } };
}

const targets = ["averageUtilization", "averageValue", "value"];

function targetOf(measure: Mapping): unknown {
  const ofTrigger = valueAt(measure, "metadata.value") ?? valueAt(measure, "metadata.threshold");
  const target = Object.values(measure)
    .map((source) => valueAt(source, "target"))
    .find((one) => one !== undefined);
  const ofMetric = targets.map((field) => valueAt(target, field)).find((one) => one !== undefined);
  return ofMetric ?? ofTrigger;
}
