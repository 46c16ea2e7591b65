import { isRecord } from "../manifests/parse.ts";

type Values = Readonly<Record<string, unknown>>;

/** Mappings merged key by key as Helm merges values files: the later wins, lists are replaced. */
export function mergeValues(...layers: readonly Values[]): Values {
  return layers.reduce<Values>((merged, layer) => {
    const result: Record<string, unknown> = { ...merged };
    for (const [key, value] of Object.entries(layer)) {
      const before = result[key];
      // A key named __proto__ would otherwise change the object's prototype.
      if (key === "__proto__") continue;
      result[key] = isRecord(before) && isRecord(value) ? mergeValues(before, value) : value;
    }
    return result;
  }, {});
}

/** The value at a dotted path (`api.replicas`); a key that holds the dots itself wins. */
export function valueAt(values: Values, path: string): unknown {
  if (Object.hasOwn(values, path)) return values[path];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const child = Object.hasOwn(values, path.slice(0, dot))
      ? values[path.slice(0, dot)]
      : undefined;
    if (isRecord(child)) return valueAt(child, path.slice(dot + 1));
  }
  return undefined;
}
