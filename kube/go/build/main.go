// What Flux would apply: kustomize-controller's steps between the fetched artefact and the cluster.
package main

import (
	"encoding/json"

	"fluxgate.dev/kube/reactor"
)

// The files lie under /tree, which the host lays out before each call.
const root = "/tree"

type request struct {
	// The Flux Kustomization; of a bare folder only spec.path is set.
	Kustomization map[string]any
	// spec.ignore of the source, if it has one: it comes on top of .sourceignore and the defaults.
	Ignore *string
	// What ConfigMaps and Secrets of postBuild.substituteFrom hold, by "Kind/name", where known.
	Variables map[string]map[string]string
	// Fail on a variable without a value, as kustomize-controller does where it is so configured.
	Strict bool
	// Say which file each object came from, which takes a second build.
	Origins bool
}

type object struct {
	// The repository file that the object came from, or the kustomization.yaml that generates it.
	File   string          `json:"file"`
	Object json.RawMessage `json:"object"`
}

type answer struct {
	Objects []object `json:"objects"`
	// Files that the build read, kustomization files included.
	Read []string `json:"read"`
	// Variables whose values live in the cluster: they stand as ${NAME} in the objects.
	Unknown []string `json:"unknown"`
	// Variables in whose place Flux puts nothing, unless it is strict.
	Emptied []emptied `json:"emptied"`
	Error   *failure  `json:"error,omitempty"`
}

type failure struct {
	// The condition's reason that kustomize-controller would report.
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

func main() {}

func init() {
	reactor.Handle = func(text []byte) any {
		var asked request
		if err := json.Unmarshal(text, &asked); err != nil {
			return answer{Error: &failure{"RequestInvalid", err.Error()}}
		}
		return build(asked)
	}
}
