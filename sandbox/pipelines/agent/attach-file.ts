import { readFile } from "node:fs/promises";
import type { StepContext } from "../engine/job-context.ts";

/** Keeps a file with the step's record. @throws as the agent for what is missing */
export async function attachFile(
  { run, taskRecord }: StepContext,
  given: { readonly type: string; readonly path: string; readonly name: string },
): Promise<void> {
  const { type, path, name } = given;
  if (type === "") throw new Error("Can't add task attachment, attachment type is not provided.");
  if (name === "") throw new Error("Can't add task attachment, attachment name is not provided.");
  for (const [what, text] of [
    ["Type", type],
    ["Name", name],
  ] as const) {
    if (/[\0/]/.test(text)) throw new Error(`${what} contains invalid characters. (\0,/)`);
  }
  const bytes = await readFile(path).catch(() => {
    throw new Error(
      `Cannot upload task attachment file, attachment file location is not specified or attachment file does not exist on disk. (${path})`,
    );
  });
  run.attachments.push({ recordId: taskRecord.id, type, name, bytes });
}
