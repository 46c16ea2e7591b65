import { isIPv4, isIPv6 } from "node:net";
import type { Environment } from "@marcbachmann/cel-js";

class Address {
  readonly family: 4 | 6;
  readonly bits: bigint;
  constructor(family: 4 | 6, bits: bigint) {
    this.family = family;
    this.bits = bits;
  }
}

class Network {
  readonly address: Address;
  readonly length: number;
  constructor(address: Address, length: number) {
    this.address = address;
    this.length = length;
  }
}

/** Kubernetes' IP and CIDR libraries. */
export function addAddresses(environment: Environment): void {
  const [ip, cidr] = ["kubernetes.IP", "kubernetes.CIDR"];
  environment.registerType(ip, Address).registerType(cidr, Network);
  const is = (name: string, test: (address: Address) => boolean) =>
    environment.registerFunction(`${ip}.${name}(): bool`, test);
  environment
    .registerFunction(`ip(string): ${ip}`, (text: string) => demanded(addressOf(text), text))
    .registerFunction("isIP(string): bool", (text: string) => addressOf(text) !== undefined)
    .registerFunction(`cidr(string): ${cidr}`, (text: string) => demanded(networkOf(text), text))
    .registerFunction("isCIDR(string): bool", (text: string) => networkOf(text) !== undefined)
    .registerFunction(`${ip}.family(): int`, ({ family }: Address) => BigInt(family))
    .registerOperator(
      `${ip} == ${ip}`,
      (a: Address, b: Address) => a.family === b.family && a.bits === b.bits,
    )
    .registerFunction(`${cidr}.ip(): ${ip}`, ({ address }: Network) => address)
    .registerFunction(`${cidr}.prefixLength(): int`, ({ length }: Network) => BigInt(length))
    .registerFunction(`${cidr}.masked(): ${cidr}`, masked)
    .registerFunction(`${cidr}.containsIP(${ip}): bool`, contains)
    .registerFunction(`${cidr}.containsIP(string): bool`, (network: Network, text: string) =>
      contains(network, demanded(addressOf(text), text)),
    )
    .registerFunction(`${cidr}.containsCIDR(${cidr}): bool`, containsNetwork)
    .registerFunction(`${cidr}.containsCIDR(string): bool`, (network: Network, text: string) =>
      containsNetwork(network, demanded(networkOf(text), text)),
    );
  is("isUnspecified", ({ bits }) => bits === 0n);
  is("isLoopback", ({ family, bits }) => (family === 4 ? bits >> 24n === 127n : bits === 1n));
  is("isLinkLocalUnicast", ({ family, bits }) =>
    family === 4 ? bits >> 16n === 0xa9fen : bits >> 118n === 0x3fan,
  );
}

function addressOf(text: string): Address | undefined {
  if (isIPv4(text)) {
    return new Address(
      4,
      text.split(".").reduce((bits, part) => (bits << 8n) | BigInt(part), 0n),
    );
  }
  // The API server takes no zones.
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const [, before = text, v4] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text) ?? [];
  const tail = v4 === undefined ? [] : halves(v4);
  const [head = "", rest] = before.replace(/([^:]):$/, "$1").split("::");
  const left = head === "" ? [] : head.split(":");
  const right = [...(rest === undefined || rest === "" ? [] : rest.split(":")), ...tail];
  const gap = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = [...left, ...gap, ...right].filter((group) => group !== "");
  const bits = groups.reduce((all, group) => (all << 16n) | BigInt(`0x${group}`), 0n);
  // Nor IPv4 addresses written as IPv6.
  return bits >> 32n === 0xffffn ? undefined : new Address(6, bits);
}

function halves(v4: string): readonly string[] {
  const [a = 0, b = 0, c = 0, d = 0] = v4.split(".").map(Number);
  return [(a * 256 + b).toString(16), (c * 256 + d).toString(16)];
}

function networkOf(text: string): Network | undefined {
  const [, host = "", digits = ""] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = addressOf(host);
  const length = Number(digits);
  return digits === "" || !address || length > width(address)
    ? undefined
    : new Network(address, length);
}

function width({ family }: Address): number {
  return family === 4 ? 32 : 128;
}

function masked({ address, length }: Network): Network {
  const rest = BigInt(width(address) - length);
  return new Network(new Address(address.family, (address.bits >> rest) << rest), length);
}

function contains({ address, length }: Network, inner: Address): boolean {
  const rest = BigInt(width(address) - length);
  return address.family === inner.family && address.bits >> rest === inner.bits >> rest;
}

function containsNetwork(outer: Network, inner: Network): boolean {
  return outer.length <= inner.length && contains(outer, inner.address);
}

function demanded<Value>(value: Value | undefined, text: string): Value {
  if (value !== undefined) return value;
  throw new Error(`${text} is no address`);
}
