package scraper

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// hostNameOrNumber normalizes a host that is not a plain IP address. A name is returned unchanged. A number
// ("2130706433", "0x7f.1", "0177.0.0.1") is converted to the IPv4 address that browsers and the C library read it as.
// So the guard, the pace and robots.txt see the actual host, and a proxy does not get an address that looks like a
// name.
func hostNameOrNumber(name string) (string, error) {
	labels := strings.Split(name, ".")
	if !endsInNumber(labels) {
		if !isHostName(name) {
			return "", fmt.Errorf("%w: no host name: %q", ErrBadURL, name)
		}
		return name, nil
	}
	addr, ok := numericIPv4(labels)
	if !ok {
		return "", fmt.Errorf("%w: neither a host name nor an address: %q", ErrBadURL, name)
	}
	return addr.String(), nil
}

// endsInNumber is the "ends in a number checker" of the WHATWG URL Standard. No top-level domain is a number.
func endsInNumber(labels []string) bool {
	last := labels[len(labels)-1]
	if last != "" && strings.Trim(last, "0123456789") == "" {
		return true
	}
	_, ok := ipv4Number(last)
	return ok
}

// numericIPv4 is the IPv4 parser of the WHATWG URL Standard: one to four numbers, the last of which fills the
// remaining bytes.
func numericIPv4(labels []string) (netip.Addr, bool) {
	if len(labels) > 4 {
		return netip.Addr{}, false
	}
	var address uint64
	for i, label := range labels {
		n, ok := ipv4Number(label)
		bits := 8
		if i == len(labels)-1 {
			bits = 8 * (5 - len(labels))
		}
		if !ok || n >= 1<<bits {
			return netip.Addr{}, false
		}
		address = address<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)}), true
}

// ipv4Number reads a decimal, octal ("0…") or hexadecimal ("0x…") number.
func ipv4Number(s string) (uint64, bool) {
	base, digits := 10, s
	switch {
	case strings.HasPrefix(s, "0x"):
		if base, digits = 16, s[2:]; digits == "" {
			digits = "0"
		}
	case len(s) > 1 && s[0] == '0':
		base, digits = 8, s[1:]
	}
	if strings.ContainsAny(digits, "+_-") {
		return 0, false
	}
	n, err := strconv.ParseUint(digits, base, 40)
	return n, err == nil
}
