package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/kustomize/filesys"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/yaml"
)

type built struct {
	resources []*resource.Resource
	// For each resource the file that it came from; empty where that is not known.
	files []string
	read  []string
}

// kustomizeBuild builds what Flux's generator makes of a folder. Where the files of the objects are
// asked for, and do not follow from the lists alone, it builds once more with kustomize's origin
// annotations: in the first build these would be there for patches to find, and no annotations are not
// the same as some.
func kustomizeBuild(directory string, kustomization unstructured.Unstructured, origins bool) (built, error) {
	manifest, file, _, err := kustomize.NewGenerator(root, kustomization).GenerateManifest(directory)
	if err == nil {
		err = os.WriteFile(file, manifest, 0o644)
	}
	if err != nil {
		return built{}, err
	}
	result, err := run(directory)
	if err != nil || !origins {
		return result, err
	}
	if listed := filesInOrder(directory, result.resources); listed != nil {
		result.files = listed
		return result, nil
	}
	annotated := result.resources
	if asks, err := askForOrigins(file); err != nil || asks {
		again, err := run(directory)
		if err != nil || len(again.resources) != len(result.resources) {
			return result, nil
		}
		annotated = again.resources
	}
	for i, one := range annotated {
		if one.CurId() == result.resources[i].CurId() {
			result.files[i] = originOf(one, directory)
		}
		if result.files[i] == "" {
			result.files[i] = likelyFile(one, result.read)
		}
	}
	return result, nil
}

// run is kustomize.Build of fluxcd/pkg, with the same options, but for two things: the global schema is
// kept between builds that do not bring one of their own (resetting costs about a second), and the
// files that were read are listed.
func run(directory string) (result built, err error) {
	secure, err := filesys.MakeFsOnDiskSecureBuild(root)
	if err != nil {
		return result, err
	}
	recorded := &recording{FileSystem: secure, read: map[string]bool{}}
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("recovered from kustomize build panic: %v", cause)
		}
		result.read = recorded.files()
		if recorded.bringsSchema {
			openapi.ResetOpenAPI()
		}
	}()
	kustomizer := krusty.MakeKustomizer(&krusty.Options{
		LoadRestrictions: types.LoadRestrictionsNone,
		PluginConfig:     types.DisabledPluginConfig(),
	})
	resources, err := kustomizer.Run(recorded, directory)
	if err != nil {
		return result, fmt.Errorf("kustomize build failed: %w", err)
	}
	result.resources = resources.Resources()
	result.files = make([]string, len(result.resources))
	return result, nil
}

// askForOrigins has kustomize note on each object where it came from; false where it was asked to
// already.
func askForOrigins(file string) (bool, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return false, err
	}
	var kustomization types.Kustomization
	if err := yaml.Unmarshal(text, &kustomization); err != nil {
		return false, err
	}
	if slices.Contains(kustomization.BuildMetadata, types.OriginAnnotations) {
		return false, nil
	}
	kustomization.BuildMetadata = append(kustomization.BuildMetadata, types.OriginAnnotations)
	text, err = yaml.Marshal(kustomization)
	if err != nil {
		return false, err
	}
	return true, os.WriteFile(file, text, 0o644)
}

// relative is a path as the repository names it.
func relative(path string) string {
	inside, err := filepath.Rel(root, path)
	if err != nil {
		return path
	}
	return filepath.ToSlash(inside)
}
