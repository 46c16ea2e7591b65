package main

import (
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/provider"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// filesInOrder names the file of each built object without a second build: where kustomizations do
// nothing but list and change, objects come in the order of the lists. Nil where they may not, or where
// the objects are not those that were listed.
func filesInOrder(directory string, built []*resource.Resource) []string {
	listed := listing{left: len(built)}
	if !listed.add(directory) || len(listed.objects) != len(built) {
		return nil
	}
	for i, one := range listed.objects {
		if one.GetKind() != built[i].GetKind() || !strings.Contains(built[i].GetName(), one.GetName()) {
			return nil
		}
	}
	return listed.files
}

type listing struct {
	objects []*resource.Resource
	files   []string
	// No more folders than objects are looked into: who lists himself is refused before, by kustomize.
	left int
}

// add follows one folder's list; false where more is asked of it than to list and change.
func (l *listing) add(directory string) bool {
	kustomization, there := readKustomization(directory)
	if !there || !isPlain(kustomization) {
		return false
	}
	for _, entry := range kustomization.Resources {
		path := filepath.Join(directory, entry)
		about, err := os.Stat(path)
		if err != nil {
			return false
		}
		if about.IsDir() {
			if l.left--; l.left < 0 || !l.add(path) {
				return false
			}
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		objects, err := provider.NewDefaultDepProvider().GetResourceFactory().SliceFromBytes(text)
		if err != nil {
			return false
		}
		for _, one := range objects {
			l.objects = append(l.objects, one)
			l.files = append(l.files, relative(path))
		}
	}
	return true
}

func readKustomization(directory string) (kustomization types.Kustomization, there bool) {
	for _, name := range konfig.RecognizedKustomizationFileNames() {
		text, err := os.ReadFile(filepath.Join(directory, name))
		if err != nil {
			continue
		}
		// One name too many is an error of the build.
		return kustomization, yaml.UnmarshalStrict(text, &kustomization) == nil
	}
	return kustomization, false
}

// isPlain: what generates, sorts, or is another's work is left to kustomize's own notes.
func isPlain(asked types.Kustomization) bool {
	return asked.Kind != types.ComponentKind &&
		len(asked.Components)+len(asked.Bases)+len(asked.Generators)+len(asked.Transformers) == 0 &&
		len(asked.ConfigMapGenerator)+len(asked.SecretGenerator) == 0 &&
		len(asked.HelmCharts)+len(asked.HelmChartInflationGenerator)+len(asked.BuildMetadata) == 0 &&
		asked.SortOptions == nil
}
