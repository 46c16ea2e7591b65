import { type DefaultValues, empty } from "./default-values.ts";

// By the `default` of their definitions: Gateway API 1.4, External Secrets 1.0, Kyverno 1.16.

const parents = {
  "spec.parentRefs[].group": "gateway.networking.k8s.io",
  "spec.parentRefs[].kind": "Gateway",
};
const backends = (at: string): DefaultValues => ({
  [`${at}.group`]: "",
  [`${at}.kind`]: "Service",
  [`${at}.weight`]: 1,
});
const everything = { path: { type: "PathPrefix", value: "/" } };
const remote = (at: string): DefaultValues => ({
  [`${at}.conversionStrategy`]: "Default",
  [`${at}.decodingStrategy`]: "None",
  [`${at}.metadataPolicy`]: "None",
});
const externalSecret: DefaultValues = {
  "spec.refreshInterval": "1h",
  "spec.secretStoreRef.kind": "SecretStore",
  "spec.target": empty,
  "spec.target.creationPolicy": "Owner",
  "spec.target.deletionPolicy": "Retain",
  "spec.target.template.engineVersion": "v2",
  "spec.target.template.mergePolicy": "Replace",
  ...remote("spec.data[].remoteRef"),
  ...remote("spec.dataFrom[].extract"),
};
const kyverno: DefaultValues = {
  "spec.admission": true,
  "spec.background": true,
  "spec.emitWarning": false,
  "spec.validationFailureAction": "Audit",
};

/** Of kinds that others define: what an absent field is, by what the API server or they fill in. */
export const defaultsOfOthers: Readonly<Record<string, DefaultValues>> = {
  "Gateway.gateway.networking.k8s.io": {
    "spec.listeners[].allowedRoutes": empty,
    "spec.listeners[].allowedRoutes.namespaces": empty,
    "spec.listeners[].allowedRoutes.namespaces.from": "Same",
    "spec.listeners[].tls.mode": "Terminate",
    "spec.listeners[].tls.certificateRefs[].group": "",
    "spec.listeners[].tls.certificateRefs[].kind": "Secret",
  },
  "HTTPRoute.gateway.networking.k8s.io": {
    ...parents,
    ...backends("spec.rules[].backendRefs[]"),
    "spec.rules[].matches": [everything],
    "spec.rules[].matches[].path": everything.path,
    "spec.rules[].matches[].path.type": "PathPrefix",
    "spec.rules[].matches[].path.value": "/",
    "spec.rules[].matches[].headers[].type": "Exact",
    "spec.rules[].matches[].queryParams[].type": "Exact",
  },
  "GRPCRoute.gateway.networking.k8s.io": {
    ...parents,
    ...backends("spec.rules[].backendRefs[]"),
    "spec.rules[].matches[].headers[].type": "Exact",
  },
  "TLSRoute.gateway.networking.k8s.io": { ...parents, ...backends("spec.rules[].backendRefs[]") },
  "ExternalSecret.external-secrets.io": externalSecret,
  "ClusterPolicy.kyverno.io": kyverno,
  "Policy.kyverno.io": kyverno,
  // What KEDA itself takes, and ScaledObject's definition does not say.
  "ScaledObject.keda.sh": {
    "spec.pollingInterval": 30,
    "spec.cooldownPeriod": 300,
    "spec.minReplicaCount": 0,
    "spec.maxReplicaCount": 100,
    "spec.scaleTargetRef.apiVersion": "apps/v1",
    "spec.scaleTargetRef.kind": "Deployment",
  },
};
