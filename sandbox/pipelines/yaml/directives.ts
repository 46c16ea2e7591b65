// `${{ if }}`, `elseif`, `else`, `each` and `insert` as keys: what stands in their place.
import { elementsOf, entriesOf } from "../expressions/collections.ts";
import { evaluate, type Scope } from "../expressions/evaluate.ts";
import { kindOf, plain, toBoolean, toText, type Value } from "../expressions/values.ts";
import { atPlace } from "./fill-text.ts";
import { PipelineError, type Entry, type Node, type Place } from "./node.ts";
import { readTemplateText } from "./template-text.ts";

/** Whether the `if` before has been taken; undefined when there is none. */
export type Chain = { taken: boolean | undefined };
export type Branch = { readonly value: Node; readonly scope: Scope };

/**
 * Undefined when the entry is no directive; otherwise what stands in its place. Other entries may
 * stand between an `if` and its `else`. @throws PipelineError
 */
export function selectBranches(
  one: Entry,
  chain: Chain,
  scope: Scope,
): readonly Branch[] | undefined {
  if (!one.key.includes("${{")) return undefined;
  const read = atPlace(one.at, () => readTemplateText(one.key));
  if (read.kind !== "directive") return undefined;
  const { directive, parts } = read;
  const [first = "", , list = ""] = parts;
  const here = { value: one.value, scope };
  switch (directive) {
    case "if":
      chain.taken = toBoolean(valueAt(first, one.at, scope));
      return chain.taken ? [here] : [];
    case "elseif": {
      const before = takenBefore(chain, one, directive);
      if (!before) chain.taken = toBoolean(valueAt(first, one.at, scope));
      return !before && chain.taken ? [here] : [];
    }
    case "else": {
      const before = takenBefore(chain, one, directive);
      chain.taken = undefined;
      return before ? [] : [here];
    }
    case "insert":
      return [here];
    case "each":
      return rounds(valueAt(list, one.at, scope), one.at).map((element) => ({
        value: one.value,
        scope: { ...scope, names: { ...scope.names, [first]: element } },
      }));
  }
}

function takenBefore({ taken }: Chain, { at }: Entry, directive: string): boolean {
  if (taken !== undefined) return taken;
  throw new PipelineError(`The directive '${directive}' must follow the directive 'if'`, at);
}

// Mappings are walked as pairs {key, value}.
function rounds(list: Value, at: Place): readonly Value[] {
  switch (kindOf(list)) {
    case "Array":
      return elementsOf(list);
    case "Object":
      return entriesOf(list).map(([key, value]) => ({ key, value }));
    // A key that an element has not is an empty loop; a written null is an empty text, and no list.
    case "Null":
      return [];
    default:
      throw new PipelineError(
        `Expected a sequence or mapping. Actual value '${toText(plain(list))}'`,
        at,
      );
  }
}

function valueAt(text: string, place: Place, scope: Scope): Value {
  return atPlace(place, () => evaluate(text, scope));
}
