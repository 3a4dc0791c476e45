package render

import (
	"os/exec"
	"syscall"
)

// setProcess makes Chromium end with this program, however that ends, but not by the Ctrl-C that is for the program: it
// may finish its pages first.
func setProcess(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
}
