import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, Scalar } from "yaml";
import type { Document } from "yaml";

/** What no reader of Kubernetes takes, and where it stands. */
export type NodeProblem = { readonly offset: number; readonly message: string };

type Anchor = { readonly isOpen: boolean; readonly size: number; readonly node: unknown };

export type CheckedNodes = {
  readonly problem?: NodeProblem;
  /** Values that it has, aliases expanded. */
  readonly size: number;
};

/**
 * What is wrong with a document that the parser takes: a key that its mapping has already (the
 * parser's own check compares each key with each: a minute for 80,000), a number that JSON cannot
 * hold, an alias that leads nowhere, or more values than `maxValues` once aliases are expanded
 * ("billion laughs"). Its nesting is bounded already.
 */
export function checkNodes({ contents }: Document.Parsed, maxValues: number): CheckedNodes {
  const anchors = new Map<string, Anchor>();
  let found: NodeProblem | undefined;
  const size = sizeOf(contents);
  return { size, ...(found ? { problem: found } : {}) };

  function refuse(node: unknown, message: string): number {
    const { range } = node as { readonly range?: readonly number[] | null };
    found ??= { offset: range?.[0] ?? 0, message };
    return 0;
  }

  function sizeOf(node: unknown): number {
    if (found) return 0;
    if (isAlias(node)) {
      const anchor = anchors.get(node.source);
      if (anchor === undefined) return refuse(node, `no anchor &${node.source} in this document`);
      if (anchor.isOpen) return refuse(node, `*${node.source} stands inside of its own anchor`);
      return anchor.size;
    }
    if (isPair(node)) {
      const size = sizeOf(node.key) + sizeOf(node.value);
      refuseMerge(node.key, node.value);
      return size;
    }
    const name = isCollection(node) || isScalar(node) ? node.anchor : undefined;
    if (name !== undefined) anchors.set(name, { isOpen: true, size: 0, node });
    if (isScalar(node)) refuseUnheld(node);
    let size = 1;
    for (const item of isCollection(node) ? node.items : []) {
      size += sizeOf(item);
      if (size > maxValues) return refuse(node, "more than 1,000,000 values, aliases expanded");
    }
    // A key may be an alias of what stands before it in the same mapping.
    if (isMap(node)) refuseRepeated(node.items);
    if (name !== undefined) anchors.set(name, { isOpen: false, size, node });
    return size;
  }

  function refuseRepeated(items: readonly { readonly key: unknown }[]): void {
    const seen = new Set<unknown>();
    for (const { key: written } of items) {
      const key = isAlias(written) ? anchors.get(written.source)?.node : written;
      if (isAlias(written) && !isScalar(key)) refuse(written, "a key must be a text");
      if (!isScalar(key)) continue;
      const text = String(key.value);
      if (seen.has(text)) refuse(written, `not valid YAML: the key "${text}" is there twice`);
      seen.add(text);
    }
  }

  function refuseMerge(key: unknown, value: unknown): void {
    if (!isScalar(key) || key.value !== "<<" || key.type !== Scalar.PLAIN) return;
    const sources = isSeq(value) ? value.items : [value];
    const odd = sources.find((each) => {
      const source = isAlias(each) ? anchors.get(each.source)?.node : each;
      return !isMap(source);
    });
    if (odd !== undefined || sources.includes(null)) {
      refuse(odd ?? key, "<< takes a mapping, an alias of one, or a list of these");
    }
  }

  function refuseUnheld(node: { readonly value: unknown; readonly source?: string }): void {
    if (typeof node.value !== "number" || Number.isFinite(node.value)) return;
    const text = node.source ?? String(node.value);
    refuse(node, `${text} is a number that JSON cannot hold: put it in quotes if it is a text`);
  }
}
