package main

import (
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// The minor whose code this is; a test compares it with go.mod.
const (
	major = 1
	minor = 36
)

type removable interface{ APILifecycleRemoved() (int, int) }

func isRemoved(versioned runtime.Object) bool {
	one, is := versioned.(removable)
	if !is {
		return false
	}
	removedMajor, removedMinor := one.APILifecycleRemoved()
	return removedMajor != 0 && (removedMajor < major || removedMajor == major && removedMinor <= minor)
}

// The API server serves stable versions unless it is told otherwise
// (DefaultAPIResourceConfigSource of k8s.io/kubernetes/pkg/controlplane).
func isServedByDefault(version string) bool {
	return !strings.Contains(version, "alpha") && !strings.Contains(version, "beta")
}

// What it can be told to serve: versions that have storage (pkg/registry/*/rest of k8s.io/kubernetes).
// Of others, rbac/v1alpha1 for one, there are types alone.
var optional = map[string][]string{
	"admissionregistration.k8s.io": {"v1alpha1", "v1beta1"},
	"certificates.k8s.io":          {"v1alpha1", "v1beta1"},
	"coordination.k8s.io":          {"v1alpha2", "v1beta1"},
	"networking.k8s.io":            {"v1beta1"},
	"resource.k8s.io":              {"v1alpha3", "v1beta1", "v1beta2"},
	"scheduling.k8s.io":            {"v1alpha2"},
	"storage.k8s.io":               {"v1beta1"},
	"storagemigration.k8s.io":      {"v1beta1"},
}

func canBeServed(kind schema.GroupVersionKind) bool {
	return isServedByDefault(kind.Version) || slices.Contains(optional[kind.Group], kind.Version)
}
