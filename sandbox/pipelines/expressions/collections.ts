import { TemplateMap } from "./template-map.ts";
import { isCollection, plain, tryNumber, tryText, type Names, type Value } from "./values.ts";

/** The pairs of a mapping, in their order. Nothing else has any. */
export function entriesOf(given: Value): readonly (readonly [string, Value])[] {
  const value = plain(given);
  if (!isCollection(value) || Array.isArray(value)) return [];
  return value instanceof Map
    ? [...(value as ReadonlyMap<string, Value>)]
    : Object.entries(value as Names);
}

export function elementsOf(given: Value): readonly Value[] {
  const value = plain(given);
  return Array.isArray(value)
    ? (value as readonly Value[])
    : entriesOf(value).map(([, one]) => one);
}

/** What stands under a name or index; undefined when nothing does, which `null` is not. */
export function property(of: Value, index: Value): { readonly value: Value } | undefined {
  const value = plain(of);
  if (!isCollection(value)) return undefined;
  if (Array.isArray(value)) {
    // Nothing, the empty text included, counts as 0.
    const at = tryNumber(index);
    const list = value as readonly Value[];
    return !at || at.units < 0n || at.whole >= list.length ? undefined : { value: list[at.whole] };
  }
  const name = tryText(index);
  if (name === undefined) return undefined;
  if (value instanceof TemplateMap) return (value as TemplateMap<Value>).find(name);
  // Keys of JSON are compared exactly, names that the engine offers are not.
  if (value instanceof Map) {
    const map = value as ReadonlyMap<string, Value>;
    return map.has(name) ? { value: map.get(name) } : undefined;
  }
  const lower = name.toLowerCase();
  const found = Object.entries(value).find(([key]) => key.toLowerCase() === lower);
  return found && { value: found[1] as Value };
}
