/**
 * A number or boolean of YAML, with its spelling: `007` counts as 7 in an expression, and is `007`
 * where it is put as it stands.
 */
export class Literal {
  readonly value: number | boolean;
  readonly text: string;
  constructor(value: number | boolean, text: string) {
    this.value = value;
    this.text = text;
  }

  /** Whole numbers keep every digit: the service counts in decimals. */
  get digits(): string | undefined {
    const whole = typeof this.value === "number" && /^-?\d{1,28}$/.test(this.text);
    return whole ? BigInt(this.text).toString() : undefined;
  }
}
