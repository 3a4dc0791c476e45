package siterules_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing/fstest"

	"github.com/dechaff/dechaff/cleaner"
	"github.com/dechaff/dechaff/cleaner/htmldoc"
	"github.com/dechaff/dechaff/cleaner/siterules"
)

const page = `<!doctype html><title>Courier</title><div class="kop">The lamp is lit again</div>
<div class="text"><p>The lamp on the breakwater was lit again on Friday.</p><p class="ad">Lamps for all!</p></div>
<div class="side"><p>The office is closed on Tuesdays, and on all days with an R in them.</p></div>
<a class="leaf" href="/lamp/2">Leaf</a>`

func clean(rules *siterules.Rules) *cleaner.Article {
	c := cleaner.New(cleaner.Options{SiteRules: rules})
	article, err := c.Clean(strings.NewReader(page), "https://courier.example/lamp")
	if err != nil {
		panic(err)
	}
	return article
}

func ExampleParse() {
	rules, err := siterules.Parse("courier.example.yaml", []byte(`
title: .kop
content: .text
remove: .ad
`))
	if err != nil {
		panic(err)
	}
	a := clean(rules)
	fmt.Println(a.Title, "by", a.Provenance["title"])
	fmt.Println(a.Text())
	for _, r := range a.Removed {
		if r.Text == "Lamps for all!" {
			fmt.Println(r.Rule, r.Reason)
		}
	}
	// Output:
	// The lamp is lit again by site-rule: courier.example.yaml:2
	// The lamp on the breakwater was lit again on Friday.
	// site-rule: courier.example.yaml:4 remove: .ad
}

func ExampleParse_faults() {
	_, err := siterules.Parse("courier.example.yaml", []byte("title: .kop\ncontents: .text\n"))
	fmt.Println(err)
	// Output:
	// courier.example.yaml:2: unknown key "contents"; the keys are content, remove, keep, title, author, date, image, next, kind, favor, host, paths
}

func ExampleLoad() {
	rules, err := siterules.Load("testdata/folder")
	if err != nil {
		panic(err)
	}
	fmt.Println(clean(rules).Text())
	// Output:
	// The lamp on the breakwater was lit again on Friday.
}

func ExampleLoadFS() {
	rules, err := siterules.LoadFS(fstest.MapFS{
		"courier.example.txt": {Data: []byte("title: //div[@class='kop']\nbody: //div[@class='text']\nstrip: //p[@class='ad']\n")},
	})
	if err != nil {
		panic(err)
	}
	a := clean(rules)
	fmt.Println(a.Title)
	fmt.Println(a.Text())
	// Output:
	// The lamp is lit again
	// The lamp on the breakwater was lit again on Friday.
}

func ExampleRules_Add() {
	rules, err := siterules.Parse("courier.example.yaml", []byte("content: .text"))
	if err != nil {
		panic(err)
	}
	more, err := siterules.Parse(".example.yaml", []byte("remove: .ad"))
	if err != nil {
		panic(err)
	}
	rules.Add(more)
	fmt.Println(clean(rules).Text())
	// Output:
	// The lamp on the breakwater was lit again on Friday.
}

func ExampleRules_Match() {
	rules, err := siterules.Parse("courier.example.yaml", []byte("remove: p.ad"))
	if err != nil {
		panic(err)
	}
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: "https://courier.example/lamp"})
	if err != nil {
		panic(err)
	}
	for _, s := range rules.Match(doc, doc.URL).Remove {
		fmt.Println(s.Node.FirstChild.Data, "by", s.Rule)
	}
	// Output:
	// Lamps for all! by site-rule: courier.example.yaml:1
}

func ExampleRules_Next() {
	rules, err := siterules.Parse("courier.example.yaml", []byte("next: a.leaf"))
	if err != nil {
		panic(err)
	}
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: "https://courier.example/lamp"})
	if err != nil {
		panic(err)
	}
	fmt.Println(rules.Next(doc))
	// Output:
	// https://courier.example/lamp/2 true
}

// ftr returns rules in fivefilters' format.
func ftr(directives string) *siterules.Rules {
	rules, err := siterules.LoadFS(fstest.MapFS{"courier.example.txt": {Data: []byte(directives)}})
	if err != nil {
		panic(err)
	}
	return rules
}

func ExampleRules_Whole() {
	rules := ftr("single_page_link: concat(//a[@class='leaf']/@href, '?print')")
	doc, err := htmldoc.Parse(strings.NewReader(page), htmldoc.Source{URL: "https://courier.example/lamp"})
	if err != nil {
		panic(err)
	}
	fmt.Println(rules.Whole(doc))
	// Output:
	// https://courier.example/lamp/2?print
}

func ExampleRules_Report() {
	rules := ftr("tidy: no\nbody: //div[\nstrip: //p\nstrip: //i\nfootnotes: yes\n")
	for _, d := range rules.Report() {
		fmt.Println(d.Name, "honored:", d.Honored, "needless:", d.Needless, "unsupported:", d.Unsupported)
	}
	// Output:
	// body honored: 0 needless: 0 unsupported: 1
	// footnotes honored: 0 needless: 0 unsupported: 1
	// strip honored: 2 needless: 0 unsupported: 0
	// tidy honored: 1 needless: 1 unsupported: 0
}

func ExampleRules_Faults() {
	fmt.Println(ftr("title: //h1\n// the title\n").Faults()[0])
	// Output:
	// courier.example.txt:2: "// the title" is not a directive
}

func ExampleRules_Tests() {
	for _, test := range ftr("test_url: https://courier.example/lamp\ntest_contains: breakwater\n").Tests() {
		fmt.Println(test.URL, test.Contains)
	}
	// Output:
	// https://courier.example/lamp [breakwater]
}

func ExampleRules_Header() {
	rules := ftr("http_header(Referer): https://courier.example/")
	fmt.Println(rules.Header(&url.URL{Scheme: "https", Host: "courier.example"}))
	// Output:
	// map[Referer:[https://courier.example/]]
}

func ExampleRules_SignIn() {
	rules := ftr("login_uri: https://courier.example/login\nlogin_username_field: user\nlogin_password_field: word\n")
	in, ok := rules.SignIn(&url.URL{Scheme: "https", Host: "courier.example"})
	fmt.Println(in.URL, in.UserField, in.PasswordField, ok)
	// Output:
	// https://courier.example/login user word true
}

func ExampleRules_Unmatched() {
	rules, err := siterules.Parse("courier.example.yaml", []byte("content: .text\nremove:\n  - .ad\n  - .promo\n"))
	if err != nil {
		panic(err)
	}
	clean(rules)
	for _, err := range rules.Unmatched() {
		fmt.Println(err)
	}
	// Output:
	// courier.example.yaml:4: remove: .promo selects nothing on the only page
}

func ExampleInsert() {
	data, err := siterules.Insert("courier.example.yaml", []byte("content: .text # the story\n"), "", siterules.Remove, ".ad")
	if err != nil {
		panic(err)
	}
	fmt.Print(string(data))
	// Output:
	// content: .text # the story
	// remove: .ad
}

func ExampleKeys() {
	fmt.Println(siterules.Keys())
	// Output:
	// [content remove keep title author date image next kind favor]
}
