import type { GreenMeans } from "../../../core/diff/green-means.ts";
import type { LeftFolder } from "../../../core/diff/left-folders.ts";
import type { ReviewContext } from "../../data/load-context.ts";
import { codeLine } from "./code-line.ts";
import { type ContextLine, lineOf } from "./context-line.ts";
import { elsewhereLine } from "./elsewhere-line.ts";
import { backLine, greenLine } from "./outcome-lines.ts";
import { removalLine } from "./removal-line.ts";
import { targetLine } from "./target-line.ts";
import { validationLine } from "./validation-line.ts";

/** What the comparison itself says of the outcome. */
export type Outcome = {
  readonly green: GreenMeans;
  readonly lostForGood: readonly string[];
  readonly complete: boolean;
  /** Folders of what leaves git, where no Flux Kustomization that was read tells what becomes of it. */
  readonly left: readonly LeftFolder[];
};

/** All that an approver wants to know beside the change, a line each, in a fixed order. */
export function contextView(
  context: ReviewContext | undefined,
  of: {
    /** Undefined for what no run of ours made. */
    readonly environment: string | undefined;
    /** Undefined until something is compared. */
    readonly outcome: Outcome | undefined;
    /** What is not as the render recorded it, a clause each; undefined until that is known. */
    readonly odd: readonly string[] | undefined;
    readonly organisationUrl: string;
    readonly now: number;
  },
): readonly ContextLine[] {
  const { environment, outcome, odd, organisationUrl, now } = of;
  // Of what no run made nobody says which environment's connector it would be.
  const target = environment === undefined ? undefined : context?.target;
  const hasConnector =
    target !== undefined && "value" in target && context?.reportsRead === true
      ? target.value.snapshots.length > 0
      : undefined;
  const isUnread = target !== undefined && hasConnector === undefined;
  const ofRun =
    context === undefined || environment === undefined
      ? []
      : [
          lineOf("Elsewhere", context.elsewhere, (one) => elsewhereLine(one, { now, odd })),
          lineOf("Target now", context.target, (one) => targetLine(one, { environment, now })),
          lineOf("Code", context.code, (one) => codeLine(one, { organisationUrl, now })),
        ].map((line) => unconfirmed(line, context));
  return [
    ...ofRun,
    ...(context === undefined
      ? []
      : [lineOf("Validation", context.validation, (one) => validationLine(one, organisationUrl))]),
    ...(outcome === undefined
      ? []
      : [
          { label: "Green means", ...greenLine(outcome, { hasConnector, isUnread }) },
          ...(context === undefined || outcome.left.length === 0
            ? []
            : [
                lineOf("Removals", context.reports, (one) =>
                  removalLine(outcome.left, { reports: one, now }),
                ),
              ]),
          { label: "Way back", ...backLine(outcome.lostForGood, outcome.complete) },
        ]),
  ];
}

// Without the reports it is not known whose statuses count: anybody can post under their names.
function unconfirmed(line: ContextLine, { reportsRead }: ReviewContext): ContextLine {
  if (reportsRead || line.label === "Code") return line;
  const tone = line.tone === "good" ? "warning" : line.tone;
  return { ...line, tone, text: `${line.text} Unconfirmed: reports could not be read.` };
}
