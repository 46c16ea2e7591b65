// Values of expressions and how they turn into one another (documents: "Type casting").
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };

export function toText(value: Value): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

export function toBoolean(value: Value): boolean {
  if (typeof value === "string") return value !== "";
  if (typeof value === "number") return value !== 0;
  if (typeof value === "object") return value !== null;
  return value === true;
}

function toNumber(value: Value): number {
  if (value === null || value === undefined || value === "") return 0;
  return Number(typeof value === "boolean" ? (value ? 1 : 0) : toText(value));
}

/** The right side takes the type of the left; text is compared without regard to case. */
export function equal(left: Value, right: Value): boolean {
  switch (typeof left) {
    case "string":
      return left.toLowerCase() === toText(right).toLowerCase();
    case "number":
      return left === toNumber(right);
    case "boolean":
      return left === (typeof right === "string" ? truth(right) : toBoolean(right));
    default:
      return left === right || (left ?? null) === (right === "" ? null : (right ?? null));
  }
}

export function compare(left: Value, right: Value): number {
  if (typeof left === "number") return left - toNumber(right);
  const [a, b] = [toText(left).toLowerCase(), toText(right).toLowerCase()];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A property, whatever its case; missing ones are undefined. */
export function property(of: Value, name: Value): Value {
  if (Array.isArray(of)) return (of as readonly Value[])[toNumber(name)];
  if (typeof of !== "object" || of === null) return undefined;
  const wanted = toText(name).toLowerCase();
  const found = Object.entries(of).find(([key]) => key.toLowerCase() === wanted);
  return found?.[1];
}

function truth(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}
