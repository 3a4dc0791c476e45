// Package whole writes files that appear complete or not at all.
package whole

import (
	"errors"
	"os"
	"path/filepath"
)

// TemporaryPrefix is the start of the names of files and folders while they are being written.
const TemporaryPrefix = ".tmp-"

// Write writes b to a file. It writes to a temporary file first and then renames it, so that the named file is never
// incomplete, even if the program is interrupted. If durable is true, this also holds for a power failure. If Write
// fails, an existing file is unchanged.
func Write(name string, b []byte, durable bool) error {
	return WriteFunc(name, durable, func(f *os.File) error {
		_, err := f.Write(b)
		return err
	})
}

// WriteFunc is like Write, but calls the function write to write the content to the temporary file.
func WriteFunc(name string, durable bool, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(name), TemporaryPrefix+"*")
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil && durable {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err == nil {
		return nil
	}
	if removeErr := os.Remove(f.Name()); !errors.Is(removeErr, os.ErrNotExist) {
		err = errors.Join(err, removeErr)
	}
	return err
}
