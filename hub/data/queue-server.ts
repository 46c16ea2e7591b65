import type { Kube } from "../../kube/kube.ts";
import { type AskedServer, askServer } from "./ask-server.ts";
import type { SeenServer } from "./beside/questions.ts";
import { openKubeOfPage } from "./open-kube.ts";

/**
 * Asks the API server's own code about one comparison after the other: its module, large and slow to
 * start, is loaded once for all that wait, and goes with the last answer.
 */
export function queueServer(
  open: typeof openKubeOfPage = openKubeOfPage,
): (changes: AskedServer) => Promise<SeenServer> {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let door: Promise<Kube> | undefined;
  const openShared = async (): Promise<Kube> => {
    door ??= open("validate").catch((error: unknown) => {
      door = undefined;
      throw error;
    });
    return { ...(await door), close: () => undefined };
  };
  const leave = async () => {
    waiting -= 1;
    if (waiting > 0) return;
    const opened = door;
    door = undefined;
    (await opened)?.close();
  };
  return (changes) => {
    waiting += 1;
    const answer = last.then(() => askServer(changes, openShared));
    last = answer.then(leave, leave).catch(() => undefined);
    return answer;
  };
}
