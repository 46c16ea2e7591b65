// Numbers are decimals: as text at most seven places, read with thousands separators and blanks.
const form = /^\s*[+-]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)\s*$/;

export function readNumber(text: string): number | undefined {
  return form.test(text) ? Number(text.replaceAll(",", "")) : undefined;
}

export function formatNumber(value: number): string {
  if (Number.isInteger(value)) {
    return Object.is(value, -0) ? "0" : BigInt(value).toString();
  }
  const text = value.toFixed(7).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}
