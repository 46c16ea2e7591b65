// The connector's budgets (design.md, section 8) in one table.
import { ensureBuilt } from "../build/ensure-built.ts";
import { countCalls, type Row } from "./connector/count-calls.ts";
import { measureDay } from "./connector/day.ts";
import { measureDecide } from "./connector/decide.ts";
import { measureManyObjects } from "./connector/many-objects.ts";
import { measureStatusDelay } from "./connector/status-delay.ts";

type Options = {
  /** Print each counted call by its name. */
  readonly named: boolean;
  /** A folder of Azure/gitops-connector. */
  readonly gitopsConnector: string | undefined;
};
type Measure = (options: Options) => Promise<readonly Row[]>;

const parts: Readonly<Record<string, Measure>> = {
  decide: async () => decideRows(),
  delay: () => measureStatusDelay("embedded"),
  // Not by itself: it starts a whole control plane, which is built at the first time.
  real: ({ gitopsConnector }) => measureStatusDelay("real", gitopsConnector),
  size: () => measureManyObjects(),
  day: measureDay,
  calls: ({ named }) => countCalls(named),
};

/** Prints the table; whether all of it is within the budgets. */
export async function runConnectorBench(options: readonly string[]): Promise<boolean> {
  await ensureBuilt(["tasks", "connector"]);
  const words = options.map((option) => option.replace(/^--/, ""));
  const [folder] = words.flatMap((word) => /^gitops-connector=(.+)$/.exec(word)?.[1] ?? []);
  const asked = words.filter((word) => word !== "named" && !word.startsWith("gitops-connector="));
  const usual = Object.keys(parts).filter((name) => name !== "real");
  let within = true;
  for (const name of asked.length > 0 ? asked : usual) {
    const measure = parts[name];
    if (measure === undefined) {
      throw new Error(`There is no part ${name}: there are ${Object.keys(parts).join(", ")}`);
    }
    for (const row of await measure({ named: words.includes("named"), gitopsConnector: folder })) {
      printRow(row);
      within &&= isWithin(row);
    }
  }
  return within;
}

function decideRows(): readonly Row[] {
  const { median, worst } = measureDecide();
  const what = "decide(), 1,000 Kustomizations × 100 changed files";
  return [
    { what, measured: median, budget: 20, unit: "ms of CPU" },
    { what: "  the slowest", measured: worst, unit: "ms of CPU" },
  ];
}

function isWithin({ measured, budget = Infinity }: Row): boolean {
  return measured <= budget;
}

/** What, measured, budget, their ratio, and whether it is within. */
function printRow(row: Row): void {
  const { what, measured, budget, unit } = row;
  const ratio = budget ? `, ${(measured / budget).toFixed(2)} of it` : "";
  const limit =
    budget === undefined ? "" : `(budget ${budget}: ${isWithin(row) ? "within" : "OVER"}${ratio})`;
  const digits = measured < 1 ? 2 : 1;
  const figure = Number.isInteger(measured) ? String(measured) : measured.toFixed(digits);
  console.log(`  ${what.padEnd(56)}${figure.padStart(8)} ${unit.padEnd(22)}${limit}`);
}
