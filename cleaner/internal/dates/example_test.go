package dates

import "fmt"

func Example() {
	d, _ := Find("Updated: 14. März 2026, 9:30 Uhr", StyleOf("de"))
	fmt.Println(d)
	d, _ = Find("१४ मार्च २०२६", StyleOf("hi"))
	fmt.Println(d)
	d, _ = Parse("2026-03-14T06:12:00Z", Style{})
	fmt.Println(d)
	// Output:
	// 2026-03-14T09:30:00
	// 2026-03-14
	// 2026-03-14T06:12:00Z
}
