// The right side takes the kind of the left one. Texts are compared without regard to case.
import { cast, kindOf, plain, toBoolean, toNumber, toText, toVersion } from "./values.ts";
import { tryDate, tryNumber, tryText, tryVersion, type Value } from "./values.ts";
import { Decimal } from "./decimal.ts";
import { Version } from "./version.ts";

export function equal(a: Value, b: Value): boolean {
  const [left, right] = [plain(a), plain(b)];
  switch (kindOf(left)) {
    case "Boolean":
      return left === toBoolean(right);
    case "Number":
      return left instanceof Decimal && tryNumber(right)?.compare(left) === 0;
    case "Version":
      return left instanceof Version && tryVersion(right)?.compare(left) === 0;
    case "String":
      return tryText(right)?.toLowerCase() === toText(left).toLowerCase();
    case "DateTime":
      return left instanceof Date && tryDate(right)?.getTime() === left.getTime();
    case "Null":
      return kindOf(right) === "Null" || right === "";
    case "Array":
    case "Object":
      return left === right;
  }
}

/** Below, equal or above zero. @throws ExpressionError where the right side cannot be taken so */
export function compare(a: Value, b: Value): number {
  const left = plain(a);
  switch (kindOf(left)) {
    case "Boolean":
      return Number(left) - Number(toBoolean(b));
    case "String": {
      const [one, two] = [toText(left).toUpperCase(), toText(b).toUpperCase()];
      return one < two ? -1 : one > two ? 1 : 0;
    }
    case "Version":
      return toVersion(left).compare(toVersion(b));
    case "DateTime": {
      const right = tryDate(b);
      if (!right || !(left instanceof Date)) throw cast(b, "DateTime");
      return left.getTime() - right.getTime();
    }
    default:
      return toNumber(left).compare(toNumber(b));
  }
}
