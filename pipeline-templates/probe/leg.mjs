// Row 15: what a leg of a matrix makes of an empty value and of one with two lines.
import { answer } from "./rest.mjs";

const show = (value) => JSON.stringify(value ?? "");
await answer(["15"], () => {
  const { PROBE_EMPTY: empty, PROBE_LINES: lines } = process.env;
  const good = empty === "[]" && lines === "[one\ntwo]";
  return `${good ? "yes" : "NO"}: the empty one is ${show(empty)}, the one with two lines ${show(lines)}`;
});
