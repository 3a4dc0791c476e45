package judge_test

import (
	"fmt"

	"github.com/dechaff/dechaff/cleaner/internal/judge"
)

// The numbers in a block's row have names.
func ExampleFeatureNames() {
	for _, name := range judge.FeatureNames()[:3] {
		fmt.Println(name)
	}
	// Output:
	// words
	// characters
	// link share
}

// A model must have been trained on columns with the same hash.
func ExampleFeatureHash() {
	fmt.Println(len(judge.FeatureHash()))
	// Output: 16
}

// The numbers in a page's row have names.
func ExampleKindFeatureNames() {
	for _, name := range judge.KindFeatureNames()[:3] {
		fmt.Println(name)
	}
	// Output:
	// blocks
	// words
	// link share
}

// A model of the page's kind must have been trained on columns with the same hash.
func ExampleKindFeatureHash() {
	fmt.Println(len(judge.KindFeatureHash()))
	// Output: 16
}
