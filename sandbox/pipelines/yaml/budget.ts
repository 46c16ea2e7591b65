// What the service lets one pipeline grow to (documents: Templates, imposed limits).
import { PipelineError, type Place } from "./node.ts";

const most = { files: 100, characters: 20 * 1024 * 1024, events: 1_000_000 };

/** What a pipeline has used up so far. */
export type Budget = { readonly files: Set<string>; characters: number; events: number };

export function newBudget(file: string): Budget {
  return { files: new Set([nameOf(file, "self")]), characters: 0, events: 0 };
}

type Read = { readonly file: string; readonly alias: string; readonly text: string };

/** A file counts once, however often it is included; its text counts each time. @throws PipelineError */
export function spendFile(budget: Budget, { file, alias, text }: Read, at: Place): void {
  budget.files.add(nameOf(file, alias));
  budget.characters += text.length;
  if (budget.files.size > most.files) {
    throw new PipelineError(`The maximum file count of ${most.files} has been exceeded`, at);
  }
  if (budget.characters > most.characters) {
    throw new PipelineError("Maximum object size exceeded", at);
  }
}

/** One value more that is worked out: loops in loops end here. @throws PipelineError */
export function spendEvent(budget: Budget, at: Place): void {
  budget.events += 1;
  if (budget.events > most.events) {
    throw new PipelineError("Maximum number of parsing events exceeded", at);
  }
}

function nameOf(file: string, alias: string): string {
  return `${file.replace(/^\/+/, "")}@${alias}`.toLowerCase();
}
