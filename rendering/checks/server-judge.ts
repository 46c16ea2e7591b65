import type { ServerJudge } from "../../core/render/server-judge.ts";
import type { Kube } from "../../kube/kube.ts";

/** The API server's own code behind the door, as checks ask it. */
export function serverJudge(kube: Kube): ServerJudge {
  return {
    minor: kube.minor,
    judge: async (objects, definitions) => {
      const namespaces = objects.map(({ object }) => object);
      const answer = await kube.validate({ objects, definitions, namespaces });
      if (answer.kind !== "validated") return { unavailable: answer.text };
      return answer.objects.map((each) => (each.kind === "judged" ? each : undefined));
    },
  };
}
