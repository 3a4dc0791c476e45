package judge_test

import (
	"fmt"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// The meaning of the numbers in a block's row.
func ExampleFeatureNames() {
	for _, name := range judge.FeatureNames()[:3] {
		fmt.Println(name)
	}
	// Output:
	// words
	// characters
	// link share
}

// The hash that a model must have been trained on.
func ExampleFeatureHash() {
	fmt.Println(len(judge.FeatureHash()))
	// Output: 16
}

// The meaning of the numbers in a page's row.
func ExampleKindFeatureNames() {
	for _, name := range judge.KindFeatureNames()[:3] {
		fmt.Println(name)
	}
	// Output:
	// blocks
	// words
	// link share
}

// The hash that a model of the page's kind must have been trained on.
func ExampleKindFeatureHash() {
	fmt.Println(len(judge.KindFeatureHash()))
	// Output: 16
}
