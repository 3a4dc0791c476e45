// Command rundocs runs the commands in the Markdown files that are its arguments, or in all of the repository's
// Markdown files if it has none.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// perCommand is the longest time that a command may run.
const perCommand = 4 * time.Minute

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, files []string) error {
	if len(files) == 0 {
		var err error
		if files, err = markdownFiles("."); err != nil {
			return err
		}
	}
	site, err := serve(ctx, filepath.Join("testdata", "pages"))
	if err != nil {
		return err
	}
	defer site.Close()
	box, err := newSandbox(ctx, site.address)
	if err != nil {
		return err
	}
	defer box.remove()
	ran, left := 0, 0
	for _, file := range files {
		blocks, err := readBlocks(file)
		if err != nil {
			return err
		}
		if len(blocks) > 0 {
			fmt.Printf("\n%s\n", file)
		}
		if err := box.clear(); err != nil {
			return err
		}
		for _, b := range blocks {
			r, l, err := box.runBlock(ctx, b)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			ran, left = ran+r, left+l
		}
	}
	fmt.Printf("\n%d commands ran, %d were left out\n", ran, left)
	if ran == 0 && left == 0 {
		return errors.New("no command was found")
	}
	return nil
}

// markdownFiles returns the Markdown files below root, except golden files, issue templates and
// examples/crawler/README.md.
func markdownFiles(root string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "articles"):
			return filepath.SkipDir
		case path == filepath.Join("examples", "crawler", "README.md"): // TestREADME runs its commands
		case filepath.Ext(path) == ".md" && d.Name() != "want.md" && !strings.Contains(path, "ISSUE_TEMPLATE"):
			files = append(files, path)
		}
		return nil
	})
	return files, err
}

// A block is a fenced code block of a Markdown file.
type block struct {
	language string
	lines    []string
}

// readBlocks returns the sh blocks of a file, and those go blocks that are whole programs.
func readBlocks(file string) ([]block, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var blocks []block
	var open *block
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		fence, ok := strings.CutPrefix(strings.TrimSpace(line), "```")
		switch {
		case ok && open == nil:
			language, _, _ := strings.Cut(fence, " ")
			open = &block{language: language}
		case ok:
			if open.language == "sh" || open.language == "go" && slices.Contains(open.lines, "package main") {
				blocks = append(blocks, *open)
			}
			open = nil
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	if open != nil {
		return nil, fmt.Errorf("%s: a fence is not closed", file)
	}
	return blocks, nil
}

// leftOut matches a line that is not run, because its comment ends in "(needs …)", "(takes …)" or "(installs …)".
var leftOut = regexp.MustCompile(`\((?:needs|takes|installs) [^)]*\)\s*$`)

// runBlock runs a block and returns how many of its commands ran and how many were left out. A Go program counts as one
// command.
func (s *sandbox) runBlock(ctx context.Context, b block) (ran, left int, err error) {
	if b.language == "go" {
		return 1, 0, s.runProgram(ctx, b.lines)
	}
	for _, line := range joinLines(b.lines) {
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(strings.TrimSpace(line), "#"):
		case leftOut.MatchString(line):
			fmt.Println("  left out:", line)
			left++
		default:
			if err := s.runLine(ctx, line); err != nil {
				return ran, left, err
			}
			ran++
		}
	}
	return ran, left, nil
}

// joinLines joins each line that ends in a backslash with the next line.
func joinLines(lines []string) []string {
	var joined []string
	continues := false
	for _, line := range lines {
		more := strings.HasSuffix(line, `\`)
		if continues {
			joined[len(joined)-1] += "\n" + line
		} else {
			joined = append(joined, line)
		}
		continues = more
	}
	return joined
}

func (s *sandbox) runLine(ctx context.Context, line string) error {
	fmt.Println("  $", line)
	return s.command(ctx, s.dir, nil, "bash", "-euo", "pipefail", "-c", s.local(line))
}

// runProgram runs a Go program as a user would: in its own module, with a page on standard input.
func (s *sandbox) runProgram(ctx context.Context, lines []string) error {
	fmt.Println("  $ go run a program of", len(lines), "lines")
	dir := filepath.Join(s.root, "program")
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	program := s.local(strings.Join(lines, "\n") + "\n")
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte(program), 0o644); err != nil {
		return err
	}
	page, err := os.Open(filepath.Join(s.dir, "page.html"))
	if err != nil {
		return err
	}
	defer page.Close()
	for _, args := range [][]string{
		{"go", "mod", "init", "example.org/program"},
		{"go", "mod", "edit", "-replace", module + "=" + s.dir},
		{"go", "mod", "tidy"},
		{"go", "run", "."},
	} {
		if err := s.command(ctx, dir, page, args[0], args[1:]...); err != nil {
			return err
		}
	}
	return nil
}

// command runs a program in a folder. If the program fails, the error contains its output.
func (s *sandbox) command(ctx context.Context, dir string, input *os.File, name string, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, perCommand)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, s.env
	if input != nil {
		cmd.Stdin = input
	}
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(append([]string{name}, args...), " "), err, out)
	}
	return nil
}
