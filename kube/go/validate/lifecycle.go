package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/runtime"
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
