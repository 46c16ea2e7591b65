// What the API server would say to an object that is created, or updated from what it was, by the API
// server's own code: server-side apply, defaults, and the strategies of its registries.
package main

import (
	"encoding/json"

	"fluxgate.dev/kube/reactor"
	"k8s.io/kubernetes/pkg/capabilities"
)

type request struct {
	Objects []asked
	// CustomResourceDefinitions, as JSON.
	Definitions []string
	// Namespaces, as JSON, whose labels tell which pods they take.
	Namespaces []string
}

type asked struct {
	// JSON texts, so that numbers stay as they are written.
	Object string
	Before string
	// Names of variables whose values nobody knows: they stand as ${NAME}.
	Open []string
}

type finding struct {
	Field string `json:"field"`
	Type  string `json:"type"`
	Text  string `json:"text"`
}

type judged struct {
	Kind     string    `json:"kind"`
	Errors   []finding `json:"errors"`
	Warnings []finding `json:"warnings"`
	// Variables that it holds: what hangs on their values is not said.
	Open []string `json:"open,omitempty"`
	// Some value does not fit its field's type, so that nothing else was judged.
	unread bool
}

func main() {}

func init() {
	// The flag --allow-privileged, which is off where nobody sets it: kubeadm and the clouds do, and their
	// own agents are such pods. Who may not is for Pod Security to say, by namespace.
	capabilities.Setup(true, 0)
	reactor.Handle = func(text []byte) any {
		var asked request
		if err := json.Unmarshal(text, &asked); err != nil {
			panic(err)
		}
		definitions := readDefinitions(asked.Definitions)
		namespaces := readNamespaces(asked.Namespaces)
		results := make([]judged, len(asked.Objects))
		for i, one := range asked.Objects {
			results[i] = judgeSafely(one, definitions, namespaces)
		}
		return map[string]any{"objects": results}
	}
}
