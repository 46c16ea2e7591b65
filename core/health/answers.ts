import type { Health } from "./health.ts";

export const current: Health = { state: "current" };

export function inProgress(cause: string): Health {
  return { state: "in-progress", cause };
}

export function failed(reason: string, cause: string): Health {
  return { state: "failed", reason, cause };
}
