import { isScalar } from "yaml";
import type { ScalarTag, Schema } from "yaml";

// Of letters these alone begin words that are no texts: true, false, null, and y, n, on, off of 1.1.
const surelyText = /^[A-EG-MP-SU-XZa-eg-mp-su-xz]/;

/** What a schema makes of unquoted texts, as the parser asks it. */
export function unquotedValues(schema: Schema): (source: string) => unknown {
  const tags = schema.tags.filter(
    (tag): tag is ScalarTag & { test: RegExp } => tag.default === true && tag.test !== undefined,
  );
  return (source) => {
    if (surelyText.test(source)) return source;
    const tag = tags.find(({ test }) => test.test(source));
    if (tag === undefined) return source;
    const value = tag.resolve(source, () => undefined, {});
    return isScalar(value) ? value.value : value;
  };
}
