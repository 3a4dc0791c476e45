package judge_test

import (
	"fmt"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// What the numbers of a block's row are.
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

// What the numbers of a page's row are.
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
