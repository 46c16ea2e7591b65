// Ranges of addresses as Kubernetes' fields name them (CIDR, RFC 4632).

type Range = { readonly start: bigint; readonly end: bigint; readonly version: 4 | 6 };

/** Whether every address of one range lies in another; a text that names none is only in itself. */
export function isWithin(narrow: string, wide: string): boolean {
  const [inner, outer] = [rangeOf(narrow), rangeOf(wide)];
  if (inner === undefined || outer === undefined) return narrow === wide;
  const isOfSame = inner.version === outer.version;
  return isOfSame && outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether ranges together are every address of a version: `10.0.0.0/0`, or `0.0.0.0/1` and `128.0.0.0/1`. */
export function areAll(texts: readonly string[]): boolean {
  const ranges = texts.flatMap((text) => rangeOf(text) ?? []);
  return ([4, 6] as const).some((version) => {
    const own = ranges.filter((one) => one.version === version);
    const sorted = own.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    let next = 0n;
    for (const { start, end } of sorted) {
      if (start > next) return false;
      if (end >= next) next = end + 1n;
    }
    return next === 1n << (version === 4 ? 32n : 128n);
  });
}

// Lists of thousands are held against each other; they are strangers' texts, hence a bound.
const known = new Map<string, Range>();
const mostKnown = 10_000;

function rangeOf(text: string): Range | undefined {
  const range = known.get(text) ?? parseRange(text);
  if (range !== undefined && known.size < mostKnown) known.set(text, range);
  return range;
}

/** `10.0.0.0/8`, `fd00::/8`; an address without a length is a range of one. */
function parseRange(text: string): Range | undefined {
  const [address = "", prefix, ...more] = text.split("/");
  const version = address.includes(":") ? 6 : 4;
  const number = version === 6 ? numberOf6(address) : numberOf4(address);
  const width = version === 6 ? 128 : 32;
  const length = prefix === undefined ? width : /^\d{1,3}$/.test(prefix) ? Number(prefix) : -1;
  if (number === undefined || more.length > 0 || length < 0 || length > width) return undefined;
  const size = 1n << BigInt(width - length);
  const start = number - (number % size);
  return { start, end: start + size - 1n, version };
}

function numberOf4(address: string): bigint | undefined {
  const parts = address.split(".");
  const isAddress = parts.length === 4 && parts.every((one) => /^\d{1,3}$/.test(one));
  if (!isAddress || parts.some((one) => Number(one) > 255)) return undefined;
  return parts.reduce((all, one) => all * 256n + BigInt(one), 0n);
}

function numberOf6(address: string): bigint | undefined {
  const [head = "", tail, ...more] = address.split("::");
  if (more.length > 0) return undefined;
  const [first, last] = [head, tail ?? ""].map((half) => (half === "" ? [] : half.split(":")));
  const given = [...(first ?? []), ...(last ?? [])];
  const left = 8 - given.length;
  const isAddress = given.every((one) => /^[\da-f]{1,4}$/i.test(one));
  if (!isAddress || (tail === undefined ? left !== 0 : left < 1)) return undefined;
  const groups = [...(first ?? []), ...Array<string>(left).fill("0"), ...(last ?? [])];
  return groups.reduce((all, one) => all * 65_536n + BigInt(`0x${one}`), 0n);
}
