import { Decimal } from "./decimal.ts";

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

  /** What it counts as; a number that is longer than any counts as its text. */
  get meaning(): Decimal | boolean | string {
    if (typeof this.value === "boolean") return this.value;
    const digits = this.text.startsWith("0x") ? BigInt(this.text).toString() : this.text;
    return Decimal.read(digits) ?? this.text;
  }
}
