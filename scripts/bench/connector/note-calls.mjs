// Loaded into the connector's process before it (NODE_OPTIONS=--import): notes each call by its name,
// so that a count that is over its budget can be read.
import { appendFileSync } from "node:fs";

const { BENCH_CALLS: file = "" } = process.env;
const { fetch } = globalThis;

globalThis.fetch = (input, init) => {
  const url = new URL(String(input));
  url.searchParams.delete("api-version");
  const name = `${url.pathname.replace(/^.*?\/_apis\//, "")}${url.search}`;
  const short = decodeURIComponent(name).replaceAll(/\b([0-9a-f]{8})[0-9a-f-]{28,32}\b/gi, "$1");
  appendFileSync(file, `${Date.now()} ${init?.method ?? "GET"} ${short}\n`);
  return fetch(input, init);
};
