// Writes the tables of sandbox/azure-devops/door from recorded answers of the service:
// `npx tsx scripts/write-known-locations.ts <folder>`, where locations.json is an answer of
// `OPTIONS _apis?allHostTypes=True` and resource-areas.json one of `GET _apis/ResourceAreas`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

type Location = Readonly<
  Record<"id" | "area" | "resourceName" | "routeTemplate" | "minVersion" | "maxVersion", string>
> & { readonly releasedVersion: string; readonly resourceVersion: number };
type Area = { readonly id: string; readonly name: string };

const [, , folder = "."] = process.argv;
const door = join(import.meta.dirname, "..", "sandbox", "azure-devops", "door");

function read<T>(name: string): readonly T[] {
  const found = JSON.parse(readFileSync(join(folder, name), "utf8")) as
    readonly T[] | { readonly value: readonly T[] };
  return "value" in found ? found.value : found;
}

function write(name: string, rows: readonly (readonly (string | number)[])[]): void {
  writeFileSync(join(door, name), rows.map((row) => `${row.join("\t")}\n`).join(""));
}

write(
  "locations.tsv",
  read<Location>("locations.json").map((one) => [
    ...[one.id, one.area, one.resourceName, one.routeTemplate, one.resourceVersion],
    ...[one.minVersion, one.maxVersion, one.releasedVersion],
  ]),
);
write(
  "areas.tsv",
  read<Area>("resource-areas.json").map(({ id, name }) => [id, name]),
);
