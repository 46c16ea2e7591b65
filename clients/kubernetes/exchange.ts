import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest, type RequestOptions } from "node:https";

export type Exchange = (
  url: URL,
  options: RequestOptions,
  body: string | undefined,
) => Promise<Omit<Answer, "date">>;

const longestAnswer = 64 * 1024 * 1024;

/**
 * Requests over connections that are kept: the health of an environment costs hundreds of small
 * ones. An answer has `timeoutMs` for each silence, and four times that as a whole.
 */
export function createExchange({
  timeoutMs,
  hear = () => undefined,
}: {
  readonly timeoutMs: number;
  /** Told of the headers of every answer, whatever its status. */
  readonly hear?: (headers: Headers) => void;
}): Exchange {
  // Certificates and names among the options tell connections apart.
  const kept = { keepAlive: true, maxSockets: 16 };
  const agents = { "http:": new HttpAgent(kept), "https:": new HttpsAgent(kept) };
  return async (url, options, body) => {
    const agent = options.agent ?? agents[url.protocol === "http:" ? "http:" : "https:"];
    try {
      return heard(await once(url, { ...options, agent, timeout: timeoutMs }, body));
    } catch (error) {
      if (!(error instanceof ClosedMeanwhile)) throw error;
      // Nobody has read the request: a connection of its own cannot be closed before it.
      const alone = { ...options, agent: options.agent ?? false, timeout: timeoutMs };
      return heard(await once(url, alone, body));
    }
  };
  function heard({ date, ...answer }: Answer) {
    if (date !== undefined) hear(new Headers({ date }));
    return answer;
  }
}

/** The server closed a kept connection in the moment of the request. */
class ClosedMeanwhile extends Error {}

type Answer = {
  readonly status: number;
  readonly text: string;
  /** As the server writes it. */
  readonly retryAfter: string | undefined;
  readonly date: string | undefined;
};

const once = (url: URL, options: RequestOptions & { timeout: number }, body: string | undefined) =>
  new Promise<Answer>((resolve, reject) => {
    const fail = (why: string) => {
      reject(new Error(why));
      request.destroy();
    };
    const { timeout } = options;
    const whole = setTimeout(() => fail(`no end in ${timeout / 250} s`), 4 * timeout);
    const start = url.protocol === "http:" ? httpRequest : httpsRequest;
    const request = start(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > longestAnswer) fail("the answer is too large");
        else chunks.push(chunk);
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString("utf8"),
          retryAfter: response.headers["retry-after"],
          date: response.headers.date,
        }),
      );
    });
    request.on("timeout", () => fail(`no answer in ${timeout / 1000} s`));
    request.on("error", (error: NodeJS.ErrnoException) => {
      const closed = request.reusedSocket && ["ECONNRESET", "EPIPE"].includes(error.code ?? "");
      reject(closed ? new ClosedMeanwhile() : error);
    });
    request.on("close", () => clearTimeout(whole));
    request.end(body);
  });
