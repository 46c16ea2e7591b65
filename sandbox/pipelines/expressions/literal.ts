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
    return /^0x/.test(this.text) ? Decimal.of(this.value) : (Decimal.read(this.text) ?? this.text);
  }
}
