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

/** `spec.template.spec.containers[api].image`, `metadata.labels["helm.sh/chart"]`. */
export function pathText(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step !== "string") return `[${step.item}]`;
      if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}
