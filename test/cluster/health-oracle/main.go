// What Flux says of objects of a cluster: kstatus, its own reader of Jobs, and healthCheckExprs. A
// list of `{ object, expressions? }` comes in, a list of words goes out: Current, InProgress, Failed,
// Terminating, or Unknown where there is no answer.
package main

import (
	"context"
	"encoding/json"
	"os"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/fluxcd/pkg/apis/kustomize"
	"github.com/fluxcd/pkg/runtime/cel"
	"github.com/fluxcd/pkg/runtime/statusreaders"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

type question struct {
	Object      json.RawMessage                   `json:"object"`
	Expressions *kustomize.HealthCheckExpressions `json:"expressions"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	words := make([]string, len(questions))
	for i, one := range questions {
		words[i] = answer(one)
	}
	if err := json.NewEncoder(os.Stdout).Encode(words); err != nil {
		panic(err)
	}
}

func answer(one question) string {
	object := &unstructured.Unstructured{}
	// Whole numbers stay whole, as the API's client reads them.
	if err := object.UnmarshalJSON(one.Object); err != nil {
		return status.UnknownStatus.String()
	}
	result, err := judge(object, one.Expressions)
	if err != nil {
		return status.UnknownStatus.String()
	}
	return result.Status.String()
}

// The readers in kustomize-controller's order.
func judge(object *unstructured.Unstructured, by *kustomize.HealthCheckExpressions) (*status.Result, error) {
	if object.GroupVersionKind().GroupKind() == (schema.GroupKind{Group: "batch", Kind: "Job"}) {
		result := statusreaders.ComputeJobStatus(object)
		return &result, nil
	}
	if by == nil {
		return status.Compute(object)
	}
	evaluator, err := cel.NewStatusEvaluator(by)
	if err != nil {
		return nil, err
	}
	return evaluator.Evaluate(context.Background(), object)
}
