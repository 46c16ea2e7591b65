package main

import (
	"bytes"
	"maps"
	"slices"

	"sigs.k8s.io/kustomize/kyaml/filesys"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// recording is a file system that remembers what was read of it.
type recording struct {
	filesys.FileSystem
	read map[string]bool
	// Some kustomization names an OpenAPI schema of its own, which stays in kustomize's globals.
	bringsSchema bool
}

func (r *recording) ReadFile(path string) ([]byte, error) {
	text, err := r.FileSystem.ReadFile(path)
	if err == nil {
		r.read[relative(path)] = true
		if !r.bringsSchema && bytes.Contains(text, []byte("openapi")) {
			r.bringsSchema = true
			// Read by now or not: what a schema comes on top of must not hang on the builds before.
			openapi.Schema()
		}
	}
	return text, err
}

func (r *recording) files() []string {
	return slices.Sorted(maps.Keys(r.read))
}
