import { isEmpty, PipelineError, textOf, type Entry, type MapNode, type Node } from "./node.ts";

/** A mapping whose keys are all known; what is not fails with its place. */
export type Fields = {
  readonly node: MapNode;
  readonly text: (key: string) => string | undefined;
  readonly flag: (key: string) => boolean | undefined;
  readonly child: (key: string) => Node | undefined;
  readonly list: (key: string) => readonly Node[];
  readonly texts: (key: string) => readonly string[] | undefined;
  readonly map: (key: string) => readonly Entry[];
};

/** @throws PipelineError for the first key that is not among `known`. */
export function readFields(node: Node, what: string, known: readonly string[]): Fields {
  return readSomeFields(node, { what, known, elsewhere: {} });
}

/**
 * As `readFields`, where the service knows more keys than the sandbox.
 * @param expected `elsewhere` are those keys, with why they are not done.
 */
export function readSomeFields(
  node: Node,
  expected: {
    readonly what: string;
    readonly known: readonly string[];
    readonly elsewhere: Readonly<Record<string, string>>;
  },
): Fields {
  const { what, known, elsewhere } = expected;
  if (node.kind !== "map") throw new PipelineError(`${what} must be a mapping`, node.at);
  const unknown = node.entries.find(({ key }) => !known.includes(key));
  if (unknown) {
    const why = elsewhere[unknown.key];
    throw new PipelineError(
      why === undefined
        ? `the sandbox does not know \`${unknown.key}\` in ${what}`
        : `\`${unknown.key}\` of ${what} is not done in the sandbox: ${why}`,
      unknown.at,
    );
  }
  const get = (key: string) => node.entries.find((one) => one.key === key)?.value;
  const text = (key: string) => {
    const value = get(key);
    if (isEmpty(value)) return undefined;
    if (value?.kind === "scalar") return textOf(value);
    throw new PipelineError(`\`${key}\` must be a text`, value?.at ?? node.at);
  };
  return {
    node,
    child: (key) => {
      const value = get(key);
      return isEmpty(value) ? undefined : value;
    },
    text,
    flag: (key) => {
      const value = text(key)?.toLowerCase();
      if (value === undefined) return undefined;
      if (["true", "y", "yes", "on"].includes(value)) return true;
      if (["false", "n", "no", "off"].includes(value)) return false;
      throw new PipelineError(`\`${key}\` must be true or false`, get(key)?.at ?? node.at);
    },
    list: (key) => {
      const value = get(key);
      if (value === undefined || isEmpty(value)) return [];
      if (value.kind === "list") return value.items;
      throw new PipelineError(`\`${key}\` must be a list`, value.at);
    },
    texts: (key) => {
      const value = get(key);
      if (value === undefined) return undefined;
      return textsOf(value, key);
    },
    map: (key) => {
      const value = get(key);
      if (value === undefined || isEmpty(value)) return [];
      if (value.kind === "map") return value.entries;
      throw new PipelineError(`\`${key}\` must be a mapping`, value.at);
    },
  };
}

/** One text, or a list of them. */
export function textsOf(value: Node, what: string): readonly string[] {
  const items = value.kind === "list" ? value.items : isEmpty(value) ? [] : [value];
  return items.map((item) => {
    const text = textOf(item);
    if (text !== undefined) return text;
    throw new PipelineError(`\`${what}\` must be a text or a list of texts`, item.at);
  });
}

/** What a stage or job waits for: templates write the empty text where it waits for nothing. */
export function readDependencies(fields: Fields): readonly string[] | undefined {
  return fields.texts("dependsOn")?.filter((one) => one !== "");
}

/** A mapping of texts, as `env` and `inputs` are. */
export function textMap(entries: readonly Entry[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.map(({ key, value, at }) => {
      if (value.kind === "scalar") return [key, textOf(value) ?? ""];
      throw new PipelineError(`\`${key}\` must be a text`, at);
    }),
  );
}
