import type { Variable } from "./model.ts";
import { isEmpty, PipelineError, textOf, type Node } from "./node.ts";
import { readFields } from "./read-fields.ts";

/** `variables` in both forms: a mapping, or a list of values and groups. */
export function readVariables(node: Node | undefined): readonly Variable[] {
  if (node === undefined || isEmpty(node)) return [];
  if (node.kind === "map") {
    return node.entries.map(({ key, value, at }) => {
      if (value.kind !== "scalar") {
        throw new PipelineError(`the value of variable ${key} must be a text`, at);
      }
      return { kind: "value", name: key, value: textOf(value) ?? "", isReadOnly: false };
    });
  }
  if (node.kind !== "list") throw new PipelineError("variables must be a list or mapping", node.at);
  return node.items.map((item) => {
    const fields = readFields(item, "a variable", ["name", "value", "group", "readonly"]);
    const [name, group] = [fields.text("name"), fields.text("group")];
    if (group !== undefined) return { kind: "group", group };
    if (name === undefined) throw new PipelineError("a variable needs a name", item.at);
    return {
      ...{ kind: "value", name, value: fields.text("value") ?? "" },
      isReadOnly: fields.flag("readonly") ?? false,
    };
  });
}
