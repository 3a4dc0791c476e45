//go:build !unix

package render

import "os/exec"

// setProcess changes nothing. When this program is killed, Chromium ends because its pipe is closed.
func setProcess(*exec.Cmd) {}
