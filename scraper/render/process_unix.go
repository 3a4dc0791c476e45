//go:build unix && !linux

package render

import (
	"os/exec"
	"syscall"
)

// setProcess keeps a Ctrl-C for this program from reaching Chromium. If this program is killed, Chromium ends because
// its pipe is closed.
func setProcess(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
