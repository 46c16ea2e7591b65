import type { Environment } from "@marcbachmann/cel-js";
import { quantity } from "../../../../core/manifests/quantity.ts";

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
    .registerFunction("isQuantity(string): bool", (text: string) => quantity(text) !== undefined)
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
  const billionths = quantity(text);
  if (billionths === undefined) throw new Error(`${text} is no quantity`);
  const size = billionths < 0n ? -billionths : billionths;
  if (size >= largest * unit) throw new Error(`${text} is too large`);
  return new Quantity(billionths);
}
