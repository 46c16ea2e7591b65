import { cluster, kustomization, newer, older, source } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const depending = (name: string, on: string, ready: ReturnType<typeof notReady>) =>
  kustomization({
    ...{ name, applied: older, ready, environment: name === "shop-dev" ? "dev" : "" },
    ...(name === "shop-dev" ? {} : { path: `./${name}` }),
    spec: { dependsOn: [{ name: on }] },
  });

const supersededRows: readonly Row[] = [
  {
    says: "a newer commit changes the same files: superseded by its run",
    given: { newer: { commit: newer, author: "Dana", run: "shop-cd 20261123.2" } },
    then: "superseded",
    text: /^superseded by shop-cd 20261123.2, whose cccccccc came after$/,
  },
  {
    says: "or by a commit of its author, where no run made it",
    given: { newer: { commit: newer, author: "Dana" } },
    then: "superseded",
    text: /^superseded by cccccccc of Dana$/,
  },
];

const waitingRows: readonly Row[] = [
  {
    says: "cluster silent",
    given: { clusters: [cluster({ silent: "no answer in 15 s" })] },
    then: "waiting cluster",
    later: true,
  },
  {
    says: "artefact not fetched yet",
    given: {
      clusters: [cluster({ flux: [source({ has: older }), kustomization({ applied: older })] })],
    },
    then: "waiting applied",
    later: true,
    text: /has not fetched aaaaaaaa yet \(it has bbbbbbbb\)/,
  },
  {
    says: "source outage",
    given: {
      clusters: [
        cluster({
          flux: [
            source({
              has: older,
              ready: notReady("GitOperationFailed", "authentication required"),
            }),
            kustomization({ applied: older }),
          ],
        }),
      ],
    },
    then: "waiting applied",
    later: true,
    text: /authentication required/,
  },
  {
    says: "a dependency that is not ready: with what the end of the chain says",
    given: {
      clusters: [
        cluster({
          flux: [
            source(),
            depending("shop-dev", "base", notReady("DependencyNotReady", "base is not ready")),
            depending("base", "crds", notReady("DependencyNotReady", "crds is not ready")),
            depending("crds", "shop-dev", notReady("BuildFailed", "crds/a.yaml: no such field")),
          ],
        }),
      ],
    },
    then: "waiting applied",
    text: /base is not ready; Kustomization flux-system\/crds: .*no such field/,
  },
  {
    says: "a dependency that is not ready, before its controller has finished once",
    given: {
      clusters: [
        cluster({
          flux: [
            source(),
            kustomization({
              ...{
                applied: older,
                observedGeneration: -1,
                spec: { dependsOn: [{ name: "base" }] },
              },
              ready: {
                ...notReady("DependencyNotReady", "base is not ready"),
                observedGeneration: 1,
              },
            }),
          ],
        }),
      ],
    },
    then: "waiting applied",
    text: /DependencyNotReady: base is not ready; Kustomization flux-system\/base: it has not been seen/,
  },
];

describeRows("superseded", supersededRows);
describeRows("waiting", waitingRows);
