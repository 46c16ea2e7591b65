// Strings that are easily mixed up get a type of their own; a function of the same name makes one.
import { InputError } from "./errors.ts";

declare const brand: unique symbol;
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };

export type CommitSha = Brand<string, "CommitSha">;
export type BuildId = Brand<number, "BuildId">;
export type PlanId = Brand<string, "PlanId">;
export type JobId = Brand<string, "JobId">;
export type TaskId = Brand<string, "TaskId">;

const sha = /^[0-9a-f]{40}$/;
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws InputError unless `text` is a full SHA-1 commit id (any case; stored in lower case). */
export function commitSha(text: string): CommitSha {
  return checked(text, sha, "commit id (40 hexadecimal digits)") as CommitSha;
}

/** @throws InputError unless `value` is a positive whole number. */
export function buildId(value: number): BuildId {
  if (!Number.isSafeInteger(value) || value < 1) throw notA("build id", String(value));
  return value as BuildId;
}

/** @throws InputError unless `text` is a GUID. */
export function planId(text: string): PlanId {
  return checked(text, guid, "plan id (GUID)") as PlanId;
}

/** @throws InputError unless `text` is a GUID. */
export function jobId(text: string): JobId {
  return checked(text, guid, "job id (GUID)") as JobId;
}

/** @throws InputError unless `text` is a GUID. */
export function taskId(text: string): TaskId {
  return checked(text, guid, "task id (GUID)") as TaskId;
}

function checked(text: string, form: RegExp, what: string): string {
  const lower = text.toLowerCase();
  if (!form.test(lower)) throw notA(what, text);
  return lower;
}

function notA(what: string, value: string): InputError {
  return new InputError([{ message: `"${value.slice(0, 60)}" is not a ${what}` }]);
}
