import { request as httpRequest } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";

// An object of the API has at most some megabytes.
const longestLine = 16 * 1024 * 1024;
const longestRefusal = 64 * 1024;
const keepAliveMs = 30_000;

/**
 * Hands on the whole lines of an answer until the server ends it, over a connection of its own: kept
 * ones are for short calls. What follows the last line break was cut off, and is left out.
 * @returns status and text of what is no answer 200, without a line
 */
export function streamLines(
  url: URL,
  options: RequestOptions & { readonly signal: AbortSignal },
  onLine: (line: string) => void,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const start = url.protocol === "http:" ? httpRequest : httpsRequest;
    const request = start(url, { agent: false, ...options }, (response) => {
      const { statusCode: status = 0 } = response;
      const isRefused = status !== 200;
      let rest = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        if (isRefused) {
          rest = (rest + chunk).slice(0, longestRefusal);
          return;
        }
        const lines = (rest + chunk).split("\n");
        rest = lines.pop() ?? "";
        try {
          for (const line of lines) if (line.trim() !== "") onLine(line);
          if (rest.length > longestLine) throw new Error("a line of the answer is too long");
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          request.destroy();
        }
      });
      response.on("error", reject);
      response.on("end", () => resolve({ status, text: isRefused ? rest : "" }));
    });
    request.on("socket", (socket) => socket.setKeepAlive(true, keepAliveMs));
    request.on("error", reject);
    request.end();
  });
}
