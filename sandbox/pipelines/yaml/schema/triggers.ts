import { list, map, one, type Schema } from "./definition.ts";

/** `trigger`, `pr` and `schedules`: literal, but for what a text in quotes may be. */
export const triggers: Schema = {
  trigger: one("none", "branches", "trigger map"),
  "trigger map": map({
    ...{ batch: "flag", enabled: "flag", branches: "filter", paths: "filter", tags: "filter" },
  }),
  pr: one("none", "branches", "pr map"),
  "pr map": map({
    ...{ autoCancel: "flag", enabled: "flag", drafts: "flag", branches: "filter", paths: "filter" },
  }),
  branches: list("filled"),
  filter: map({ include: "branches", exclude: "branches" }),
  "list or filter": one("branches", "filter"),
  schedules: list("schedule"),
  schedule: map(
    { cron: "filled", displayName: "text", branches: "filter", batch: "flag", always: "flag" },
    { first: "cron" },
  ),
};
