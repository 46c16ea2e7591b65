// How the SDK's messages carry what JSON cannot: functions as numbers that the other side calls
// back through `__proxyFunctions`, times as `__proxyDate`.
type Callable = (...args: readonly unknown[]) => unknown;

export type Wire = {
  /** Our functions that the other side knows, by `proxy<number>`. */
  readonly functions: Readonly<Record<string, Callable>>;
  readonly write: (value: unknown) => unknown;
  readonly read: (value: unknown) => unknown;
};

/** `callBack` calls a function of the other side. */
export function createWire(
  callBack: (id: number, params: readonly unknown[]) => Promise<unknown>,
): Wire {
  const functions: Record<string, Callable> = {};
  const numbers = new Map<unknown, number>();

  function write(value: unknown): unknown {
    if (typeof value === "function") {
      const id = numbers.get(value) ?? numbers.size + 1;
      numbers.set(value, id);
      functions[`proxy${id}`] = value as Callable;
      return { __proxyFunctionId: id, _channelId: 1 };
    }
    if (value instanceof Date) return { __proxyDate: value.getTime() };
    if (Array.isArray(value)) return value.map(write);
    return isRecord(value) ? mapped(value, write) : value;
  }
  function read(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(read);
    if (!isRecord(value)) return value;
    const { __proxyFunctionId: id, __proxyDate: time } = value;
    if (typeof id === "number") return (...params: readonly unknown[]) => callBack(id, params);
    return typeof time === "number" ? new Date(time) : mapped(value, read);
  }
  return { functions, write, read };
}

function mapped(
  record: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, change(one)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
