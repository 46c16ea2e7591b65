package main

import (
	"encoding/json"

	"sigs.k8s.io/kustomize/api/resource"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// asJSON is the resource's own MarshalJSON, which writes YAML and reads it again: a sixth of a build.
// Where every scalar is of printable ASCII in one line, that changes nothing and is left out.
func asJSON(one *resource.Resource) ([]byte, error) {
	if !isPlainObject(one) {
		return one.MarshalJSON()
	}
	var fields map[string]any
	if err := one.YNode().Decode(&fields); err != nil {
		return one.MarshalJSON()
	}
	return json.Marshal(fields)
}

// isPlainObject: every scalar is of printable ASCII in one line, so that no writer and reader of YAML changes it.
func isPlainObject(one *resource.Resource) bool {
	node := one.YNode()
	return node.Kind == yaml.MappingNode && isPlainText(node)
}

func isPlainText(node *yaml.Node) bool {
	switch node.Kind {
	case yaml.MappingNode, yaml.SequenceNode:
		if node.Anchor != "" {
			return false
		}
		for _, each := range node.Content {
			if !isPlainText(each) {
				return false
			}
		}
		return true
	case yaml.ScalarNode:
		if node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			return false
		}
		switch node.Tag {
		case "", yaml.NodeTagString, yaml.NodeTagInt, yaml.NodeTagFloat, yaml.NodeTagBool, yaml.NodeTagNull:
		default:
			return false
		}
		for i := range len(node.Value) {
			if node.Value[i] < ' ' || node.Value[i] > '~' {
				return false
			}
		}
		return node.Anchor == ""
	}
	return false
}
