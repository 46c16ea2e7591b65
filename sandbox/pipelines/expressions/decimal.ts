// Numbers of expressions are decimals of 96 bits, as the vendor's open library has them: digits
// count exactly where binary fractions and whole numbers above 2^53 would not.
const limit = 2n ** 96n - 1n;
const deepest = 28;

/** `units` divided by ten to the power of `scale`. */
export class Decimal {
  readonly units: bigint;
  readonly scale: number;
  private constructor(units: bigint, scale: number) {
    this.units = units;
    this.scale = scale;
  }

  /** Of digits with at most one point; undefined for what has more digits before it than fit. */
  static read(text: string): Decimal | undefined {
    const [, sign = "", whole = "", fraction = ""] = /^([+-]?)(\d*)\.?(\d*)$/.exec(text) ?? [];
    if (whole + fraction === "") return undefined;
    let units = BigInt(whole + fraction);
    let scale = fraction.length;
    while (scale > 0 && (scale > deepest || units > limit || units % 10n === 0n)) {
      units = dividedByTen(units);
      scale -= 1;
    }
    return units > limit ? undefined : new Decimal(sign === "-" ? -units : units, scale);
  }

  static of(value: number): Decimal {
    const text = Number.isInteger(value) ? BigInt(value).toString() : value.toFixed(deepest - 8);
    return Decimal.read(text) ?? new Decimal(0n, 0);
  }

  /** Below, equal or above zero. */
  compare(other: Decimal): number {
    const scale = Math.max(this.scale, other.scale);
    const difference = this.unitsAt(scale) - other.unitsAt(scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get isZero(): boolean {
    return this.units === 0n;
  }

  /** As text with at most so many places, halves away from zero. */
  toText(places: number): string {
    let { units, scale } = this;
    for (; scale > places; scale -= 1) units = dividedByTen(units);
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, "0");
    const whole = digits.slice(0, digits.length - scale);
    const fraction = digits.slice(digits.length - scale).replace(/0+$/, "");
    return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
  }

  /** Without its fraction. */
  get whole(): number {
    return Number(this.units / 10n ** BigInt(this.scale));
  }

  toNumber(): number {
    return Number(this.toText(deepest));
  }

  private unitsAt(scale: number): bigint {
    return this.units * 10n ** BigInt(scale - this.scale);
  }
}

function dividedByTen(units: bigint): bigint {
  const rest = units % 10n;
  const quotient = units / 10n;
  if (rest >= 5n) return quotient + 1n;
  return rest <= -5n ? quotient - 1n : quotient;
}
