package text

import "fmt"

func Example() {
	fmt.Println(FoldLetters("It’s LATE!"))
	fmt.Println(FoldLine("• 12 Comments:"))
	n, _, _ := ReadNumber("٢٠٢٦", 0)
	fmt.Println(n)
	for word := range NameWords("post-shareBar", MaxNameWords) {
		fmt.Print(word, " ")
	}
	// Output:
	// its late
	// # comments
	// 2026
	// post share Bar
}
