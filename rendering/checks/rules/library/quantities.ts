import type { Environment } from "@marcbachmann/cel-js";

const form = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3})|([KMGTPE]i|[numkMGTPE]))?$/;
const powers: Readonly<Record<string, readonly [base: bigint, exponent: number]>> = {
  n: [10n, -9],
  u: [10n, -6],
  m: [10n, -3],
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
/** Values are counted in billionths, the smallest that Kubernetes keeps. */
const unit = 1_000_000_000n;
const largest = 2n ** 63n;

class Quantity {
  readonly billionths: bigint;
  constructor(billionths: bigint) {
    this.billionths = billionths;
  }
}

/** Kubernetes' quantity library. */
export function addQuantities(environment: Environment): void {
  environment.registerType("kubernetes.Quantity", Quantity);
  const type = "kubernetes.Quantity";
  const compare = (a: Quantity, b: Quantity) =>
    a.billionths < b.billionths ? -1n : a.billionths > b.billionths ? 1n : 0n;
  const isWhole = ({ billionths }: Quantity) => billionths % unit === 0n;
  environment
    .registerFunction(`quantity(string): ${type}`, quantityOf)
    .registerFunction("isQuantity(string): bool", (text: string) => form.test(text))
    .registerFunction(`${type}.sign(): int`, (a: Quantity) => compare(a, new Quantity(0n)))
    .registerFunction(`${type}.isInteger(): bool`, isWhole)
    .registerFunction(`${type}.asInteger(): int`, (a: Quantity) => {
      if (!isWhole(a)) throw new Error("asInteger() of a quantity that is no integer");
      return a.billionths / unit;
    })
    .registerFunction(
      `${type}.asApproximateFloat(): double`,
      ({ billionths }: Quantity) => Number(billionths) / Number(unit),
    )
    .registerFunction(`${type}.compareTo(${type}): int`, compare)
    .registerFunction(
      `${type}.isLessThan(${type}): bool`,
      (a: Quantity, b: Quantity) => compare(a, b) < 0n,
    )
    .registerFunction(
      `${type}.isGreaterThan(${type}): bool`,
      (a: Quantity, b: Quantity) => compare(a, b) > 0n,
    )
    .registerOperator(`${type} == ${type}`, (a: Quantity, b: Quantity) => compare(a, b) === 0n);
  for (const [name, sign] of [
    ["add", 1n],
    ["sub", -1n],
  ] as const) {
    environment
      .registerFunction(
        `${type}.${name}(${type}): ${type}`,
        (a: Quantity, b: Quantity) => new Quantity(a.billionths + sign * b.billionths),
      )
      .registerFunction(
        `${type}.${name}(int): ${type}`,
        (a: Quantity, b: bigint) => new Quantity(a.billionths + sign * b * unit),
      );
  }
}

function quantityOf(text: string): Quantity {
  const [, sign = "", digits = "", exponent, suffix] = form.exec(text) ?? [];
  if (digits === "") throw new Error(`${text} is no quantity`);
  const [whole = "", fraction = ""] = digits.split(".");
  const [base, power] =
    suffix === undefined ? ([10n, Number(exponent ?? 0)] as const) : (powers[suffix] ?? [10n, 0]);
  const down = 10n ** BigInt(fraction.length) * (power < 0 ? base ** BigInt(-power) : 1n);
  const up = BigInt(`${whole}${fraction}`) * unit * (power > 0 ? base ** BigInt(power) : 1n);
  // What is smaller than a billionth is rounded away from zero.
  const size = up % down === 0n ? up / down : up / down + 1n;
  if (size >= largest * unit) throw new Error(`${text} is too large`);
  return new Quantity(sign === "-" ? -size : size);
}
