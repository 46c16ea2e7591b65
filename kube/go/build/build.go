package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	ssautil "github.com/fluxcd/pkg/ssa/utils"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/yaml"
)

// build follows kustomize-controller: artefact, generated kustomization, build, substitution, reading
// of the objects, common metadata. What it lacks is said in kube/README.md.
func build(asked request) answer {
	path, _, _ := unstructured.NestedString(asked.Kustomization, "spec", "path")
	directory := filepath.Join(root, filepath.Join("/", path))
	if err := dropIgnored(asked.Ignore); err != nil {
		return failed(answer{}, "ArtifactFailed", err)
	}
	if _, err := os.Stat(directory); err != nil {
		return failed(answer{}, "ArtifactFailed", fmt.Errorf("kustomization path not found: %w", err))
	}
	known, err := knownVariables(asked)
	if err != nil {
		return failed(answer{}, "BuildFailed", err)
	}
	made, err := kustomizeBuild(directory, unstructured.Unstructured{Object: asked.Kustomization}, asked.Origins)
	result := answer{Read: made.read}
	if err != nil {
		return failed(result, "BuildFailed", err)
	}
	for i, one := range made.resources {
		known.at = len(result.Objects)
		objects, err := finish(one, known)
		if err != nil {
			return failed(result, "BuildFailed", err)
		}
		for _, each := range objects {
			addCommonMetadata(each, asked.Kustomization)
			text, err := json.Marshal(each.Object)
			if err != nil {
				return failed(result, "BuildFailed", err)
			}
			result.Objects = append(result.Objects, object{File: made.files[i], Object: text})
		}
	}
	result.Unknown = known.unknown()
	result.Emptied = known.emptied
	return result
}

// finish turns one resource of the build into the objects that Flux would apply for it.
func finish(one *resource.Resource, known *variables) ([]*unstructured.Unstructured, error) {
	if one.GetName() == "" || one.GetKind() == "" || one.GetApiVersion() == "" {
		return nil, fmt.Errorf("failed to decode Kubernetes apiVersion, kind and name from: %v", one.String())
	}
	if !known.active || known.leaves(one) {
		return objectsOf(one)
	}
	substituted, err := known.substitute(one)
	if err != nil {
		return nil, fmt.Errorf("post build failed for '%s/%s': %w", one.GetGvk(), one.GetName(), err)
	}
	return objectsOf(substituted)
}

// objectsOf reads a resource as Flux does.
func objectsOf(one *resource.Resource) ([]*unstructured.Unstructured, error) {
	text, err := asJSON(one)
	if err != nil {
		return nil, unwritable(one, err)
	}
	// What Flux does here, JSON to YAML and back, takes half of the time, and changes nothing but
	// what YAML takes for the end of a line.
	if bytes.ContainsAny(text, "\u0085\ufeff") || bytes.Contains(text, []byte(`\u20`)) {
		text, err = yaml.JSONToYAML(text)
		if err != nil {
			return nil, unwritable(one, err)
		}
	}
	return ssautil.ReadObjects(bytes.NewReader(text))
}

// unwritable is the error that Flux has from resmap.AsYaml, which writes all resources together.
func unwritable(one *resource.Resource, err error) error {
	fields, _ := one.Map()
	return fmt.Errorf("kustomize build failed: %#v: %w", fields, err)
}

func addCommonMetadata(one *unstructured.Unstructured, kustomization map[string]any) {
	labels, _, _ := unstructured.NestedStringMap(kustomization, "spec", "commonMetadata", "labels")
	annotations, _, _ := unstructured.NestedStringMap(kustomization, "spec", "commonMetadata", "annotations")
	if len(labels)+len(annotations) > 0 {
		ssautil.SetCommonMetadata([]*unstructured.Unstructured{one}, labels, annotations)
	}
}

func failed(so answer, reason string, err error) answer {
	so.Objects = nil
	so.Error = &failure{Reason: reason, Message: asFluxSays(err.Error())}
	return so
}
