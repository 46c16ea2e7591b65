const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** When a cluster runs, by the wall clock of a time zone. `to` before `from` is on the next day. */
export type Schedule = {
  /** On which `from` lies; absent: every day. */
  readonly days?: readonly (typeof days)[number][];
  /** `07:00` */
  readonly from: string;
  readonly to: string;
  /** Default UTC. */
  readonly timeZone?: string;
};

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Is a cluster with this schedule on at a moment? */
export function isOn({ days: wanted, from, to, timeZone = "UTC" }: Schedule, at: Date): boolean {
  const { day, minutes } = wallClock(at, timeZone);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const runs = (of: number) => wanted === undefined || wanted.includes(days[of] ?? "sun");
  if (start < end) return runs(day) && minutes >= start && minutes < end;
  // Over midnight: it began today, or yesterday.
  return (runs(day) && minutes >= start) || (runs((day + 6) % 7) && minutes < end);
}

function wallClock(at: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  } as const).formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  const day = days.findIndex((name) => name === part("weekday").toLowerCase());
  return { day, minutes: Number(part("hour")) * 60 + Number(part("minute")) };
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
