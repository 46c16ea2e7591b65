import type { PlaceValues } from "../components/use-place.ts";

/** More columns than this nobody reads side by side, and each costs calls to Azure DevOps. */
const columnsAtOnce = 8;

export type ShownEnvironments = {
  readonly shown: readonly string[];
  /** Of all that fit the filter. */
  readonly fitting: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
};

/** The environments whose columns the address wants: by a part of their names, a page at a time. */
export function shownEnvironments(
  known: readonly string[],
  values: PlaceValues,
): ShownEnvironments {
  const text = (values["environments"] ?? "").toLowerCase();
  const fitting = known.filter((name) => name.toLowerCase().includes(text));
  const pages = Math.max(1, Math.ceil(fitting.length / columnsAtOnce));
  const wanted = Number(values["page"] ?? "1");
  const page = Number.isInteger(wanted) ? Math.min(Math.max(1, wanted), pages) : 1;
  const start = (page - 1) * columnsAtOnce;
  return {
    ...{ page, pages, fitting: fitting.length },
    shown: fitting.slice(start, start + columnsAtOnce),
  };
}
