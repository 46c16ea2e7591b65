import { kustomization, newer, older, running, x } from "./gate-world.ts";
import { describeRows, type Row } from "./rows.ts";

// Reasons of Flux (research: flux.md 2.5 and 4); where they differ from 4.6, 4.6 holds.

const notReady = (reason: string, message = "") => ({ status: "False", reason, message }) as const;

const suspended = kustomization({ spec: { suspend: true } });

const attempting = (condition: ReturnType<typeof notReady> | object, more: object = {}) => ({
  clusters: [
    running([kustomization({ applied: older, attempted: x, ready: condition, ...more })], {
      state: "in-progress",
      cause: "0 of 1",
    }),
  ],
});

const reasonRows: readonly Row[] = [
  {
    says: "Progressing",
    given: attempting({ status: "Unknown", reason: "Progressing" }),
    then: "waiting applied",
    later: true,
  },
  {
    says: "DependencyNotReady",
    given: attempting(notReady("DependencyNotReady", "dependency 'flux-system/base' is not ready")),
    then: "waiting applied",
    later: true,
  },
  {
    says: "HealthCheckCanceled",
    given: attempting(notReady("HealthCheckCanceled", "new revision")),
    then: "waiting applied",
    later: true,
  },
  {
    says: "ArtifactFailed",
    given: attempting(notReady("ArtifactFailed", "no artifact")),
    then: "waiting applied",
    later: true,
  },
  {
    says: "BuildFailed that names a file of X counts at once (flux.md: retrying)",
    given: attempting(
      notReady(
        "BuildFailed",
        "kustomize build failed: '/tmp/k-1/dev/api/shop_apps_v1_deployment_api.yaml': bad",
      ),
    ),
    then: "failed terminal",
  },
  {
    says: "and by its path in the folder that is built",
    given: attempting(
      notReady(
        "BuildFailed",
        "accumulating resources from 'api/shop_apps_v1_deployment_api.yaml': bad",
      ),
    ),
    then: "failed terminal",
  },
  {
    says: "one that names no file of X waits for the grace: another team's file is theirs to mend",
    given: attempting(
      notReady("BuildFailed", "accumulating resources from 'other/blog.yaml': MalformedYAML"),
    ),
    then: "waiting applied",
  },
  {
    says: "and counts then, since X cannot be applied",
    given: attempting(
      notReady("BuildFailed", "accumulating resources from 'other/blog.yaml': MalformedYAML"),
    ),
    then: "failed lasting",
    later: true,
  },
  ...(
    [
      [
        "what cannot be decrypted",
        notReady(
          "BuildFailed",
          "decryption failed for 'db': cannot get sops data key: age: no key",
        ),
        /decryption failed for 'db': cannot get sops data key: age: no key/,
      ],
      [
        "an encrypted Secret without decryption",
        notReady(
          "ReconciliationFailed",
          "Secret/shop/db is SOPS encrypted, configuring decryption is required",
        ),
        /Secret\/shop\/db is SOPS encrypted, configuring decryption is required/,
      ],
      [
        "what admission refuses",
        notReady(
          "ReconciliationFailed",
          'Deployment/shop/api dry-run failed (Forbidden): admission webhook "v.x.io" denied the request: no limits',
        ),
        /admission webhook "v\.x\.io" denied the request: no limits/,
      ],
    ] as const
  ).map(([what, ready, text]): Row => ({
    says: `${what} is said in the controller's own words`,
    given: attempting(ready),
    then: "failed lasting",
    later: true,
    text,
  })),
  {
    says: "an object of the same kind in another team's folder is not X's either",
    given: attempting(
      notReady("BuildFailed", "no such file: '/tmp/k-1/dev/web/shop_apps_v1_deployment_api.yaml'"),
    ),
    then: "waiting applied",
  },
  {
    says: "a webhook that is out of order waits for the grace",
    given: attempting(
      notReady(
        "ReconciliationFailed",
        'Deployment/shop/api dry-run failed: failed calling webhook "v.acme.io": tls: certificate is invalid: not yet valid',
      ),
    ),
    then: "waiting applied",
  },
  {
    says: "and so does the refusal of an object that is not X's",
    given: attempting(
      notReady(
        "ReconciliationFailed",
        'Deployment/shop/web dry-run failed (Invalid): Deployment.apps "web" is invalid: spec.replicas: Invalid value: -1',
      ),
    ),
    then: "waiting applied",
  },
  {
    says: "an invalid answer counts at once (flux.md: retrying)",
    given: attempting(
      notReady(
        "ReconciliationFailed",
        "Deployment/shop/api dry-run failed (Invalid): spec.selector: field is immutable",
      ),
    ),
    then: "failed terminal",
  },
  {
    says: "ReconciliationFailed for another cause counts after the grace",
    given: attempting(
      notReady("ReconciliationFailed", "Deployment/shop/api apply failed: the server is busy"),
    ),
    then: "failed lasting",
    later: true,
  },
  {
    says: "PruneFailed counts after the grace, X being what was attempted",
    given: attempting(notReady("PruneFailed", "prune failed")),
    then: "failed lasting",
    later: true,
  },
  ...["InvalidCELExpression", "AccessDenied", "FeatureGateDisabled"].map((reason): Row => ({
    says: `Stalled by ${reason}`,
    given: attempting(notReady(reason, "no"), {
      conditions: [{ type: "Stalled", status: "True", reason, message: "no" }],
    }),
    then: "failed terminal",
  })),
  {
    says: "a failure of an older attempt does not count",
    given: {
      clusters: [
        running([
          kustomization({
            applied: older,
            attempted: older,
            ready: notReady("BuildFailed", "bad"),
          }),
        ]),
      ],
    },
    then: "waiting applied",
    later: true,
  },
  {
    says: "a failure of a newer attempt that names nothing of X does not count",
    given: {
      clusters: [
        running([
          kustomization({
            applied: older,
            attempted: newer,
            ready: notReady("ReconciliationFailed", "Deployment/other/red apply failed"),
          }),
        ]),
      ],
    },
    then: "waiting applied",
    later: true,
  },
  {
    says: "suspended is said, never failed (flux.md: fail fast)",
    given: { clusters: [running([suspended])] },
    then: "waiting suspended",
    later: true,
  },
];

describeRows("reasons of a Kustomization", reasonRows);
