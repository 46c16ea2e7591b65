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
    const exact = BigInt(whole + fraction);
    for (let scale = Math.min(fraction.length, deepest); scale >= 0; scale -= 1) {
      const units = withoutPlaces(exact, fraction.length - scale);
      if (units <= limit) return new Decimal(sign === "-" ? -units : units, scale);
    }
    return undefined;
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
    const scale = Math.min(this.scale, places);
    const units = withoutPlaces(this.units, this.scale - scale);
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

// Rounded once, halves away from zero: place by place, 0.45 would become 0.5 and that 1.
function withoutPlaces(units: bigint, places: number): bigint {
  const divisor = 10n ** BigInt(places);
  const half = divisor / 2n;
  return (units + (units < 0n ? -half : half)) / divisor;
}
