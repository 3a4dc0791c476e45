//go:build unix && !linux

package render

import (
	"os/exec"
	"syscall"
)

// setProcess keeps the Ctrl-C that is for this program from Chromium. When this program is killed, Chromium ends because
// its pipe is closed.
func setProcess(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
