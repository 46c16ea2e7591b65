const form = /^\s*\d+(\.\s*\d+){1,3}\s*$/;

/** A version, as 1.2.3: two to four whole numbers. */
export class Version {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }

  static read(text: string): Version | undefined {
    return form.test(text) ? Version.of(text) : undefined;
  }

  /** Of a text that is known to be one. */
  static of(text: string): Version {
    return new Version(text.split(".").map(Number).join("."));
  }

  /** Below, equal or above zero. A part that is missing is below 0. */
  compare(other: Version): number {
    const [a, b] = [this.text, other.text].map((one) => one.split(".").map(Number));
    for (let index = 0; index < 4; index += 1) {
      const difference = (a?.[index] ?? -1) - (b?.[index] ?? -1);
      if (difference !== 0) return difference;
    }
    return 0;
  }
}
