package render

import (
	"os/exec"
	"syscall"
)

// setProcess makes Chromium end when this program ends for any reason. A Ctrl-C for this program does not reach
// Chromium, so that pages in progress can finish.
func setProcess(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
