import { Decimal } from "./decimal.ts";

// Numbers in texts may have thousands separators and blanks around them.
const form = /^\s*[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)\s*$/;

export function readNumber(text: string): Decimal | undefined {
  return form.test(text) ? Decimal.read(text.replaceAll(",", "").trim()) : undefined;
}

/** As expressions write it, with at most seven places. */
export function formatNumber(value: Decimal): string {
  return value.toText(7);
}
