package cleaner_test

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
)

// storyOf returns a page of an invented newspaper. No rule matches its last two lines.
func storyOf(title, text string) *htmldoc.Document {
	doc, err := htmldoc.Parse(strings.NewReader("<title>"+title+" ~ Sandry Lantern</title><div class=story><h1>"+title+"</h1><p>"+text+
		"</p><p>Set in type by hand beneath the harbour stairs.</p><p>Whoever finds a mistake is owed a kipper.</p></div>"),
		htmldoc.Source{URL: "https://lantern.example/" + url.PathEscape(title)})
	if err != nil {
		panic(err)
	}
	return doc
}

var stories = []*htmldoc.Document{
	storyOf("The bell", "The bell on the end of the pier rang eleven times on Monday night, although the rope was taken down in spring and has been keeping a goat in its place. The keeper walked out with a lamp and found the clapper warm. The council has asked the owner whether the goat was at home."),
	storyOf("The hens", "The ferry crossed the bay again on Tuesday, with eleven passengers and a crate of hens. Nobody had told the hens that there would be a band. Four of them got out at the second verse, and were last seen on the roof of the customs house, where they have begun to lay. The officer asks for patience."),
	storyOf("The ink", "The decree on the length of shadows was signed with ink that the mayor had taken from a squid of his own, and on Thursday it turned green before anybody could read it twice. The clerk has copied what he remembers. By his copy no shadow may be longer than its owner after four in the afternoon."),
	storyOf("The lamp", "On the market there is a man who sells darkness in jars, at fourpence for a small one, and on Saturday the council sent him a lamp so that people could see what they were buying. He thanked the council and put the lamp in the largest jar, where it has been burning since, or has not."),
	storyOf("The piano", "The piano that stood in the ice room in the hard year has been found in the loft of the school, under eleven maps of countries that have since changed their names. Two keys are missing, a low one and one that nobody used. A mouse had built her nest in the place of the low one."),
	storyOf("The gloves", "The baker's sister came back on the noon ferry with a trunk and a canary. She looked at the gloves for as long as it takes to boil an egg, and then she laughed. They were her own, she said, and she had left them on the bench in the year of the piano, on an evening about which she would tell all."),
	storyOf("The cock", "For ninety years the copper cock on the tower has pointed east, wherever the wind came from, and the people on the quay have learned to read it the wrong way round. Last autumn a roofer took it down to clean it. In its tail he found a folded letter, a coin and a bill for a beer that nobody had paid."),
}

// Text that is on every page of a host is not content of any of them.
func ExampleSite() {
	site := cleaner.NewSite()
	for _, doc := range stories {
		site.Observe(doc)
	}
	a, err := cleaner.New(cleaner.Options{}).ForSite(site.Snapshot()).CleanDocument(stories[1])
	if err != nil {
		panic(err)
	}
	fmt.Println(a.Title)
	for _, r := range a.Removed {
		if r.Stage == "site" {
			fmt.Printf("%s: %s\n", r.Reason, r.Text)
		}
	}
	// Output:
	// The hens
	// on 7 of 7 pages of this host: Set in type by hand beneath the harbour stairs.
	// on 7 of 7 pages of this host: Whoever finds a mistake is owed a kipper.
}

// Two machines that each crawled a part of a host merge what they learned.
func ExampleSite_Merge() {
	one, other := cleaner.NewSite(), cleaner.NewSite()
	for i, doc := range stories {
		if i%2 == 0 {
			one.Observe(doc)
		} else {
			other.Observe(doc)
		}
	}
	data, err := other.MarshalBinary() // as sent over the network
	if err != nil {
		panic(err)
	}
	received := cleaner.NewSite()
	if err := received.UnmarshalBinary(data); err != nil {
		panic(err)
	}
	one.Merge(received)
	fmt.Println(one.Pages(), "pages")
	fmt.Println(received.UnmarshalBinary(data[1:]))
	// Output:
	// 7 pages
	// cleaner: the data of the site is damaged or has another format: the header is wrong
}

// A crawler takes a snapshot from time to time, and cleans pages of the host with it. A snapshot of fewer than three
// pages has no effect.
func ExampleCleaner_ForSite() {
	c, site := cleaner.New(cleaner.Options{}), cleaner.NewSite()
	for i, doc := range stories {
		site.Observe(doc)
		if i != 0 && i != len(stories)-1 {
			continue
		}
		snap := site.Snapshot()
		a, err := c.ForSite(snap).CleanDocument(stories[0])
		if err != nil {
			panic(err)
		}
		fmt.Println(snap.Pages(), strings.Contains(a.Text(), "kipper"))
	}
	// Output:
	// 1 true
	// 7 false
}

// A crawler that cleans each page as it arrives can have a Site learn from the page in the same step.
func ExampleCleaner_Observing() {
	c, site := cleaner.New(cleaner.Options{}), cleaner.NewSite()
	learning := c.Observing(site)
	for _, doc := range stories {
		if _, err := learning.CleanDocument(doc); err != nil {
			panic(err)
		}
	}
	again, err := c.ForSite(site.Snapshot()).CleanDocument(stories[0])
	if err != nil {
		panic(err)
	}
	fmt.Println(site.Pages(), strings.Contains(again.Text(), "kipper"))
	// Output: 7 false
}
