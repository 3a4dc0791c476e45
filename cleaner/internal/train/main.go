// Train describes the blocks of labeled pages for train.py, which trains the judge's trees and calls this program.
//
//	go run ./cleaner/internal/train -out DIR [-priors PRIORS] [-vote always|never] [-vary] CORPUS…
//
// Each CORPUS is a folder with truth.jsonl and pages/ID.html.gz (README.md says where to get some). NAME is the base
// name of that folder. For each corpus, the program writes, in the order of truth.jsonl, DIR/NAME.f32 with the features
// of every block (float32, little-endian, one row per block), DIR/NAME.kind.f32 with the features of every page, and
// DIR/NAME.jsonl with one line per page: the texts, kinds and word counts of its blocks, and the labels of the rules.
// For every block, DIR/NAME.tokens.u64 has the number of tokens, followed by the tokens. DIR/features.json has the
// names of the features. With -priors, the judge's first opinions are read from PRIORS/NAME.first.f32 (one number per
// block) and PRIORS/NAME.kinds.f32 (seven per page); otherwise there are no first opinions. With -vary, a variant of
// each page is described (vary.go). The same input gives the same bytes.
//
//	go run ./cleaner/internal/train -texts DIR CORPUS…
//
// describes the paragraphs of texts for texts.py (texts.go).
//
//	go run ./cleaner/internal/train -opinions DIR [-headline NAMES] [-worst N] CORPUS…
//
// prints how much a cleaner.Site improves the articles of judges that never saw the host, on hosts with five or more
// pages. The opinions of these judges are in the files that train.py wrote to DIR. -worst lists the N pages whose
// scores drop most. -headline takes the names, separated by commas, of the corpora whose texts begin with the headline
// (default "sites"). For these corpora, the title is put before an article's text.
//
//	go run ./cleaner/internal/train -opinions DIR -predict OUT [-favor precision|recall] CORPUS…
//
// writes OUT/NAME.jsonl with the article of each page, based on the opinions in DIR, for report.py.
//
//	go run ./cleaner/internal/train -opinions DIR -tune CORPUS…
//
// searches for the prices of bonds (judge.Bonds) that give the best articles.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dechaff/dechaff/cleaner"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

type options struct {
	out, texts, priors, vote, opinions, headline, predict string
	favor                                                 cleaner.Favor
	worst                                                 int
	vary, tune                                            bool
	corpora                                               []string
}

// errUsage means that a flag or the corpora are missing, or that the flags contradict each other.
var errUsage = errors.New("name corpora, and one of -out, -texts and -opinions; -vote must be always or never")

func run(args []string, stdout, stderr io.Writer) int {
	o, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	} else if err != nil {
		return 2
	}
	switch {
	case o.tune:
		err = tune(&o, stdout)
	case o.predict != "":
		err = predict(&o)
	case o.opinions != "":
		err = compareSites(&o, stdout)
	case o.texts != "":
		err = describeTexts(&o, stdout)
	default:
		err = describe(&o, stdout)
	}
	if err != nil {
		fmt.Fprintln(stderr, "train:", err)
		return 1
	}
	return 0
}

func parseFlags(args []string, stderr io.Writer) (options, error) {
	var o options
	f := flag.NewFlagSet("train", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.out, "out", "", "`folder` to write to")
	f.StringVar(&o.texts, "texts", "", "instead, describe the paragraphs of texts for texts.py, and write to the `folder`")
	f.StringVar(&o.priors, "priors", "", "`folder` with the judge's first opinions")
	f.BoolVar(&o.vary, "vary", false, "describe a variant of each page: without its address, its names, …")
	f.StringVar(&o.vote, "vote", "always", "when to run the extractor: always or never")
	f.StringVar(&o.opinions, "opinions", "",
		"instead, compare cleaning with and without a cleaner.Site, using the opinions that train.py wrote to the `folder`")
	f.StringVar(&o.predict, "predict", "",
		"with -opinions: instead, write the articles that result from the opinions to the `folder`")
	f.Func("favor", "with -predict: balanced, precision or recall (default balanced)", func(name string) error {
		for _, o.favor = range []cleaner.Favor{cleaner.FavorBalanced, cleaner.FavorPrecision, cleaner.FavorRecall} {
			if o.favor.String() == name {
				return nil
			}
		}
		return errUsage
	})
	f.BoolVar(&o.tune, "tune", false, "with -opinions: instead, search for better prices of bonds")
	f.StringVar(&o.headline, "headline", "sites",
		"with -opinions: `names` of the corpora whose text begins with the headline, separated by commas")
	f.IntVar(&o.worst, "worst", 0, "with -opinions: list the `N` pages whose scores drop most")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	o.corpora = f.Args()
	modes := 0
	for _, folder := range [...]string{o.out, o.texts, o.opinions} {
		if folder != "" {
			modes++
		}
	}
	if len(o.corpora) == 0 || modes != 1 || o.vote != "always" && o.vote != "never" ||
		o.worst < 0 || (o.predict != "" || o.tune) && o.opinions == "" {
		fmt.Fprintln(stderr, "train:", errUsage)
		f.Usage()
		return o, errUsage
	}
	return o, nil
}

func (o *options) voting() cleaner.Voting {
	if o.vote == "never" {
		return cleaner.VoteNever
	}
	return cleaner.VoteAlways
}

// hasHeadline reports whether the texts of a corpus begin with the headline.
func (o *options) hasHeadline(corpus string) bool {
	return slices.Contains(strings.Split(o.headline, ","), filepath.Base(corpus))
}
