package plaintext

import "fmt"

func Example() {
	fmt.Println(Clean("The tide is late\n\nFacebook\nTwitter\n\nIt was late again."))
	// Output:
	// The tide is late
	//
	// It was late again.
}
