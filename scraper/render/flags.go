package render

// flags contains Chromium's command-line flags, except for those of NoSandbox and the proxy. Some flags of chromedp's
// own list are left out on purpose, because they weaken the separation of processes: they run the network in the
// browser's process, or turn off the protection against floods of messages.
var flags = []struct {
	name  string
	value any
}{
	{"headless", true},
	{"no-first-run", true},
	{"no-default-browser-check", true},
	{"mute-audio", true},
	{"hide-scrollbars", true},
	{"password-store", "basic"},
	{"use-mock-keychain", true},
	{"disable-dev-shm-usage", true}, // /dev/shm has only 64 MB in most containers, which is too little
	{"disable-gpu", true},
	{"disable-3d-apis", true},
	{"disable-crash-reporter", true}, // its process would outlive the browser
	{"disable-breakpad", true},

	// Chromium makes no requests of its own.
	{"disable-background-networking", true},
	{"disable-component-update", true},
	{"disable-component-extensions-with-background-pages", true},
	{"disable-default-apps", true},
	{"disable-domain-reliability", true},
	{"disable-extensions", true},
	{"disable-sync", true},
	{"no-pings", true},
	{"metrics-recording-only", true},

	// Everything goes through the proxies, even requests to loopback, and Chromium resolves no names. By default,
	// Chromium connects directly to loopback addresses.
	{"proxy-bypass-list", "<-loopback>"},
	{"host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"},
	{"disable-quic", true},
	{"webrtc-ip-handling-policy", "disable_non_proxied_udp"},
	{"force-webrtc-ip-handling-policy", "disable_non_proxied_udp"}, // the name of the previous flag in older versions

	// Pages are invisible, but must not be slowed down because of that.
	{"disable-background-timer-throttling", true},
	{"disable-renderer-backgrounding", true},
	{"disable-backgrounding-occluded-windows", true},

	// Pictures are neither loaded nor reported as failed, so that no script replaces them.
	{"blink-settings", "imagesEnabled=false"},
	{"disable-remote-fonts", true},
	{"disable-notifications", true},
	{"disable-speech-api", true},
	{"js-flags", "--max-old-space-size=512"},

	// Features that would load pages without the proxy or keep old pages. The dialer refuses requests to private
	// addresses; Chromium itself would wait for a user to allow them.
	{"disable-features", "BackForwardCache,Prerender2,SpeculationRules,Translate,OptimizationHints,MediaRouter," +
		"DialMediaRouteProvider,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,LocalNetworkAccessChecks," +
		"AutofillServerCommunication,CertificateTransparencyComponentUpdater,SpareRendererForSitePerProcess," +
		"InitialWebUI,WebUIReloadButton,WebUIToolbarWebView"},
}
