/**
 * A mapping that YAML gives to a template: its keys are found whatever their case. Those of a run's
 * own parameters are not: they come as JSON.
 */
export class TemplateMap<Value> extends Map<string, Value> {
  /** Under a key in any case. */
  find(key: string): { readonly value: Value } | undefined {
    const lower = key.toLowerCase();
    for (const [name, value] of this) if (name.toLowerCase() === lower) return { value };
    return undefined;
  }
}
