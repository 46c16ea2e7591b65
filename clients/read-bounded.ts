import { HttpError } from "../core/errors.ts";
import { shownUrl } from "./shown-url.ts";

/** The whole body. @throws HttpError `answer-too-large` as soon as it passes `maxBytes`. */
export async function readBounded(
  answer: Response,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const declared = Number(answer.headers.get("content-length") ?? 0);
  if (declared > maxBytes) throw await refuseTooLarge(answer, maxBytes);
  const reader = answer.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw await refuseTooLarge(answer, maxBytes);
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}

async function refuseTooLarge(answer: Response, maxBytes: number): Promise<HttpError> {
  if (answer.body?.locked === false) await answer.body.cancel();
  const limit = `${(maxBytes / 1024 / 1024).toFixed(1)} MiB`;
  return new HttpError(`The answer of ${shownUrl(answer.url)} is larger than ${limit}`, {
    code: "answer-too-large",
    status: answer.status,
  });
}
