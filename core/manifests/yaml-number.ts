// What Go's YAML readers (of kubectl, Helm and kustomize alike) take an unquoted text for. They ask
// strconv: 0x1F, 0b1, 0o17 and 017 are whole numbers, 08 is 8, 1_000 is 1000; what is beyond float64
// (a commit like 83e2010) is a text.

const whole = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Longer ones are texts: so many digits count nothing, and take time to read. */
const longest = 1_000;

/** What may be a number; every other text is none. */
export const mayBeNumber = /^(?:[-+][._]*|\.?)[0-9][0-9A-Za-z_.+-]*$/;

/** The number that an unquoted text is: bigint beyond 2^53; undefined when it is a text. */
export function yamlNumber(source: string): number | bigint | undefined {
  if (source.length > longest) return undefined;
  // Underscores may group the digits of what does not begin with a point.
  const text = source.startsWith(".") ? source : source.replaceAll("_", "");
  const [, sign, hex, bits, octal, digits] = whole.exec(text) ?? [];
  const written = hex ? `0x${hex}` : bits ? `0b${bits}` : octal ? `0o${octal}` : digits;
  if (written !== undefined) {
    const value = BigInt(written) * (sign === "-" ? -1n : 1n);
    if (value >= -(2n ** 63n) && value < 2n ** 64n) return exact(value);
    if (digits === undefined) return undefined;
  }
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
