package phrase

import "fmt"

func Example() {
	fmt.Println(Match("Leave a comment"))
	fmt.Println(CountShareNames("Facebook | X | E-mail", None))
	fmt.Println(IsReadingTime("Lesezeit: 4 Minuten"))
	fmt.Println(SameHeadline("The tide is late again | The Gazette", "The tide is late again"))
	// Output:
	// comment-heading
	// 3
	// true
	// true
}
