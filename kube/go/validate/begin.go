package main

import (
	"net/netip"
	"slices"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	core "k8s.io/kubernetes/pkg/apis/core"
)

// begin completes an object as the API server does between its defaults and its checks. Of a Service
// that is its storage's work (pkg/registry/core/service/storage: allocated values, and clusterIP beside
// clusterIPs), which needs the allocators of a cluster: what the checks rest on is told here. Headless
// services, which most people write with clusterIP alone, would be refused without it.
func begin(object, old runtime.Object) {
	if pod, is := object.(*core.Pod); is && pod.Spec.ServiceAccountName == "" {
		// By admission (plugin/pkg/admission/serviceaccount), which is on everywhere.
		pod.Spec.ServiceAccountName = "default"
	}
	service, is := object.(*core.Service)
	if !is {
		return
	}
	before, is := old.(*core.Service)
	if isAskedForHealth(service) && service.Spec.HealthCheckNodePort == 0 {
		service.Spec.HealthCheckNodePort = anyNodePort
		if is && before.Spec.HealthCheckNodePort != 0 {
			service.Spec.HealthCheckNodePort = before.Spec.HealthCheckNodePort
		}
	}
	if !is {
		if spec := &service.Spec; spec.ClusterIP != "" && len(spec.ClusterIPs) == 0 {
			spec.ClusterIPs = []string{spec.ClusterIP}
		}
		return
	}
	spec, was := &service.Spec, before.Spec
	if isReached(service) && isReached(before) {
		if spec.ClusterIP == "" {
			spec.ClusterIP = was.ClusterIP
		}
		if len(spec.ClusterIPs) == 0 {
			spec.ClusterIPs = was.ClusterIPs
		}
	}
	if spec.ClusterIP == was.ClusterIP || !slices.Equal(spec.ClusterIPs, was.ClusterIPs) {
		return
	}
	spec.ClusterIPs = nil
	if spec.ClusterIP != "" {
		spec.ClusterIPs = []string{spec.ClusterIP}
	}
}

// allocate gives a service that lies in the cluster what it was given there. Which address and port is
// not known: what the change writes is taken for that, as when somebody pins what is there.
func allocate(service *core.Service, object *unstructured.Unstructured) {
	if port, _, _ := unstructured.NestedInt64(object.Object, "spec", "healthCheckNodePort"); port > 0 {
		if isAskedForHealth(service) && service.Spec.HealthCheckNodePort == anyNodePort {
			service.Spec.HealthCheckNodePort = int32(port)
		}
	}
	if !isReached(service) || service.Spec.ClusterIP != "" {
		return
	}
	address, _, _ := unstructured.NestedString(object.Object, "spec", "clusterIP")
	if _, err := netip.ParseAddr(address); err != nil {
		address = "10.0.0.1"
	}
	service.Spec.ClusterIP, service.Spec.ClusterIPs = address, []string{address}
}

func isReached(service *core.Service) bool {
	return service.Spec.Type != core.ServiceTypeExternalName
}

const anyNodePort = 30000

// A load balancer asks the nodes which of them have pods.
func isAskedForHealth(service *core.Service) bool {
	return service.Spec.Type == core.ServiceTypeLoadBalancer &&
		service.Spec.ExternalTrafficPolicy == core.ServiceExternalTrafficPolicyLocal
}
