import { isRecord } from "../manifests/parse.ts";
import { isVisible, quotedText } from "./visible-text.ts";
import { isKnownType, type ObjectType } from "./object-type.ts";

/** Keys of mappings, and items of lists by what names them. */
export type PathStep = string | ItemStep;
export type ItemStep = {
  /** What names the item: `api`, `8080/TCP`, `#2` where only its position does. */
  readonly item: string;
  /** Position in the list; absent on the side where the item is not. */
  readonly before?: number;
  readonly after?: number;
};
export type Path = readonly PathStep[];

/** The keys of a path, without what names the items of lists. */
export function keysOf(path: Path): readonly string[] {
  return path.filter((step) => typeof step === "string");
}

/** What a step leads to on one side of an edit; undefined where nothing is there. */
export function childAt(value: unknown, step: PathStep, side: "before" | "after"): unknown {
  if (typeof step === "string") {
    return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return Array.isArray(value) ? (value as unknown[])[step[side] ?? -1] : undefined;
}

/** Whether a path leads into what pods are made of: an edit there replaces them. */
export function inPodTemplate(path: Path, type: ObjectType): boolean {
  if (type.kind === "Pod") return path[0] === "spec";
  if (!isKnownType(type)) return keysOf(path).includes("template");
  return path[0] === "spec" && (path[1] === "template" || path[1] === "jobTemplate");
}

/** `spec.template.spec.containers[api].image`, `metadata.labels["helm.sh/chart"]`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step !== "string")
        return `[${isVisible(step.item) ? step.item : quotedText(step.item)}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `[${quotedText(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
