// The annotations by which clouds keep a load balancer inside a network.
import { annotationsOf } from "../labels.ts";

const internal: Readonly<Record<string, RegExp>> = {
  "service.beta.kubernetes.io/azure-load-balancer-internal": /^true$/i,
  "service.beta.kubernetes.io/aws-load-balancer-internal": /^(true|0\.0\.0\.0\/0)$/i,
  "service.beta.kubernetes.io/aws-load-balancer-scheme": /^internal$/i,
  "alb.ingress.kubernetes.io/scheme": /^internal$/i,
  "networking.gke.io/load-balancer-type": /^internal$/i,
  "cloud.google.com/load-balancer-type": /^internal$/i,
  "appgw.ingress.kubernetes.io/use-private-ip": /^true$/i,
  "kubernetes.io/ingress.class": /^gce-internal$/i,
  "service.beta.kubernetes.io/openstack-internal-load-balancer": /^true$/i,
  "service.beta.kubernetes.io/oci-load-balancer-internal": /^true$/i,
  "service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type": /^private$/i,
  "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type": /^intranet$/i,
};

/** Whether an object asks for an address inside the network only. */
export function isInternal(object: unknown): boolean {
  const annotations = annotationsOf(object);
  return Object.entries(internal).some(([name, form]) => form.test(String(annotations[name])));
}
