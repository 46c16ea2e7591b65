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
}
