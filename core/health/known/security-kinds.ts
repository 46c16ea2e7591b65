import type { KnownKind } from "./known-kind.ts";
import { byCondition, condition, withoutStatus } from "./known-kind.ts";

const certManager = "https://cert-manager.io/docs/reference/api-docs/";
const externalSecrets = "https://external-secrets.io/latest/api/spec/";
const kyverno = "https://kyverno.io/docs/policy-types/";
const gatekeeper = "https://open-policy-agent.github.io/gatekeeper/website/docs/";

/** Certificates, secrets and policies. */
export const securityKinds: readonly KnownKind[] = [
  {
    type: "Certificate.cert-manager.io",
    // Not ready while it is issued for the first time; a failed attempt says so in Issuing.
    failed:
      "has(status.conditions) && status.conditions.exists(c, c.type == 'Issuing' && c.status == 'False' && c.reason == 'Failed')",
    current: condition("Ready", "True"),
    source: certManager,
  },
  {
    type: "CertificateRequest.cert-manager.io",
    failed:
      "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.reason in ['Failed', 'Denied'])",
    current: condition("Ready", "True"),
    source: certManager,
  },
  byCondition("Issuer.cert-manager.io", certManager),
  byCondition("ClusterIssuer.cert-manager.io", certManager),
  {
    type: "Bundle.trust.cert-manager.io",
    failed: condition("Synced", "False"),
    current: condition("Synced", "True"),
    source: "https://cert-manager.io/docs/trust/trust-manager/api-reference/",
  },
  ...["ExternalSecret", "PushSecret"].map((kind) => ({
    ...byCondition(`${kind}.external-secrets.io`, externalSecrets),
    // Its conditions have no generation; this text begins with the one that was synced.
    inProgress:
      "has(status.syncedResourceVersion) && !status.syncedResourceVersion.startsWith(string(metadata.generation) + '-')",
  })),
  byCondition("ClusterExternalSecret.external-secrets.io", externalSecrets),
  byCondition("SecretStore.external-secrets.io", externalSecrets),
  byCondition("ClusterSecretStore.external-secrets.io", externalSecrets),
  withoutStatus("*.generators.external-secrets.io", externalSecrets),
  byCondition(
    "SealedSecret.bitnami.com",
    "https://github.com/bitnami-labs/sealed-secrets",
    "Synced",
  ),
  withoutStatus(
    "SecretProviderClass.secrets-store.csi.x-k8s.io",
    "https://secrets-store-csi-driver.sigs.k8s.io/concepts",
  ),
  byCondition("ClusterPolicy.kyverno.io", kyverno),
  byCondition("Policy.kyverno.io", kyverno),
  withoutStatus("PolicyException.kyverno.io", kyverno),
  withoutStatus("ClusterCleanupPolicy.kyverno.io", kyverno),
  withoutStatus("CleanupPolicy.kyverno.io", kyverno),
  {
    type: "*.policies.kyverno.io",
    failed: "has(status.conditionStatus.ready) && status.conditionStatus.ready == false",
    current: "has(status.conditionStatus.ready) && status.conditionStatus.ready == true",
    source: kyverno,
  },
  {
    type: "ConstraintTemplate.templates.gatekeeper.sh",
    current: "has(status.created) && status.created == true",
    source: gatekeeper,
  },
  withoutStatus("*.constraints.gatekeeper.sh", gatekeeper),
];
