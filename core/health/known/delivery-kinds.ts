import type { KnownKind } from "./known-kind.ts";
import { byCondition, condition, withoutStatus } from "./known-kind.ts";

const rollouts = "https://argo-rollouts.readthedocs.io/en/stable/features/specification/";
const flux = "https://fluxcd.io/flux/components/";
const knative = "https://knative.dev/docs/serving/";
const keda = "https://keda.sh/docs/latest/reference/scaledobject-spec/";
const flagger = "https://docs.flagger.app/usage/how-it-works#canary-status";

// What builds from a source keeps its last artefact, and stays ready, where a new one cannot be
// fetched. A fetch that fails is tried again, so that is no failure yet.
const sources = [
  "GitRepository",
  "OCIRepository",
  "HelmRepository",
  "Bucket",
  "ExternalArtifact",
].map((kind) => ({
  type: `${kind}.source.toolkit.fluxcd.io`,
  // Nobody looks into a Helm repository of OCI artefacts before a chart is asked for.
  current: `${condition("Ready", "True")}${kind === "HelmRepository" ? " || has(spec.type) && spec.type == 'oci'" : ""}`,
  source: flux,
}));

/** What rolls out, scales and delivers. */
export const deliveryKinds: readonly KnownKind[] = [
  {
    type: "Rollout.argoproj.io",
    // It is a text there: the generation that its controller has seen.
    inProgress:
      "!has(status.observedGeneration) || string(status.observedGeneration) != string(metadata.generation)",
    failed: "has(status.phase) && status.phase in ['Degraded', 'Error']",
    current: "has(status.phase) && status.phase == 'Healthy'",
    source: rollouts,
  },
  {
    type: "AnalysisRun.argoproj.io",
    failed: "has(status.phase) && status.phase in ['Failed', 'Error', 'Inconclusive']",
    current: "has(status.phase) && status.phase == 'Successful'",
    source: rollouts,
  },
  {
    type: "Experiment.argoproj.io",
    failed: "has(status.phase) && status.phase in ['Failed', 'Error', 'Inconclusive']",
    current: "has(status.phase) && status.phase in ['Running', 'Successful']",
    source: rollouts,
  },
  withoutStatus("AnalysisTemplate.argoproj.io", rollouts),
  withoutStatus("ClusterAnalysisTemplate.argoproj.io", rollouts),
  {
    type: "Canary.flagger.app",
    failed: "has(status.phase) && status.phase == 'Failed'",
    current: "has(status.phase) && status.phase in ['Initialized', 'Succeeded']",
    source: flagger,
  },
  byCondition("*.serving.knative.dev", knative),
  byCondition("*.eventing.knative.dev", "https://knative.dev/docs/eventing/"),
  byCondition("*.messaging.knative.dev", "https://knative.dev/docs/eventing/"),
  byCondition("ScaledObject.keda.sh", keda),
  byCondition("ScaledJob.keda.sh", keda),
  withoutStatus("TriggerAuthentication.keda.sh", keda),
  withoutStatus("ClusterTriggerAuthentication.keda.sh", keda),
  byCondition("HelmChart.source.toolkit.fluxcd.io", flux),
  byCondition("ImageRepository.image.toolkit.fluxcd.io", flux),
  byCondition("ImagePolicy.image.toolkit.fluxcd.io", flux),
  byCondition("ImageUpdateAutomation.image.toolkit.fluxcd.io", flux),
  byCondition("Receiver.notification.toolkit.fluxcd.io", flux),
  byCondition("ArtifactGenerator.source.extensions.fluxcd.io", flux),
  byCondition("*.fluxcd.controlplane.io", "https://fluxoperator.dev/docs/crd/fluxinstance/"),
  withoutStatus("Alert.notification.toolkit.fluxcd.io", flux),
  withoutStatus("Provider.notification.toolkit.fluxcd.io", flux),
  ...sources,
  {
    type: "APIService.apiregistration.k8s.io",
    failed: condition("Available", "False"),
    current: condition("Available", "True"),
    source: "https://kubernetes.io/docs/tasks/extend-kubernetes/configure-aggregation-layer/",
  },
];
