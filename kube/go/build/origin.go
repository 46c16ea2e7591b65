package main

import (
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resource"
)

// originOf is the file that a resource came from, as the repository names it: kustomize notes it from
// the folder of the build. Empty where it came from elsewhere, or a patch took the note away.
func originOf(one *resource.Resource, directory string) string {
	origin, err := one.GetOrigin()
	if err != nil || origin == nil || origin.Repo != "" {
		return ""
	}
	if origin.Path != "" {
		return relative(filepath.Join(directory, origin.Path))
	}
	if !strings.HasSuffix(origin.ConfiguredBy.Kind, "Generator") {
		return ""
	}
	return relative(filepath.Join(directory, origin.ConfiguredIn))
}

// likelyFile is the one file of those read that holds an object of this kind whose name is the built
// one's, or a part of it where prefixes and suffixes were added.
func likelyFile(one *resource.Resource, read []string) string {
	found, length := "", 0
	factory := provider.NewDefaultDepProvider().GetResourceFactory()
	for _, file := range read {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil || !strings.Contains(string(text), one.GetKind()) {
			continue
		}
		objects, err := factory.SliceFromBytes(text)
		if err != nil {
			continue
		}
		for _, each := range objects {
			name := each.GetName()
			if each.GetGvk() != one.GetGvk() || !strings.Contains(one.GetName(), name) || len(name) < length {
				continue
			}
			if len(name) == length && found != file {
				found = ""
				continue
			}
			found, length = file, len(name)
		}
	}
	return found
}
