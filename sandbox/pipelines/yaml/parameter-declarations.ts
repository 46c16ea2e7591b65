import type { ListKind } from "./expansion.ts";
import { entry, isEmpty, PipelineError, textOf, type Node, type Place } from "./node.ts";
import { fillText } from "./fill-text.ts";

export type Declaration = {
  readonly name: string;
  readonly type: string;
  readonly at: Place;
  /** Undefined: a value must be given. */
  readonly default: Node | undefined;
  readonly allowed: readonly string[] | undefined;
};

const lists: Readonly<Record<string, ListKind>> = {
  ...{ stepList: "steps", jobList: "jobs", deploymentList: "jobs", stageList: "stages" },
};
const single: Readonly<Record<string, ListKind>> = {
  ...{ step: "steps", job: "jobs", deployment: "jobs", stage: "stages" },
};

/** What a parameter of such a type is a list of, if it is one. */
export function listKindOf(type: string): ListKind | undefined {
  return lists[type];
}

/** What a parameter of such a type is one of, if it is that. */
export function itemKindOf(type: string): ListKind | undefined {
  return single[type];
}

/**
 * The parameters that a file declares, in both forms: a list of typed declarations, or a mapping of
 * names to defaults. @throws PipelineError for a name that stands twice
 */
export function readDeclarations(node: Node | undefined): readonly Declaration[] {
  if (node?.kind === "map") {
    return node.entries.map(({ key, value, at }) => ({
      ...{ name: key, type: "legacy", at, default: value, allowed: undefined },
    }));
  }
  const declared = node?.kind === "list" ? node.items.map(declaration) : [];
  const seen = new Set<string>();
  for (const { name, at } of declared) {
    if (seen.has(name.toLowerCase())) {
      throw new PipelineError(
        `The '${name}' parameter is declared more than once in the parameter list.`,
        at,
      );
    }
    seen.add(name.toLowerCase());
  }
  return declared;
}

function declaration(item: Node): Declaration {
  const name = textOf(entry(item, "name"));
  if (name === undefined) throw new PipelineError("A parameter needs a name", item.at);
  const allowed = entry(item, "values");
  return {
    ...{ name, type: textOf(entry(item, "type")) ?? "string", at: item.at },
    default: defaultOf(entry(item, "default")),
    allowed: allowed?.kind === "list" ? allowed.items.map((one) => textOf(one) ?? "") : undefined,
  };
}

// `default:` with nothing is an empty text. `${{ 'x' }}` is the text itself.
function defaultOf(node: Node | undefined): Node | undefined {
  if (!node || !isEmpty(node)) return node && literal(node);
  return { kind: "scalar", value: "", at: node.at };
}

function literal(node: Node): Node {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "string" ? fillText(node.value, node.at, { names: {} }) : node;
    case "list":
      return { ...node, items: node.items.map(literal) };
    case "map":
      return {
        ...node,
        entries: node.entries.map((one) => ({ ...one, value: literal(one.value) })),
      };
  }
}
