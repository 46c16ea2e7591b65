// https://learn.microsoft.com/azure/devops/pipelines/process/approvals#business-hours
import { pause } from "../engine/job-time.ts";
import type { PipelinesState } from "../state.ts";
import type { OpenCheck, Verdict } from "./run-check.ts";

type Inputs = Readonly<Record<string, string | undefined>>;

const fiveMinutes = 300_000;

/** Holds the stage back until the hours that the check names; looks every five minutes. */
export async function checkHours(state: PipelinesState, open: OpenCheck): Promise<Verdict> {
  const { configuration, signal, say } = open;
  const inputs = (configuration.settings["inputs"] ?? {}) as Inputs;
  const { clock } = state.organisation;
  while (!signal.aborted) {
    if (within(clock.now(), inputs)) return "approved";
    say(`${clock.now().toISOString()} is outside of the business hours.`);
    await pause(clock, fiveMinutes, signal);
  }
  return "canceled";
}

function within(now: Date, inputs: Inputs): boolean {
  const zone = inputs["timeZone"] ?? "UTC";
  let parts: Intl.DateTimeFormatPart[];
  try {
    parts = new Intl.DateTimeFormat("en", {
      ...{ timeZone: zone, weekday: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    }).formatToParts(now);
  } catch {
    throw new Error(`The sandbox knows UTC and the names of the IANA database, not ${zone}.`);
  }
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const days = (inputs["businessDays"] ?? "").split(",").map((day) => day.trim());
  const time = `${part("hour")}:${part("minute")}`;
  const from = (inputs["startTime"] ?? "00:00").padStart(5, "0");
  const to = (inputs["endTime"] ?? "24:00").padStart(5, "0");
  return days.includes(part("weekday")) && time >= from && time < to;
}
