package main

import (
	"regexp"
	"strings"

	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
	apiserviceapply "k8s.io/kube-aggregator/pkg/client/applyconfiguration"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	mergeschema "sigs.k8s.io/structured-merge-diff/v6/schema"
	"sigs.k8s.io/structured-merge-diff/v6/typed"
)

var typeConverters = map[schema.GroupVersionKind]managedfields.TypeConverter{}

// typeConverterOf is the schema that server-side apply reads objects of a kind by.
func typeConverterOf(kind schema.GroupVersionKind) managedfields.TypeConverter {
	known, there := typeConverters[kind]
	if there {
		return known
	}
	switch kind.Group {
	case "apiextensions.k8s.io":
		known = definitionTypes()
	case "apiregistration.k8s.io":
		known = apiserviceapply.NewTypeConverter(legacyscheme.Scheme)
	default:
		// A kind that the scheme does not know has no name, which the converter says itself.
		name, _ := legacyscheme.Scheme.ToOpenAPIDefinitionName(kind)
		known = managedfields.NewSchemeTypeConverter(legacyscheme.Scheme, parserOf(name))
	}
	typeConverters[kind] = known
	return known
}

// parserOf reads what one type is made of. All the types that there are would take longer than the
// whole rest of the start, and an object needs a few.
func parserOf(name string) *typed.Parser {
	if typeTexts == nil {
		typeTexts = textsByName(applyconfigurations.SchemaYAML())
	}
	needed := typesWithin(name, map[string]bool{})
	var unread strings.Builder
	for one := range needed {
		if _, there := readTypes[one]; !there {
			unread.WriteString(typeTexts[one])
		}
	}
	if unread.Len() > 0 {
		read, err := typed.NewParser(typed.YAMLObject("types:\n" + unread.String()))
		if err != nil {
			panic(err)
		}
		for _, one := range read.Schema.Types {
			readTypes[one.Name] = one
		}
	}
	parser := &typed.Parser{}
	for one := range needed {
		parser.Schema.Types = append(parser.Schema.Types, readTypes[one])
	}
	return parser
}

var typeTexts map[string]string
var readTypes = map[string]mergeschema.TypeDef{}
var namedType = regexp.MustCompile(`namedType: (\S+)`)

func typesWithin(name string, found map[string]bool) map[string]bool {
	text, there := typeTexts[name]
	if !there || found[name] {
		return found
	}
	found[name] = true
	for _, match := range namedType.FindAllStringSubmatch(text, -1) {
		typesWithin(match[1], found)
	}
	return found
}

// As the schemas of client-go are generated: a list, of which each item begins with its name.
func textsByName(schemas string) map[string]string {
	const item = "\n- name: "
	texts := map[string]string{}
	for _, text := range strings.Split(schemas, item)[1:] {
		name, _, _ := strings.Cut(text, "\n")
		texts[strings.TrimSpace(name)] = item[1:] + text + "\n"
	}
	return texts
}
