// What a YAML text may not hold as it is: control characters, line breaks of YAML 1.1 (U+0085,
// U+2028, U+2029), byte order marks, halves of surrogate pairs.
const special =
  // eslint-disable-next-line no-control-regex
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const allSpecial = new RegExp(special, "g");

// Of a block's first lines Go's readers take spaces for its indentation, and refuse a tab.
const blankStart = /^\n*(?: +\n| *\t)/;

/** Whether it holds characters that only double quotes can hold, by their number. */
export function isSpecial(text: string): boolean {
  return special.test(text);
}

/** Whether a text has to be written in double quotes, some of its characters by their number. */
export function isEscaped(text: string): boolean {
  return special.test(text) || blankStart.test(text);
}

/** The text in double quotes, on one line. */
export function escapedText(text: string): string {
  return JSON.stringify(text).replace(
    allSpecial,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
