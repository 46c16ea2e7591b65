package main

import (
	"encoding/base64"
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// `.spec.replicas: expected numeric (int or float), got …`, of structured-merge-diff.
var typedLine = regexp.MustCompile(`^\s*(\.\S*?): (.+)$`)
var typedPrefix = regexp.MustCompile(`^failed to create typed patch object \([^)]*\): `)

// refuseTyped takes apart what server-side apply says of an object that does not fit its schema.
func (j *judged) refuseTyped(err error) {
	text := typedPrefix.ReplaceAllString(err.Error(), "")
	known := len(j.Errors)
	for _, line := range strings.Split(text, "\n") {
		if parts := typedLine.FindStringSubmatch(line); parts != nil {
			j.refuse(strings.TrimPrefix(parts[1], "."), "FieldTypeInvalid", parts[2])
		}
	}
	if len(j.Errors) == known {
		j.refuse("", "Invalid", text)
	}
}

const masked = "***"

// mask takes the values of Secrets out of what is said about them.
func (j *judged) mask(object, before *unstructured.Unstructured) {
	if object.GetKind() != "Secret" || object.GetAPIVersion() != "v1" {
		return
	}
	values := append(secretValues(object), secretValues(before)...)
	for _, said := range [][]finding{j.Errors, j.Warnings} {
		for i := range said {
			said[i].Text = typedValue.ReplaceAllString(said[i].Text, "got "+masked)
			said[i].Text = quotedValue.ReplaceAllString(said[i].Text, "${1}"+masked)
			for _, value := range values {
				said[i].Text = strings.ReplaceAll(said[i].Text, value, masked)
			}
		}
	}
}

var (
	typedValue  = regexp.MustCompile(`(?s)got &(?:value\.valueUnstructured)?\{.*`)
	quotedValue = regexp.MustCompile(`((?:Invalid|Unsupported|Duplicate) value: )("(?:[^"\\]|\\.)*"|\{[^}]*\}|[^:]+)`)
)

func secretValues(secret *unstructured.Unstructured) []string {
	if secret == nil {
		return nil
	}
	var values []string
	for _, field := range []string{"data", "stringData"} {
		entries, _, _ := unstructured.NestedMap(secret.Object, field)
		for _, value := range entries {
			text, is := value.(string)
			// A letter or two would blank out the words of the message itself.
			if !is || len(text) < 3 {
				continue
			}
			values = append(values, text)
			if plain, err := base64.StdEncoding.DecodeString(text); err == nil && len(plain) > 2 {
				values = append(values, string(plain))
			}
		}
	}
	return values
}
