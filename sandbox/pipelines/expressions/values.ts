// Values of expressions and how they turn into one another (documents: "Type casting").
export type Value =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Value[]
  | { readonly [name: string]: Value };

export function isCollection(value: Value): value is Exclude<Value & object, null> {
  return typeof value === "object" && value !== null;
}

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

// NaN where the documents have no number for it: such a comparison is false.
function toNumber(value: Value): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "object") return Number.NaN;
  const text = String(value).trim();
  return text === "" ? 0 : Number(text);
}

const version = /^\d+(\.\d+){1,3}$/;

/** The right side takes the type of the left; text is compared without regard to case. */
export function equal(left: Value, right: Value): boolean {
  switch (typeof left) {
    case "string":
      return !isCollection(right) && left.toLowerCase() === toText(right).toLowerCase();
    case "number":
      return left === toNumber(right);
    case "boolean":
      return left === (typeof right === "string" ? truth(right) : toBoolean(right));
    default:
      return left === right || (left ?? null) === (right === "" ? null : (right ?? null));
  }
}

/** Below, equal or above zero; NaN where the two cannot be compared. */
export function compare(left: Value, right: Value): number {
  if (typeof left === "number" || typeof left === "boolean") {
    return toNumber(left) - toNumber(right);
  }
  const [a, b] = [toText(left).toLowerCase(), toText(right).toLowerCase()];
  if (version.test(a) && version.test(b) && a.split(".").length > 2) return versions(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

function versions(left: string, right: string): number {
  const [a, b] = [left, right].map((one) => one.split(".").map(Number));
  for (let index = 0; index < 4; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A property, whatever its case; missing ones are undefined. */
export function property(of: Value, name: Value): Value {
  if (Array.isArray(of)) return (of as readonly Value[])[toNumber(name)];
  if (!isCollection(of)) return undefined;
  const wanted = toText(name).toLowerCase();
  const found = Object.entries(of).find(([key]) => key.toLowerCase() === wanted);
  return found?.[1];
}

function truth(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === "true" ? true : lower === "false" ? false : undefined;
}
