// Kubernetes' quantities: `100m` = 0.1, `1Gi` = 1073741824. Exact: in binary floating point 700m
// and 0.7 are two amounts.
const suffixes: Readonly<Record<string, readonly [base: bigint, exponent: number]>> = {
  n: [10n, -9],
  u: [10n, -6],
  m: [10n, -3],
  "": [10n, 0],
  k: [10n, 3],
  M: [10n, 6],
  G: [10n, 9],
  T: [10n, 12],
  P: [10n, 15],
  E: [10n, 18],
  Ki: [2n, 10],
  Mi: [2n, 20],
  Gi: [2n, 30],
  Ti: [2n, 40],
  Pi: [2n, 50],
  Ei: [2n, 60],
};
const form =
  /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;
const nano = 10n ** 9n;
const longest = 60;

/** Billionths, rounded up as the API server does; undefined for what is no quantity. */
export function quantity(value: unknown): bigint | undefined {
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : value;
  if (typeof text !== "string" || text.length > longest) return undefined;
  const [matched, sign, whole = "", fraction = "", exponent, suffix = ""] = form.exec(text) ?? [];
  if (matched === undefined || whole + fraction === "") return undefined;
  const [base, power] = exponent
    ? ([10n, Number(exponent)] as const)
    : (suffixes[suffix] ?? [10n, 0]);
  const up = BigInt(whole + fraction) * nano * (power > 0 ? base ** BigInt(power) : 1n);
  const down = 10n ** BigInt(fraction.length) * (power < 0 ? base ** BigInt(-power) : 1n);
  const amount = (up + down - 1n) / down;
  return sign === "-" ? -amount : amount;
}
