// The service's own default, where the letter does not name the job's.
const usualMinutes = 60;

/**
 * When a wait must have ended, by this process' own time: the service's times are compared with the
 * service's clock only.
 */
export function deadlineOf(of: {
  /** The job's start, as the service says. */
  readonly began: string;
  readonly minutes: number | undefined;
  /** The service's time now. */
  readonly hostNow: number;
  /** This process' own. */
  readonly now: number;
}): number {
  const { began, minutes = usualMinutes, hostNow, now } = of;
  return now + Date.parse(began) + minutes * 60_000 - margin(minutes) - hostNow;
}

// Time to end the wait with a reason before the service ends the job without one.
function margin(minutes: number): number {
  return Math.min(120_000, minutes * 6_000);
}
