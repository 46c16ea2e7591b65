// Loaded into the connector's process before it (NODE_OPTIONS=--import): answers its calls in the
// service's place, kills it at one of them, moves its clock, and notes what it called.
import { appendFileSync, existsSync, readFileSync } from "node:fs";

const { MEDDLE_ORDERS: ordersFile = "", MEDDLE_CALLS: callsFile = "" } = process.env;
const { fetch } = globalThis;
const { now } = Date;
const lied = new Set();

Date.now = () => now() + (orders().skewMs ?? 0);

globalThis.fetch = async (input, init) => {
  const { odd, killAtEach, killed, match } = orders();
  const method = init?.method ?? "GET";
  const name = nameOf(method, String(input));
  const of = new RegExp(match ?? "").test(name);
  note(name);
  if (killAtEach !== undefined && of && !namesIn(killed).includes(name)) {
    if (killAtEach === "after") await fetch(input, init);
    appendFileSync(
      killed,
      `${name}
`,
    );
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {});
  }
  // Of each order once: `killed` is another file then.
  const told = `${killed} ${name}`;
  if (odd === undefined || !of || lied.has(told)) return fetch(input, init);
  lied.add(told);
  if (odd === "cut" && method === "GET") {
    const answer = await fetch(input, init);
    const { status, headers } = answer;
    const body = await answer.arrayBuffer();
    return new Response(body.slice(0, body.byteLength / 2), { status, headers });
  }
  return lie(odd);
};

function namesIn(file) {
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

function orders() {
  return JSON.parse(readFileSync(ordersFile, "utf8"));
}

function note(name) {
  appendFileSync(callsFile, `${name}\n`);
}

function lie(odd) {
  const headers = { "Content-Type": "application/json" };
  const json = (status, value) => new Response(JSON.stringify(value), { status, headers });
  switch (odd) {
    case "empty":
      return new Response("", { status: 200, headers });
    case "cut":
      return new Response('{"id": 1', { status: 200, headers });
    case "wrong":
      return json(200, { count: 1, value: { id: 1 } });
    case "empty-list":
      return json(200, { count: 0, value: [] });
    default:
      return json(Number(odd), { message: "odd", typeKey: "OddException" });
  }
}

/** `GET git/repositories/{}/commits/{}`: one name for all calls of a route. */
function nameOf(method, address) {
  const { pathname, search } = new URL(address);
  const route = decodeURIComponent(pathname.replace(/^.*?\/_apis\//, ""));
  const general = route.replaceAll(
    /\/([0-9a-f]{40}|[0-9a-f]{8}-[0-9a-f-]{27}|\d+)(?=\/|$)/g,
    "/{}",
  );
  const list = /[?&]filter=heads%2Ffluxgate/.test(search) ? " of runs" : "";
  return `${method} ${general}${list}`;
}
