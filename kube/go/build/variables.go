package main

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/fluxcd/pkg/envsubst"
	"github.com/fluxcd/pkg/kustomize"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
	yamlText "sigs.k8s.io/yaml"
)

// variables are those of spec.postBuild. A name that only a source in the cluster can give stays as
// ${NAME}: what stands there is not known here, and nobody should take it for a value or a default.
type variables struct {
	given map[string]string
	// Some source was not handed in, so that any other name may have a value too.
	open    bool
	strict  bool
	active  bool
	always  bool
	missing map[string]bool
	// The place of the object at hand.
	at int
	// Variables without a value and a default, by the objects that name them: Flux puts nothing there.
	emptied []emptied
}

type emptied struct {
	// The place of the object in the build.
	Object int    `json:"object"`
	Name   string `json:"name"`
}

func knownVariables(asked request) (*variables, error) {
	known := &variables{given: map[string]string{}, strict: asked.Strict, missing: map[string]bool{}}
	_, known.active, _ = unstructured.NestedFieldNoCopy(asked.Kustomization, "spec", "postBuild")
	strategy, _, _ := unstructured.NestedString(asked.Kustomization, "spec", "postBuild", "substituteStrategy")
	known.always = strategy == "Always"
	sources, _, err := unstructured.NestedSlice(asked.Kustomization, "spec", "postBuild", "substituteFrom")
	if err != nil {
		return nil, err
	}
	for _, source := range sources {
		fields, _ := source.(map[string]any)
		values, there := asked.Variables[fmt.Sprintf("%v/%v", fields["kind"], fields["name"])]
		if !there {
			// It may set anything, and what came before it as well.
			known.open = true
			known.given = map[string]string{}
		}
		maps.Copy(known.given, values)
	}
	inline, _, err := unstructured.NestedStringMap(asked.Kustomization, "spec", "postBuild", "substitute")
	if err != nil {
		return nil, err
	}
	maps.Copy(known.given, inline)
	return known, nil
}

// leaves says that Flux changes nothing in an object: what is written there in plain text names no
// variable, and comes back from the substitution as it went in. It takes most of the time of a build.
func (v *variables) leaves(one *resource.Resource) bool {
	for name := range v.given {
		// Flux refuses it whatever the object says.
		if !variableName.MatchString(name) {
			return false
		}
	}
	return isPlainObject(one) && !holds(one.YNode(), '$')
}

// As Flux takes them.
var variableName = regexp.MustCompile("^[_[:alpha:]][_[:alpha:][:digit:]]*$")

func holds(node *yaml.Node, letter byte) bool {
	return strings.IndexByte(node.Value, letter) >= 0 ||
		slices.ContainsFunc(node.Content, func(each *yaml.Node) bool { return holds(each, letter) })
}

// substitute does to one object what Flux does after the build, by Flux's own code: all that is known
// is handed to it as if it stood in spec.postBuild.substitute.
func (v *variables) substitute(one *resource.Resource) (*resource.Resource, error) {
	values := maps.Clone(v.given)
	text, err := asYAML(one)
	if err != nil {
		return nil, err
	}
	if v.open {
		for _, name := range namesIn(string(text)) {
			if _, there := values[name]; !there {
				values[name] = "${" + name + "}"
				v.missing[name] = true
			}
		}
	}
	inline := make(map[string]any, len(values))
	for name, value := range values {
		inline[name] = value
	}
	spec := map[string]any{"postBuild": map[string]any{"substitute": inline}}
	changed, err := kustomize.SubstituteVariables(
		context.Background(), nil, unstructured.Unstructured{Object: map[string]any{"spec": spec}}, one,
		kustomize.SubstituteWithDryRun(true),
		kustomize.SubstituteWithStrict(v.strict),
		kustomize.SubstituteWithAlways(v.always || v.open),
	)
	if err != nil || changed == nil {
		return one, err
	}
	if len(values) > 0 || v.always {
		v.noteEmptied(string(text), values)
	}
	return changed, nil
}

// asYAML is the resource's own AsYAML.
func asYAML(one *resource.Resource) ([]byte, error) {
	text, err := asJSON(one)
	if err != nil {
		return nil, err
	}
	return yamlText.JSONToYAML(text)
}

// noteEmptied notes for the object at hand what strict mode would refuse.
func (v *variables) noteEmptied(text string, values map[string]string) {
	for _, name := range namesIn(text) {
		if _, there := values[name]; there {
			continue
		}
		_, err := envsubst.Eval(text, func(each string) (string, bool) { return "", each != name })
		if err != nil {
			v.emptied = append(v.emptied, emptied{Object: v.at, Name: name})
		}
	}
}

// A text that does not parse has no names here: the substitution itself says what is wrong with it.
func namesIn(text string) []string {
	names := map[string]bool{}
	_, _ = envsubst.Eval(text, func(name string) (string, bool) {
		names[name] = true
		return "", true
	})
	return slices.Sorted(maps.Keys(names))
}

func (v *variables) unknown() []string { return slices.Sorted(maps.Keys(v.missing)) }
