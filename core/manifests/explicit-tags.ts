// What an explicit tag makes of a scalar, as Go's readers of YAML (kubectl, Helm, kustomize) take it:
// the text must be of that type, in quotes or not. A set is a mapping there and an ordered mapping a
// list, as they are written. Held against Flux' build by test/kube/yaml-reading.test.ts.
import type { ScalarTag } from "yaml";

type Readers = {
  readonly number: (text: string) => unknown;
  readonly flag: (text: string) => boolean | undefined;
  readonly time: (text: string) => string | undefined;
};

const core = "tag:yaml.org,2002:";
const isDecimal = /^[-+]?[0-9_]*(?:\.|[eE])/;
const odd = /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/;

export function explicitTags({ number, flag, time }: Readers): readonly ScalarTag[] {
  const tag = (name: string, read: (text: string) => unknown): ScalarTag => ({
    tag: `${core}${name}`,
    resolve: (text, onError) => {
      const value = read(text);
      if (value === undefined) onError(`${text} is no !!${name}`);
      return value === undefined ? text : value;
    },
  });
  return [
    tag("int", (text) => (isDecimal.test(text) ? undefined : number(text))),
    tag("float", (text) => (odd.test(text) ? Number.POSITIVE_INFINITY : number(text))),
    tag("bool", flag),
    tag("null", (text) => (/^(?:~|null|Null|NULL|)$/.test(text) ? null : undefined)),
    tag("timestamp", time),
    tag("binary", plainBytes),
  ];
}

function plainBytes(text: string): string | undefined {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll(/\s/g, "")), (one) => one.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
